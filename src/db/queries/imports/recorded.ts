import { raw, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, touched } from './staging.ts';

const VALUES = ['segment', 'reasons', 'score', 'contacted', 'probability', 'outcomes', 'currency'];
const list = (prefix: string): string => VALUES.map((column) => `${prefix}.${column}`).join(', ');

/** Assignments of a past experiment, one per user, arm and time; a later file may correct the rest. */
export const recordedTable: ImportTable = {
  columns: [
    'user_id text not null',
    'segment text not null',
    'reasons text[] not null',
    'score double precision not null',
    'arm text not null',
    'assigned_at timestamptz not null',
    'contacted boolean not null',
    'probability double precision',
    'outcomes jsonb not null',
    'currency text',
  ],
  key: ['user_id', 'arm', 'assigned_at'],
  keyName: { column: 'user_id', value: `user_id || ' / ' || arm || ' / ' || assigned_at` },
  async merge(trx, { importNo }) {
    await rejectRepeats(trx, recordedTable);
    const set = VALUES.map((column) => `${column} = r.${column}`).join(', ');
    const updated = await touched(
      trx,
      sql`update recorded_assignments a set ${raw(set)}, import_no = ${importNo} from import_rows r
        where a.user_id = r.user_id and a.arm = r.arm and a.assigned_at = r.assigned_at
          and (${raw(list('a'))}) is distinct from (${raw(list('r'))})`,
    );
    const inserted = await touched(
      trx,
      sql`insert into recorded_assignments (import_no, user_id, arm, assigned_at, ${raw(VALUES.join(', '))})
        select ${importNo}, r.user_id, r.arm, r.assigned_at, ${raw(list('r'))} from import_rows r order by r.line
        on conflict (user_id, arm, assigned_at) do nothing`,
    );
    return { inserted, updated, notes: {} };
  },
};
