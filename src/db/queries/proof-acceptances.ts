import type { ChannelName } from '../../domain/words.ts';
import { SENT_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';
import { stateList } from './proof.ts';

/** One acceptance as the checks need it; `id` tells repeats of one Message-ID or Topic from new ones. */
export interface ProofAcceptance {
  deliveryId: string | null;
  channel: ChannelName;
  at: string;
  id: string;
  to: string;
}

/** An opt-out may take this long to hold (RELIABILITY.md §3), and a send that had its intent goes through. */
const OPT_OUT_GRACE = raw(`interval '5 seconds'`);

/** Makes the temporary table that the checks below read; it goes with the transaction. */
export async function openAcceptanceTable(trx: Db): Promise<void> {
  await trx.raw(`create temporary table proof_acceptances (
    delivery_id uuid, channel text not null, at timestamptz not null, id text not null, address text not null
  ) on commit drop`);
}

/** Adds acceptances of a stand-in's file. */
export async function addAcceptances(trx: Db, batch: readonly ProofAcceptance[]): Promise<void> {
  const column = (name: keyof ProofAcceptance): unknown[] => batch.map((acceptance) => acceptance[name]);
  await rows(
    trx,
    sql`insert into proof_acceptances select * from unnest(${column('deliveryId')}::uuid[], ${column('channel')}::text[],
      ${column('at')}::timestamptz[], ${column('id')}::text[], ${column('to')}::text[])`,
  );
}

/** Takes what the rows say was accepted on these channels: for providers whose acceptances nobody here can read. */
export async function addAcceptancesFromRows(
  trx: Db,
  input: { waveNo: number; channels: readonly ChannelName[] },
): Promise<void> {
  await rows(
    trx,
    sql`insert into proof_acceptances
      select m.delivery_id, m.channel, m.accepted_at, m.delivery_id::text, ''
      from messages m where m.accepted_at is not null and m.channel = any(${input.channels}::text[])
        and m.user_no in (select user_no from messages where wave_no = ${input.waveNo})`,
  );
}

/** Index and statistics, once the table is filled. */
export async function closeAcceptanceTable(trx: Db): Promise<void> {
  await trx.raw(`create index on proof_acceptances (delivery_id)`);
  await trx.raw(`analyze proof_acceptances`);
}

/** How many acceptances there are, how many are this wave's, and how many carry no delivery id of ours (test sends). */
export async function countAcceptances(
  trx: Db,
  waveNo: number,
): Promise<{ total: number; ofWave: number; withoutId: number }> {
  const [row] = await rows<{ total: number; ofWave: number; withoutId: number }>(
    trx,
    sql`select count(*)::int as total, count(m.message_no)::int as "ofWave",
        count(*) filter (where a.delivery_id is null or substr(a.delivery_id::text, 15, 1) <> '5')::int as "withoutId"
      from proof_acceptances a left join messages m on m.delivery_id = a.delivery_id and m.wave_no = ${waveNo}`,
  );
  return row ?? { total: 0, ofWave: 0, withoutId: 0 };
}

/**
 * Checks of messages against a stand-in's file. `resendOnce`: the campaign repeats unknown e-mails with the same Message-ID,
 * so there one distinct id is asked for instead of one acceptance (rule 11).
 */
export function fileChecks(input: {
  waveNo: number;
  channels: readonly ChannelName[];
  resendOnce: boolean;
  until: Date;
  /** The id that every test send carries. */
  testDeliveryId: string;
}): { name: string; hits: Sql }[] {
  const counted = sql`
    select m.message_no, m.state, m.changed_at,
      exists (select from attempts t where t.message_no = m.message_no and t.result = 'unknown') as doubted,
      case when m.channel = 'push' then least(count(a.at), 1)
        when m.channel = 'email' and ${input.resendOnce} then count(distinct a.id)
        else count(a.at) end as n
    from messages m left join proof_acceptances a on a.delivery_id = m.delivery_id
    where m.wave_no = ${input.waveNo} and m.channel = any(${input.channels}::text[])
    group by m.message_no, m.channel`;
  const sent = SENT_STATES.filter((state) => state !== 'ASSUMED_SENT');
  return [
    {
      name: 'accepted_not_once',
      hits: sql`select 'message ' || c.message_no || ': ' || c.n || ' acceptances' as id from (${counted}) c
        where c.state = any${stateList(sent)} and (c.n > 1 or (c.n = 0 and c.changed_at < ${input.until}))`,
    },
    {
      name: 'acceptance_of_unsent',
      hits: sql`select 'message ' || c.message_no || ' ' || c.state as id from (${counted}) c
        where c.n > 0 and not c.doubted and c.state in ('PLANNED', 'CLAIMED', 'DEFERRED', 'SUPPRESSED', 'CANCELLED', 'FAILED', 'EXPIRED')`,
    },
    {
      name: 'unknown_more_than_once',
      hits: sql`select 'message ' || c.message_no || ': ' || c.n || ' acceptances' as id from (${counted}) c
        where c.n > 1 and (c.doubted or c.state in ('UNKNOWN', 'SUBMITTING', 'ASSUMED_SENT'))
          and c.state <> all${stateList(sent)}`,
    },
    {
      // Ours are of version 5; anything else was not sent by a wave.
      name: 'acceptance_without_message',
      hits: sql`select 'delivery ' || a.delivery_id as id from proof_acceptances a
        where substr(a.delivery_id::text, 15, 1) = '5' and a.delivery_id <> ${input.testDeliveryId}::uuid
          and not exists (select from messages m where m.delivery_id = a.delivery_id)`,
    },
  ];
}

/** Checks that nobody was sent to who had said no, or was held out of everything. */
export function protectionChecks(waveNo: number): { name: string; hits: Sql }[] {
  const ofWave = sql`proof_acceptances a join messages m on m.delivery_id = a.delivery_id
    where m.wave_no = ${waveNo} and m.category <> 'transactional'`;
  const lifted = raw(`(s.lifted_at is null or s.lifted_at > a.at)`);
  const blocks = sql`s.channel in (a.channel, 'all') and s.at < a.at - ${OPT_OUT_GRACE} and ${lifted}`;
  return [
    {
      name: 'sent_to_suppressed',
      hits: sql`select 'message ' || m.message_no as id from ${ofWave} and (
          exists (select from suppressions s where s.user_no = m.user_no and ${blocks})
          or exists (select from suppressions s where s.address = lower(a.address) and ${blocks}))`,
    },
    {
      name: 'sent_without_consent',
      hits: sql`select 'message ' || m.message_no as id from ${ofWave} and a.channel <> 'task' and not (
        select k.granted from consents k where k.user_no = m.user_no and k.channel = a.channel
          and k.at < a.at - ${OPT_OUT_GRACE} order by k.consent_no desc limit 1)`,
    },
    {
      name: 'sent_to_refused_category',
      hits: sql`select 'message ' || m.message_no as id from ${ofWave} and exists (
        select from (select k.granted from consents k where k.user_no = m.user_no and k.category = m.category
          and k.at < a.at - ${OPT_OUT_GRACE} order by k.consent_no desc limit 1) k where not k.granted)`,
    },
    {
      name: 'sent_to_global_holdout',
      hits: sql`select 'message ' || m.message_no as id from ${ofWave} and exists (
        select from entries e join global_holdout_periods p
          on e.opened_at >= p.from_at and a.at < coalesce(p.until_at, 'infinity')
        where e.user_no = m.user_no and e.assignment = 'global_holdout' and a.at >= e.opened_at)`,
    },
  ];
}

/** The first acceptance of a message that caps count, with what the rules ask about. */
export interface CountedAcceptance {
  messageNo: number;
  ofWave: boolean;
  userNo: number;
  timezone: string | null;
  channel: ChannelName;
  category: 'winback' | 'service' | 'survey' | 'transactional';
  kind: string;
  at: Date;
}

/** Acceptances of the wave's users, of all waves, by user and time; `repeatedOnly` leaves out users with a single one. */
export function countedAcceptances(
  trx: Db,
  input: { waveNo: number; repeatedOnly: boolean },
): Promise<CountedAcceptance[]> {
  return rows(
    trx,
    sql`select * from (
        select m.message_no as "messageNo", m.wave_no = ${input.waveNo} as "ofWave", m.user_no as "userNo", u.timezone,
          m.channel, m.category, m.kind, a.at, count(*) over (partition by m.user_no) as n
        from (select delivery_id, min(at) as at from proof_acceptances group by delivery_id) a
        join messages m on m.delivery_id = a.delivery_id join users u on u.user_no = m.user_no
        where m.counted_at is not null and m.user_no in (select user_no from messages where wave_no = ${input.waveNo})
      ) c where not ${input.repeatedOnly} or n > 1 order by "userNo", at, "messageNo"`,
  );
}

/** When the wave's messages were accepted, per zone, channel and minute: what the window check asks about. */
export function acceptedMinutes(
  trx: Db,
  waveNo: number,
): Promise<{ timezone: string | null; channel: ChannelName; minute: Date; messages: number; sample: number }[]> {
  return rows(
    trx,
    sql`select u.timezone, m.channel, date_trunc('minute', a.at) as minute, count(*)::int as messages,
        min(m.message_no) as sample
      from proof_acceptances a join messages m on m.delivery_id = a.delivery_id join users u on u.user_no = m.user_no
      where m.wave_no = ${waveNo} group by 1, 2, 3`,
  );
}

/** Every version of the settings with the moment from which it was in force. */
export function settingsVersions(trx: Db): Promise<{ version: number; value: unknown; at: Date }[]> {
  return rows(trx, sql`select version, value, at from settings order by version`);
}
