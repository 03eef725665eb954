import { contentTable } from '../../../db/queries/imports/content.ts';
import { checkId, splitList, type Checked } from '../fields/field.ts';
import { checkOptionalTime } from '../fields/iso-time.ts';
import { createLocaleCheck } from '../fields/language-tag.ts';
import { checkMoney } from '../fields/number.ts';
import { arrayLiteral, checked, must, type KindDefinition } from './kind.ts';

/** content.csv: what there is to recommend. */
export const content: KindDefinition = {
  columns: {
    required: ['content_id', 'kind', 'title'],
    optional: ['tags', 'url', 'price', 'published_at', 'locale'],
    extras: null,
  },
  table: contentTable,
  createCheck({ options }) {
    const checkLocale = createLocaleCheck();
    const currency = options.currency ?? 'USD';
    const check = checked(({ cells }) => {
      const [contentId, kind, title, tags, url, price, publishedAt, locale] = cells;
      return [
        must('content_id', contentId, checkId(contentId)),
        must('kind', kind, checkId(kind)),
        must('title', title, checkTitle(title)),
        arrayLiteral(splitList(tags)),
        url?.trim() ? must('url', url, checkUrl(url)) : null,
        price?.trim() ? must('price', price, checkMoney(price, currency)) : null,
        must('published_at', publishedAt, checkOptionalTime(publishedAt))?.text ?? null,
        locale?.trim() ? must('locale', locale, checkLocale(locale)) : null,
      ];
    });
    return { check };
  },
};

function checkTitle(text: string | undefined): Checked<string> {
  const value = text?.trim() ?? '';
  if (value === '') return { reason: 'the title is empty: fill it in' };
  return value.length > 500 ? { reason: 'longer than 500 characters: shorten it' } : { value };
}

function checkUrl(text: string): Checked<string> {
  const value = text.trim();
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && value.length <= 2048) return { value };
  return { reason: 'no web address: write it with https://' };
}
