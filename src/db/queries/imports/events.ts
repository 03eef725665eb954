import { rows, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, touched } from './staging.ts';

/** Events, idempotent by event_id; those of unknown users wait for them with user_no null. */
export const eventsTable: ImportTable = {
  columns: [
    'event_id text not null',
    'user_id text not null',
    'type text not null',
    'occurred_at timestamptz not null',
    'value_minor bigint',
    'currency text',
    'properties jsonb not null',
  ],
  key: ['event_id'],
  keyName: { column: 'event_id', value: 'event_id' },
  async merge(trx, { actor, staged }) {
    const inserted = await touched(
      trx,
      sql`insert into events (event_id, user_id, user_no, type, occurred_at, value_minor, currency, properties, actor)
        select r.event_id, r.user_id, u.user_no, r.type, r.occurred_at, r.value_minor, r.currency, r.properties, ${actor}
        from import_rows r left join users u using (user_id) order by r.line
        on conflict (event_id) do nothing`,
    );
    if (inserted < staged) await rejectRepeats(trx, eventsTable);
    const [unmatched] = await rows<{ count: number }>(
      trx,
      sql`select count(*)::int as count from import_rows r
        where not exists (select 1 from users u where u.user_id = r.user_id)`,
    );
    return { inserted, updated: 0, notes: { eventsWithoutUser: unmatched?.count ?? 0 } };
  },
};
