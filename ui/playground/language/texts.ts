import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '../../phone/language/language.js';
import { english, type PlaygroundTexts } from './english.js';
import { portuguese } from './portuguese.js';

const CurrentTexts = createContext<PlaygroundTexts>(english);

/** Provides the playground's texts to the components inside. */
export const TextsProvider = CurrentTexts.Provider;

export function playgroundTextsOf(language: Language): PlaygroundTexts {
  return language === 'pt' ? portuguese : english;
}

/** Returns the playground's texts in the current language. */
export function usePlaygroundTexts(): PlaygroundTexts {
  return useContext(CurrentTexts);
}
