import { useTranslations } from 'use-intl';
import type { Words } from '../words/words.ts';

/** Families of words that the API answers as codes. */
type Family = keyof Words['glossary'];

/** Says a code of the API in words; a code without a word is shown as it is. A detail after a colon stays: `cap:any-day`. */
export function useGlossary(): (family: Family, code: string) => string {
  const t = useTranslations('glossary');
  return (family, code) => {
    const [head = '', ...detail] = code.split(':');
    const key = `${family}.${head}` as never;
    if (head === '' || head.includes('.') || !t.has(key)) return code;
    return detail.length === 0 ? t(key) : `${t(key)} (${detail.join(':')})`;
  };
}
