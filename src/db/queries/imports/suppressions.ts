import { rows, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectUnknownUsers } from './staging.ts';

/**
 * Suppressions by user or by address. A user's addresses are suppressed with the user (rule 14), so that another account of
 * the same address gets nothing either. One that is in force stays as it is; a lifted one is put in force again only by a
 * later date.
 */
export const suppressionsTable: ImportTable = {
  columns: ['user_id text', 'address text', 'channel text not null', 'reason text not null', 'at timestamptz'],
  key: ['user_id', 'address', 'channel'],
  keyName: { column: 'user_id', value: `coalesce(user_id, address) || ' / ' || channel` },
  async merge(trx, { actor }) {
    await rejectRepeats(trx, suppressionsTable);
    await rejectUnknownUsers(trx);
    const [added] = await rows<{ lines: number }>(
      trx,
      sql`with named as (
          select r.line, u.user_no, null::text as address, r.channel, r.reason, r.at
          from import_rows r join users u using (user_id)
          union all
          select r.line, null, lower(u.email), r.channel, r.reason, r.at
          from import_rows r join users u using (user_id) where r.channel in ('email', 'all') and u.email is not null
          union all
          select r.line, null, u.phone, r.channel, r.reason, r.at
          from import_rows r join users u using (user_id) where r.channel in ('sms', 'all') and u.phone is not null
          union all
          select r.line, null, r.address, r.channel, r.reason, r.at from import_rows r where r.address is not null
        ), missing as (
          select n.* from named n
          where not exists (
            select 1 from suppressions s where s.channel = n.channel and s.user_no is not distinct from n.user_no
              and s.address is not distinct from n.address and (s.lifted_at is null or s.lifted_at >= n.at or n.at is null))
        ), added as (
          insert into suppressions (user_no, address, channel, reason, actor, at)
          select user_no, address, channel, reason, ${actor}, coalesce(at, now()) from missing order by line
          on conflict do nothing
        ) select count(distinct line)::int as lines from missing`,
    );
    return { inserted: added?.lines ?? 0, updated: 0, notes: {} };
  },
};
