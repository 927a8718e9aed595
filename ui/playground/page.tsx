import { useEffect } from 'preact/hooks';
import { LanguageProvider, textsOf } from '../phone/language/language.js';
import { useAppearance, useLanguage } from '../simulator/settings.js';
import { playgroundTextsOf, TextsProvider } from './language/texts.js';
import { TopBar } from './layout/top-bar.js';
import { Playground, type PlaygroundProps } from './playground.js';

/** The page in the chosen language and appearance. */
export function Page(props: PlaygroundProps) {
  const [language, chooseLanguage] = useLanguage();
  const [appearance, chooseAppearance] = useAppearance();
  const texts = playgroundTextsOf(language);
  useEffect(() => {
    document.title = texts.title;
  }, [texts]);
  return (
    <LanguageProvider value={textsOf(language)}>
      <TextsProvider value={texts}>
        <TopBar
          simulator={props.setting.simulator}
          language={language}
          onLanguage={chooseLanguage}
          appearance={appearance}
          onAppearance={chooseAppearance}
        />
        <Playground {...props} />
      </TextsProvider>
    </LanguageProvider>
  );
}
