import type { Knex } from 'knex';
import type { ChannelName, Disposition, MessageState } from '../../domain/words.ts';
import { SENT_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { WAVE_COLUMNS, type WaveRow } from './waves.ts';

/** Which waves are looked back on; local dates, both included. Recorded experiments are none of ours. */
export interface LookBack {
  from: string;
  to: string;
  campaignId?: string | undefined;
  waveNo?: number | undefined;
}

/** The waves of a look back, newest first. */
export function wavesOfPeriod(db: Db, { from, to, campaignId, waveNo }: LookBack): Promise<WaveRow[]> {
  return rows(
    db,
    sql`select ${WAVE_COLUMNS} from waves where local_date >= ${from}::date and local_date <= ${to}::date
        and trigger <> 'recorded' and (${campaignId ?? null}::text is null or campaign_id = ${campaignId ?? null})
        and (${waveNo ?? null}::bigint is null or wave_no = ${waveNo ?? null}) order by wave_no desc`,
  );
}

/** What counts as a return and as the goal for the entries of one version. */
export interface OutcomeEvents {
  campaignId: string;
  version: number;
  returnEvents: readonly string[];
  goalEvent: string;
}

/**
 * Collects the entries of waves with what became of them in a temporary table that goes with the transaction. `side`: contacted;
 * held_out where the ghost would have been contacted too, so that both sides passed the same checks; null: neither.
 */
export async function collectEntries(
  trx: Knex.Transaction,
  input: { waveNos: readonly number[]; events: readonly OutcomeEvents[]; asOf: Date },
): Promise<void> {
  const { waveNos, events, asOf } = input;
  await rows(
    trx,
    sql`create temp table looked_back on commit drop as
      select e.entry_no, e.wave_no, e.user_no, e.campaign_id, e.action, e.arm, e.warning_no,
        case when w.disposition in ('contacted', 'deferred') then 'contacted'
          when w.disposition = 'held_out' and w.rung is null then 'held_out' end as side,
        e.window_ends_at > ${asOf}::timestamptz as open,
        exists (select from events v where v.user_no = e.user_no and v.type = any(k.returns)
          and v.occurred_at > e.opened_at and v.occurred_at <= least(e.window_ends_at, ${asOf}::timestamptz)) as returned,
        exists (select from events v where v.user_no = e.user_no and v.type = k.goal
          and v.occurred_at > e.opened_at and v.occurred_at <= least(e.window_ends_at, ${asOf}::timestamptz)) as reached
      from entries e join ways w on w.wave_no = e.wave_no and w.step = 1 and w.user_no = e.user_no
      join jsonb_to_recordset(${JSON.stringify(
        events.map(({ campaignId, version, returnEvents, goalEvent }) => ({
          campaign: campaignId,
          version,
          returns: returnEvents,
          goal: goalEvent,
        })),
      )}::jsonb) as k(campaign text, version int, returns text[], goal text)
        on k.campaign = e.campaign_id and k.version = e.version
      where e.wave_no = any(${waveNos}::bigint[]) and e.recorded_no is null`,
  );
  await rows(trx, sql`analyze looked_back`);
}

/** One side's entries and what they did. */
export interface SideCounts {
  side: 'contacted' | 'held_out';
  entries: number;
  returned: number;
  reached: number;
  open: number;
}

/** Both sides of what `collectEntries` collected. */
export function sideCounts(trx: Db): Promise<SideCounts[]> {
  return rows(
    trx,
    sql`select side, count(*)::int as entries, count(*) filter (where returned)::int as returned,
        count(*) filter (where reached)::int as reached, count(*) filter (where open)::int as open
      from looked_back where side is not null group by side`,
  );
}

/** The same by churn reason of the warning; an entry with two reasons is in both. */
export function sideCountsByReason(trx: Db): Promise<(SideCounts & { reason: string })[]> {
  return rows(
    trx,
    sql`select r.reason, l.side, count(*)::int as entries, count(*) filter (where returned)::int as returned,
        count(*) filter (where reached)::int as reached, count(*) filter (where open)::int as open
      from looked_back l join warnings w using (warning_no) cross join lateral unnest(w.reasons) as r(reason)
      where l.side is not null group by 1, 2 order by 1, 2`,
  );
}

const TAKEN = sql`m.state = any(${SENT_STATES}::text[])`;

/** A text that was sent, and what its receivers did. */
export interface TextCounts {
  campaignId: string;
  action: string;
  arm: string;
  step: number;
  channel: ChannelName;
  sent: number;
  clicked: number;
  returned: number;
  reached: number;
}

/** Texts by what those who got them did. */
export function textCounts(trx: Db): Promise<TextCounts[]> {
  return rows(
    trx,
    sql`select l.campaign_id as "campaignId", m.action, m.arm, m.step::int as step, m.channel, count(*)::int as sent,
        count(*) filter (where exists (select from clicks c where c.message_no = m.message_no and not c.machine))::int as clicked,
        count(*) filter (where l.returned)::int as returned, count(*) filter (where l.reached)::int as reached
      from looked_back l join messages m on m.wave_no = l.wave_no and m.entry_no = l.entry_no and ${TAKEN}
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
  );
}

/** Entries that got at least one message, and those of them that clicked in one. */
export async function reachedEntries(trx: Db): Promise<{ accepted: number; clicked: number }> {
  const [row] = await rows<{ accepted: number; clicked: number }>(
    trx,
    sql`select count(distinct l.entry_no)::int as accepted,
        count(distinct l.entry_no) filter (
          where exists (select from clicks c where c.message_no = m.message_no and not c.machine))::int as clicked
      from looked_back l join messages m on m.wave_no = l.wave_no and m.entry_no = l.entry_no and ${TAKEN}`,
  );
  return row ?? { accepted: 0, clicked: 0 };
}

/** First-step ways of waves by where they ended. */
export function wayCounts(
  db: Db,
  waveNos: readonly number[],
): Promise<{ disposition: Disposition; rung: string | null; reason: string | null; users: number }[]> {
  return rows(
    db,
    sql`select disposition, rung, reason, count(*)::int as users from ways
      where wave_no = any(${waveNos}::bigint[]) and step = 1 group by 1, 2, 3`,
  );
}

/** Messages of waves by channel, state and reason, with cost in minor units and how many were clicked by a person. */
export function messageCounts(
  db: Db,
  waveNos: readonly number[],
): Promise<
  {
    channel: ChannelName;
    state: MessageState;
    stateReason: string | null;
    users: number;
    costMinor: number;
    clicked: number;
  }[]
> {
  return rows(
    db,
    sql`select m.channel, m.state, m.state_reason as "stateReason", count(*)::int as users,
        coalesce(sum(m.cost_minor) filter (where ${TAKEN}), 0)::bigint as "costMinor",
        count(*) filter (where exists (select from clicks c where c.message_no = m.message_no and not c.machine))::int as clicked
      from messages m where m.wave_no = any(${waveNos}::bigint[]) group by 1, 2, 3 order by 1, 2, 3`,
  );
}
