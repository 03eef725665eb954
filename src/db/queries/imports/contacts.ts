import { sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectUnknownUsers, touched } from './staging.ts';

/** What other tools sent; a row is its own key. */
export const contactsTable: ImportTable = {
  columns: ['user_id text not null', 'channel text not null', 'category text not null', 'sent_at timestamptz not null'],
  key: ['user_id', 'channel', 'category', 'sent_at'],
  keyName: { column: 'sent_at', value: `user_id || ' / ' || channel || ' / ' || sent_at` },
  async merge(trx, { actor }) {
    await rejectRepeats(trx, contactsTable);
    await rejectUnknownUsers(trx);
    const inserted = await touched(
      trx,
      sql`insert into contacts (user_no, channel, category, sent_at, actor)
        select u.user_no, r.channel, r.category, r.sent_at, ${actor} from import_rows r join users u using (user_id)
        order by r.line on conflict do nothing`,
    );
    return { inserted, updated: 0, notes: {} };
  },
};
