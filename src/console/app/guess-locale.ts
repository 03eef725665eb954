import type { ConsoleLocale } from '../words/words.ts';

/** The language to begin with: what the visitor chose here before, else the browser's. */
export function guessLocale(): ConsoleLocale {
  const chosen = localStorage.getItem('recallwave-locale') ?? navigator.language;
  return chosen.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
