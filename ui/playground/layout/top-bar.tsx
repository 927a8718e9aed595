import { Braces, MessageSquareText, Smartphone } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { SettingsButtons, type SettingsButtonsProps } from '../../simulator/settings-buttons.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface TopBarProps extends SettingsButtonsProps {
  /** The simulator's address. */
  readonly simulator: string;
}

/** What this page is, where else to look, and how it is to look and speak. */
export function TopBar({ simulator, ...settings }: TopBarProps) {
  const words = usePlaygroundTexts();
  return (
    <header class="playground-bar">
      <span class="playground-mark">
        <Icon of={MessageSquareText} size={20} />
      </span>
      <div class="playground-names">
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
      <SettingsButtons {...settings} />
    </header>
  );
}
