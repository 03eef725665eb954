import type { Knex } from 'knex';
import type { Disposition, MessageState } from '../../domain/words.ts';
import { RELEASED_STATES, SENT_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';

/** One difference that a check looked for: how often it was found, and the ids of the first five. */
export interface CheckHits {
  name: string;
  hits: number;
  samples: string[];
}

/** Users of a step who share where their way ended and what became of their message. */
export interface BalanceRow {
  step: number;
  disposition: Disposition;
  rung: string | null;
  reason: string | null;
  state: MessageState | null;
  stateReason: string | null;
  users: number;
}

/** Runs `read` on one snapshot of the database, so that a wave that goes on sending can be proved too. */
export function inProofSnapshot<T>(db: Knex, read: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read' });
}

/** The start of the snapshot's transaction, by the database's clock. */
export async function snapshotTime(trx: Db): Promise<Date> {
  const [row] = await rows<{ at: Date }>(trx, sql`select date_trunc('milliseconds', now()) as at`);
  return row?.at ?? new Date();
}

/** The ways of a wave with the state of each user's message; a user with several messages counts once. */
export function balanceRows(db: Db, waveNo: number): Promise<BalanceRow[]> {
  return rows(
    db,
    sql`select w.step::int as step, w.disposition, w.rung, w.reason, m.state, split_part(m.state_reason, ':', 1) as "stateReason",
        count(*)::int as users
      from ways w left join (
        select distinct on (step, user_no) step, user_no, state, state_reason from messages
        where wave_no = ${waveNo} order by step, user_no, message_no
      ) m on m.step = w.step and m.user_no = w.user_no and w.disposition in ('contacted', 'deferred')
      where w.wave_no = ${waveNo} group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`,
  );
}

/** What each step was cut into: users in planned shards and in those that aren't planned yet. */
export function stepSizes(db: Db, waveNo: number): Promise<{ step: number; planned: number; unplanned: number }[]> {
  return rows(
    db,
    sql`select step, coalesce(sum(expected) filter (where planned_at is not null), 0)::int as planned,
        coalesce(sum(expected) filter (where planned_at is null), 0)::int as unplanned
      from wave_shards where wave_no = ${waveNo} group by step order by step`,
  );
}

/** Runs one check: `hits` is a query with a text column `id`. */
export async function runCheck(db: Db, check: { name: string; hits: Sql }): Promise<CheckHits> {
  const [found] = await rows<{ hits: number; samples: string[] }>(
    db,
    sql`with hit as materialized (${check.hits})
      select (select count(*)::int from hit) as hits, array(select id from hit order by id limit 5) as samples`,
  );
  return { name: check.name, hits: found?.hits ?? 0, samples: found?.samples ?? [] };
}

/** States as a text array of SQL. */
export function stateList(states: readonly MessageState[]): Sql {
  return sql`(${states}::text[])`;
}

/** A message that holds its code and its cost: not given back, or given up at a second try of which the first may be out. */
const holds = sql`(m.state <> all${stateList(RELEASED_STATES)} or m.counted_at is not null)`;

/** The checks of shards, ways, entries and messages against each other. */
export function rowChecks(waveNo: number): { name: string; hits: Sql }[] {
  const ofWave = sql`m.wave_no = ${waveNo}`;
  const wayOf = raw(`w.wave_no = m.wave_no and w.step = m.step and w.user_no = m.user_no`);
  return [
    {
      name: 'shard_ways',
      hits: sql`select 'step ' || s.step || ' shard ' || s.shard_no || ': expected ' || s.expected || ', ways ' || count(w.user_no) as id
        from wave_shards s left join ways w on w.wave_no = s.wave_no and w.step = s.step
          and w.user_no >= s.from_user_no and w.user_no < s.to_user_no
        where s.wave_no = ${waveNo} and s.planned_at is not null
        group by s.step, s.shard_no, s.expected having count(w.user_no) <> s.expected`,
    },
    {
      name: 'way_outside_shards',
      hits: sql`select 'step ' || w.step || ' user ' || w.user_no as id from ways w where w.wave_no = ${waveNo} and not exists (
        select from wave_shards s where s.wave_no = w.wave_no and s.step = w.step and s.planned_at is not null
          and w.user_no >= s.from_user_no and w.user_no < s.to_user_no)`,
    },
    {
      name: 'wave_audience',
      hits: sql`select 'audience ' || v.audience || ', shards ' || coalesce(sum(s.expected), 0) as id
        from waves v left join wave_shards s on s.wave_no = v.wave_no and s.step = 1
        where v.wave_no = ${waveNo} and v.state not in ('skipped', 'waiting_approval')
        group by v.audience having v.audience <> coalesce(sum(s.expected), 0)`,
    },
    {
      name: 'way_without_message',
      hits: sql`select 'step ' || w.step || ' user ' || w.user_no as id from ways w
        where w.wave_no = ${waveNo} and w.disposition in ('contacted', 'deferred') and not exists (
          select from messages m where ${wayOf})`,
    },
    {
      name: 'message_without_way',
      hits: sql`select 'message ' || m.message_no as id from messages m where ${ofWave} and not exists (
        select from ways w where ${wayOf} and w.disposition <> 'blocked')`,
    },
    {
      name: 'message_of_held_out',
      hits: sql`select 'message ' || m.message_no as id from messages m join ways w on ${wayOf}
        where ${ofWave} and w.disposition = 'held_out'`,
    },
    {
      name: 'message_twice',
      hits: sql`select 'step ' || m.step || ' user ' || m.user_no as id from messages m where ${ofWave}
        group by m.step, m.user_no having count(*) > 1`,
    },
    {
      name: 'message_entry',
      hits: sql`select 'message ' || m.message_no as id from messages m left join entries e on e.entry_no = m.entry_no
        where ${ofWave} and (e.entry_no is null or e.assignment <> 'arm' or e.arm is distinct from m.arm
          or e.user_no <> m.user_no or e.campaign_id <> m.campaign_id)`,
    },
    {
      name: 'task_rows',
      hits: sql`select 'message ' || m.message_no as id from messages m left join tasks t on t.message_no = m.message_no
        where ${ofWave} and m.channel = 'task' and (m.state = any${stateList(SENT_STATES)}) <> (t.task_no is not null)
          and m.state not in ('SUBMITTING', 'UNKNOWN')`,
    },
    ...couponChecks(waveNo),
    ...budgetChecks(waveNo),
  ];
}

function couponChecks(waveNo: number): { name: string; hits: Sql }[] {
  return [
    {
      name: 'message_code',
      hits: sql`select 'message ' || m.message_no as id from messages m left join coupon_codes c on c.code_no = m.code_no
        where m.wave_no = ${waveNo} and m.code_no is not null and ${holds}
          and (c.code_no is null or c.test or c.user_no is distinct from m.user_no
            or c.campaign_id is distinct from m.campaign_id or c.state not in ('reserved', 'sent', 'redeemed')
            or (m.state = any${stateList(SENT_STATES)} and c.state = 'reserved'))`,
    },
    {
      name: 'code_without_message',
      hits: sql`select 'code ' || c.code_no as id from coupon_codes c
        where c.campaign_id = (select campaign_id from waves where wave_no = ${waveNo}) and not c.test
          and c.state in ('reserved', 'sent') and not exists (
            select from messages m where m.user_no = c.user_no and m.code_no = c.code_no and ${holds})`,
    },
  ];
}

function budgetChecks(waveNo: number): { name: string; hits: Sql }[] {
  const held = sql`coalesce(sum(m.cost_minor) filter (where ${holds}), 0)`;
  return [
    {
      name: 'campaign_budget',
      hits: sql`select 'campaign ' || b.campaign_id || ': reserved ' || b.reserved_minor || ', messages ' || ${held} as id
        from campaign_budgets b left join messages m on m.campaign_id = b.campaign_id
        where b.campaign_id = (select campaign_id from waves where wave_no = ${waveNo})
        group by b.campaign_id, b.reserved_minor having b.reserved_minor <> ${held}`,
    },
    {
      name: 'wave_budget',
      hits: sql`select 'wave ' || v.wave_no || ': reserved ' || v.reserved_minor || ', messages ' || ${held} as id
        from waves v left join messages m on m.wave_no = v.wave_no
        where v.wave_no = ${waveNo} group by v.wave_no, v.reserved_minor having v.reserved_minor <> ${held}`,
    },
  ];
}
