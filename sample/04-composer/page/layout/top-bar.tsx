import { Braces, Languages, MessageSquareText, Moon, Smartphone, Sun } from 'lucide';
import type { Appearance } from '../../../../lib/simulator/page/desk/settings.js';
import { Icon } from '../../../../lib/simulator/page/icons/icon.js';
import { type Language, useTexts } from '../../../../lib/simulator/page/language/language.js';
import { useWords } from '../language/words.js';

export interface TopBarProps {
  /** The simulator's address. */
  readonly simulator: string;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly appearance: Appearance;
  readonly onAppearance: (appearance: Appearance) => void;
}

/** What this page is, where else to look, and how it is to look and speak. */
export function TopBar({ simulator, language, onLanguage, appearance, onAppearance }: TopBarProps) {
  const words = useWords();
  const texts = useTexts();
  const next = appearance === 'dark' ? 'light' : 'dark';
  return (
    <header class="composer-bar">
      <span class="composer-mark">
        <Icon of={MessageSquareText} size={20} />
      </span>
      <div class="composer-names">
        <h1>{words.title}</h1>
        <p>{words.subtitle}</p>
      </div>
      <nav>
        <a href="docs" target="_blank" rel="noopener noreferrer">
          <Icon of={Braces} size={17} />
          <span>{words.api}</span>
        </a>
        <a href={simulator} target="_blank" rel="noopener noreferrer">
          <Icon of={Smartphone} size={17} />
          <span>{words.phones}</span>
        </a>
      </nav>
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
