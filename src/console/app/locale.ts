import type { ConsoleLocale, Words } from '../words/words.ts';

declare module 'use-intl' {
  interface AppConfig {
    Messages: Words;
    Locale: ConsoleLocale;
  }
}

/** Loads the words of a language; one file each, fetched when it is chosen. */
export async function loadWords(locale: ConsoleLocale): Promise<Words> {
  if (locale === 'zh-CN') return (await import('../words/zh-CN/index.ts')).zhCn;
  return (await import('../words/en/index.ts')).en;
}
