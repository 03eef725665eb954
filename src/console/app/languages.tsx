import { useEffect, useState, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { ConsoleLocale, Words } from '../words/words.ts';
import { loadWords } from './locale.ts';

interface LanguageProps {
  locale: ConsoleLocale;
  timeZone: string;
  children: ReactNode;
}

/** Words and formats of a language; keeps the last one until the new one has come. */
export function Language({ locale, timeZone, children }: LanguageProps): ReactNode {
  const [loaded, setLoaded] = useState<{ locale: ConsoleLocale; words: Words } | null>(null);
  useEffect(() => {
    let current = true;
    void loadWords(locale).then((words) => current && setLoaded({ locale, words }));
    return () => {
      current = false;
    };
  }, [locale]);
  useEffect(() => {
    if (loaded) document.documentElement.lang = loaded.locale;
  }, [loaded]);
  if (!loaded) return null;
  return (
    <IntlProvider locale={loaded.locale} messages={loaded.words} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
