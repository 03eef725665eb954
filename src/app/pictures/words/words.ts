import { LANGUAGES, type Language } from '../../languages/tell.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH, type Words } from './english.ts';

/** Languages of the pictures and of the sentences in them. */
export const PICTURE_LANGUAGES = LANGUAGES;
export type PictureLanguage = Language;

/** The words of a language. */
export function wordsOf(language: PictureLanguage): Words {
  return language === 'zh-CN' ? CHINESE : ENGLISH;
}
