import { CHINESE } from './chinese.ts';
import { ENGLISH, type Words } from './english.ts';

/** Languages of the pictures. Sentences that a read or a cycle brings along stay in English. */
export const PICTURE_LANGUAGES = ['en', 'zh-CN'] as const;
export type PictureLanguage = (typeof PICTURE_LANGUAGES)[number];

/** The words of a language. */
export function wordsOf(language: PictureLanguage): Words {
  return language === 'zh-CN' ? CHINESE : ENGLISH;
}
