import type { en } from './en/index.ts';

/** The console's words; English is the pattern for the other languages. */
export type Words = typeof en;

/** Languages of the console, as stored with the person. */
export type ConsoleLocale = 'en' | 'zh-CN';
