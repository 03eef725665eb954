import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import { raw, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectUnknownUsers, touched } from './staging.ts';

/** Churn warnings, unique by (user, model, raised_at); a later file may correct the rest. */
export const warningsTable: ImportTable = {
  columns: [
    'user_id text not null',
    'model text not null',
    'score double precision not null',
    'segment text not null',
    'reasons text[] not null',
    'evidence jsonb',
    'raised_at timestamptz not null',
    'expires_at timestamptz not null',
  ],
  key: ['user_id', 'model', 'raised_at'],
  keyName: { column: 'raised_at', value: `user_id || ' / ' || model || ' / ' || raised_at` },
  async merge(trx, { actor, staged }) {
    const inserted = await touched(
      trx,
      sql`insert into warnings (user_no, model, score, segment, reasons, evidence, raised_at, expires_at, actor)
        select u.user_no, r.model, r.score, r.segment, r.reasons, r.evidence, r.raised_at, r.expires_at, ${actor}
        from import_rows r join users u using (user_id) order by r.line
        on conflict (user_no, model, raised_at) do nothing`,
    );
    if (inserted === staged) return { inserted, updated: 0, notes: {} };
    await rejectRepeats(trx, warningsTable);
    await rejectUnknownUsers(trx);
    return { inserted, updated: await correct(trx, actor), notes: {} };
  },
};

const VALUES = ['score', 'segment', 'reasons', 'evidence', 'expires_at'];
const list = (prefix: string): string => VALUES.map((column) => `${prefix}.${column}`).join(', ');

function correct(trx: Knex.Transaction, actor: Actor): Promise<number> {
  const set = VALUES.map((column) => `${column} = r.${column}`).join(', ');
  return touched(
    trx,
    sql`update warnings w set ${raw(set)}, actor = ${actor}, imported_at = now()
      from import_rows r join users u using (user_id)
      where w.user_no = u.user_no and w.model = r.model and w.raised_at = r.raised_at
        and (${raw(list('w'))}) is distinct from (${raw(list('r'))})`,
  );
}
