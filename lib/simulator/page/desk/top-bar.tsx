import { Languages, Moon, Smartphone, Sun } from 'lucide';
import { Icon } from '../icons/icon.js';
import { type Language, useTexts } from '../language/language.js';
import type { Appearance } from './settings.js';

export interface TopBarProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly appearance: Appearance;
  readonly onAppearance: (appearance: Appearance) => void;
}

/** What this page is, and how it is to look and speak. */
export function TopBar({ language, onLanguage, appearance, onAppearance }: TopBarProps) {
  const texts = useTexts();
  const next = appearance === 'dark' ? 'light' : 'dark';
  return (
    <header class="top-bar">
      <span class="top-bar-mark">
        <Icon of={Smartphone} size={20} />
      </span>
      <div class="top-bar-words">
        <h1>{texts.title}</h1>
        <p>{texts.subtitle}</p>
      </div>
      <button
        type="button"
        class="round-button"
        aria-label={texts.otherLanguage}
        title={texts.otherLanguage}
        lang={language === 'pt' ? 'en' : 'pt-BR'}
        onClick={() => onLanguage(language === 'pt' ? 'en' : 'pt')}
      >
        <Icon of={Languages} size={19} />
      </button>
      <button
        type="button"
        class="round-button"
        aria-label={texts.appearance[next]}
        title={texts.appearance[next]}
        onClick={() => onAppearance(next)}
      >
        <Icon of={next === 'dark' ? Moon : Sun} size={19} />
      </button>
    </header>
  );
}
