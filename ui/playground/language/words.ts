import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../phone/language/language.js';
import { type ComposerWords, english } from './english.js';
import { portuguese } from './portuguese.js';

const Words = createContext<ComposerWords>(english);

/** Gives the composer's words of a language to everything within. */
export const WordsProvider = Words.Provider;

export function wordsOf(language: Language): ComposerWords {
  return language === 'pt' ? portuguese : english;
}

/** The composer's words of the language around. */
export function useWords(): ComposerWords {
  return useContext(Words);
}
