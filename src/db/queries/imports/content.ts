import { raw, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, touched } from './staging.ts';

const VALUES = ['kind', 'title', 'tags', 'url', 'price_minor', 'published_at', 'locale'];
const list = (prefix: string): string => VALUES.map((column) => `${prefix}.${column}`).join(', ');

/** What there is to recommend, by content_id; the newest file wins. */
export const contentTable: ImportTable = {
  columns: [
    'content_id text not null',
    'kind text not null',
    'title text not null',
    'tags text[] not null',
    'url text',
    'price_minor bigint',
    'published_at timestamptz',
    'locale text',
  ],
  key: ['content_id'],
  keyName: { column: 'content_id', value: 'content_id' },
  async merge(trx, { actor }) {
    await rejectRepeats(trx, contentTable);
    const set = VALUES.map((column) => `${column} = r.${column}`).join(', ');
    const updated = await touched(
      trx,
      sql`update content c set ${raw(set)}, actor = ${actor} from import_rows r
        where c.content_id = r.content_id and (${raw(list('c'))}) is distinct from (${raw(list('r'))})`,
    );
    const inserted = await touched(
      trx,
      sql`insert into content (content_id, ${raw(VALUES.join(', '))}, actor)
        select r.content_id, ${raw(list('r'))}, ${actor} from import_rows r order by r.line
        on conflict (content_id) do nothing`,
    );
    return { inserted, updated, notes: {} };
  },
};
