import { Smartphone } from 'lucide';
import { Icon } from '../phone/icons/icon.js';
import { useTexts } from '../phone/language/language.js';
import { SettingsButtons, type SettingsButtonsProps } from './settings-buttons.js';

/** The title of the page and its settings. */
export function TopBar(settings: SettingsButtonsProps) {
  const texts = useTexts();
  return (
    <header class="top-bar">
      <span class="top-bar-mark">
        <Icon of={Smartphone} size={20} />
      </span>
      <div class="top-bar-text">
        <h1>{texts.title}</h1>
        <p>{texts.subtitle}</p>
      </div>
      <SettingsButtons {...settings} />
    </header>
  );
}
