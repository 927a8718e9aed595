import { Languages, Moon, Sun } from 'lucide';
import { Icon } from '../phone/icons/icon.js';
import { type Language, useTexts } from '../phone/language/language.js';
import type { Appearance } from './settings.js';

export interface SettingsButtonsProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly appearance: Appearance;
  readonly onAppearance: (appearance: Appearance) => void;
}

/** The buttons for language and appearance. */
export function SettingsButtons({ language, onLanguage, appearance, onAppearance }: SettingsButtonsProps) {
  const texts = useTexts();
  const next = appearance === 'dark' ? 'light' : 'dark';
  return (
    <>
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
    </>
  );
}
