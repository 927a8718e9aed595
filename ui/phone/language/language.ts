import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english } from './english.js';
import { portuguese } from './portuguese.js';
import type { Texts } from './texts.interface.js';

export type Language = 'en' | 'pt';

const CurrentTexts = createContext<Texts>(english);

/** Provides the texts of a language to the components inside. */
export const LanguageProvider = CurrentTexts.Provider;

export function textsOf(language: Language): Texts {
  return language === 'pt' ? portuguese : english;
}

/** Returns the texts in the current language. The default is English. */
export function useTexts(): Texts {
  return useContext(CurrentTexts);
}

/** Returns the first of the browser's languages that the page supports. */
export function preferredLanguage(languages: readonly string[]): Language {
  const spoken = languages.map((language) => language.slice(0, 2).toLowerCase());
  return spoken.find((language) => language === 'pt' || language === 'en') === 'pt' ? 'pt' : 'en';
}
