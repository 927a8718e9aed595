import { Braces, MessageSquareText, Smartphone } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { SettingsButtons, type SettingsButtonsProps } from '../../simulator/settings-buttons.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface TopBarProps extends SettingsButtonsProps {
  /** The URL of the simulator. */
  readonly simulator: string;
}

/** The title of the page, its links and settings. */
export function TopBar({ simulator, ...settings }: TopBarProps) {
  const texts = usePlaygroundTexts();
  return (
    <header class="playground-bar">
      <span class="playground-mark">
        <Icon of={MessageSquareText} size={20} />
      </span>
      <div class="playground-names">
        <h1>{texts.title}</h1>
        <p>{texts.subtitle}</p>
      </div>
      <nav>
        <a href="docs" target="_blank" rel="noopener noreferrer">
          <Icon of={Braces} size={17} />
          <span>{texts.api}</span>
        </a>
        <a href={simulator} target="_blank" rel="noopener noreferrer">
          <Icon of={Smartphone} size={17} />
          <span>{texts.phones}</span>
        </a>
      </nav>
      <SettingsButtons {...settings} />
    </header>
  );
}
