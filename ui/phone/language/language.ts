import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english } from './english.js';
import { portuguese } from './portuguese.js';
import type { Texts } from './texts.interface.js';

export type Language = 'en' | 'pt';

const Words = createContext<Texts>(english);

/** Gives the words of a language to everything within. */
export const LanguageProvider = Words.Provider;

export function textsOf(language: Language): Texts {
  return language === 'pt' ? portuguese : english;
}

/** The words of the language around; English where none is given. */
export function useTexts(): Texts {
  return useContext(Words);
}

/** The first language that the browser prefers and the page speaks. */
export function preferredLanguage(languages: readonly string[]): Language {
  const spoken = languages.map((language) => language.slice(0, 2).toLowerCase());
  return spoken.find((language) => language === 'pt' || language === 'en') === 'pt' ? 'pt' : 'en';
}
