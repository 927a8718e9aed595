import { useEffect } from 'preact/hooks';
import { LanguageProvider, textsOf } from '../phone/language/language.js';
import { useAppearance, useLanguage } from '../simulator/settings.js';
import { Composer, type ComposerProps } from './composer.js';
import { WordsProvider, wordsOf } from './language/words.js';
import { TopBar } from './layout/top-bar.js';

/** The whole page, in the language and the appearance that were chosen. */
export function Page(props: ComposerProps) {
  const [language, chooseLanguage] = useLanguage();
  const [appearance, chooseAppearance] = useAppearance();
  const words = wordsOf(language);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <LanguageProvider value={textsOf(language)}>
      <WordsProvider value={words}>
        <TopBar
          simulator={props.setting.simulator}
          language={language}
          onLanguage={chooseLanguage}
          appearance={appearance}
          onAppearance={chooseAppearance}
        />
        <Composer {...props} />
      </WordsProvider>
    </LanguageProvider>
  );
}
