import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Language, preferredLanguage } from '../phone/language/language.js';

export type Appearance = 'light' | 'dark';

/** Returns the page's language: the browser's, until the user switches it. */
export function useLanguage(): [Language, (language: Language) => void] {
  const [chosen, choose] = useStored('language', ['en', 'pt'] as const);
  const language = chosen ?? preferredLanguage(navigator.languages);
  useEffect(() => {
    document.documentElement.lang = language === 'pt' ? 'pt-BR' : 'en';
  }, [language]);
  return [language, choose];
}

/** Returns the page's appearance: the system's, until the user switches it. */
export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [chosen, choose] = useStored('appearance', ['light', 'dark'] as const);
  const system = useSystemAppearance();
  useLayoutEffect(() => {
    document.documentElement.style.colorScheme = chosen ?? 'light dark';
  }, [chosen]);
  return [chosen ?? system, choose];
}

function useSystemAppearance(): Appearance {
  const [query] = useState(() => window.matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setDark] = useState(query.matches);
  useEffect(() => {
    const change = ({ matches }: MediaQueryListEvent): void => setDark(matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  return isDark ? 'dark' : 'light';
}

/** Returns a setting that the browser stores, if it stores anything. */
function useStored<T extends string>(name: string, values: readonly T[]): [T | undefined, (value: T) => void] {
  const key = `gateway-simulator-${name}`;
  const [value, setValue] = useState(() => values.find((known) => known === read(key)));
  return [
    value,
    (next) => {
      setValue(next);
      write(key, next);
    },
  ];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage, the setting is lost with the page.
  }
}
