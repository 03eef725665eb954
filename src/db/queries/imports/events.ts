import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import { raw, rows, sql, type Sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { IMPORT_LOCK, rejectRepeats, touched } from './staging.ts';

/**
 * Events, idempotent by event_id; those of unknown users wait for them with user_no null. `source` has the columns of eventsTable
 * and `line`; `actor` may be one of its columns.
 */
function insertEvents(source: Sql, actor: Sql): Sql {
  return sql`insert into events (event_id, user_id, user_no, type, occurred_at, value_minor, currency, properties, actor)
    select r.event_id, r.user_id, u.user_no, r.type, r.occurred_at, r.value_minor, r.currency, r.properties, ${actor}
    from ${source} r left join users u using (user_id) order by r.line
    on conflict (event_id) do nothing`;
}

/** Files of events. */
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
    const inserted = await touched(trx, insertEvents(raw('import_rows'), sql`${actor}::text`));
    if (inserted < staged) await rejectRepeats(trx, eventsTable);
    const [unmatched] = await rows<{ count: number }>(
      trx,
      sql`select count(*)::int as count from import_rows r
        where not exists (select 1 from users u where u.user_id = r.user_id)`,
    );
    return { inserted, updated: 0, notes: { eventsWithoutUser: unmatched?.count ?? 0 } };
  },
};

/** A checked event: the values of eventsTable's columns as texts, and who brought it. */
export interface NewEvent {
  values: readonly (string | null)[];
  actor: Actor;
}

/**
 * Stores events in one transaction of its own and returns the ids of those that were new. Ids in order keep two processes from
 * waiting for each other in a circle; imports of users are waited for (20 s), so that an event and its user never miss each other.
 */
export function storeEvents(db: Knex, events: readonly NewEvent[]): Promise<Set<string>> {
  const id = ({ values }: NewEvent): string => values[0] ?? '';
  const sorted = events.toSorted((a, b) => (id(a) === id(b) ? 0 : id(a) < id(b) ? -1 : 1));
  const column = (index: number): (string | null)[] => sorted.map(({ values }) => values[index] ?? null);
  const source = sql`(
    select line, event_id, user_id, type, occurred_at::timestamptz, value_minor::bigint, currency, properties::jsonb, actor
    from unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[], ${column(3)}::text[], ${column(4)}::text[],
      ${column(5)}::text[], ${column(6)}::text[], ${sorted.map(({ actor }) => actor)}::text[])
      with ordinality as e(event_id, user_id, type, occurred_at, value_minor, currency, properties, actor, line))`;
  return db.transaction(async (trx) => {
    await trx.raw(`set local lock_timeout = '20s'; select pg_advisory_xact_lock_shared(${IMPORT_LOCK})`);
    const added = await rows<{ event_id: string }>(
      trx,
      sql`${insertEvents(source, raw('r.actor'))} returning event_id`,
    );
    return new Set(added.map((row) => row.event_id));
  });
}
