import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../phone/language/language.js';
import { english, type PlaygroundTexts } from './english.js';
import { portuguese } from './portuguese.js';

const Words = createContext<PlaygroundTexts>(english);

/** Gives the playground's words of a language to everything within. */
export const TextsProvider = Words.Provider;

export function playgroundTextsOf(language: Language): PlaygroundTexts {
  return language === 'pt' ? portuguese : english;
}

/** The playground's words of the language around. */
export function usePlaygroundTexts(): PlaygroundTexts {
  return useContext(Words);
}
