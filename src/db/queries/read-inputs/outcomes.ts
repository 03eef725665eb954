import { SENT_STATES } from '../../../policy/send-states.ts';
import type { Db } from '../../connect.ts';
import { join, raw, rows, sql, type Sql } from '../../sql.ts';
import { codedArms, type CampaignFacts } from './campaign-facts.ts';

/** Condition on `e`: an entry of the campaign whose outcome window is over. */
export function mature(facts: CampaignFacts): Sql {
  return sql`e.campaign_id = ${facts.campaignId} and e.window_ends_at <= ${facts.asOf}`;
}

/** What an event says of its entry, as bits of `read_outcomes.marks`. */
export const MARKS = { goal: 1, returned: 2, unsubscribe: 4, complaint: 8, refund: 16 } as const;

/** Types of events that any metric is made of, with their marks: one event may be several things. */
function typeMarks(facts: CampaignFacts): Map<string, number> {
  const { goal, returnEvents } = facts.campaign;
  const marks = new Map<string, number>();
  const mark = (type: string, bit: number): unknown => marks.set(type, (marks.get(type) ?? 0) | bit);
  mark(goal.event, MARKS.goal);
  for (const type of returnEvents) mark(type, MARKS.returned);
  for (const type of ['unsubscribe', 'complaint', 'refund'] as const) mark(type, MARKS[type]);
  return marks;
}

/** The marks of an event of `type` (a column). */
function marksOf(facts: CampaignFacts, type: Sql): Sql {
  const branches = [...typeMarks(facts)].map(([name, marks]) => sql`when ${name} then ${raw(String(marks))}`);
  return sql`case ${type} ${join(branches, ' ')} else 0 end`;
}

/**
 * Events of live entries: each counts in every entry of its user whose window holds it (rule 13). Goal events before a user's
 * first entry come along without an entry, to be counted as such.
 */
function liveEvents(facts: CampaignFacts): Sql {
  const { goal, currency } = facts.campaign;
  const own = sql`v.currency = ${currency}`;
  return sql`
    select case when v.occurred_at > e.opened_at then e.entry_no end as entry_no, e.in_interval,
      ${marksOf(facts, raw('v.type'))} as marks, (v.type = ${goal.event})::int as goals,
      case when v.type = ${goal.event} and ${own} then v.value_minor end::float8 as revenue,
      case when v.type = ${goal.event} then v.occurred_at end as goal_at,
      case when v.type = 'refund' and ${own} then abs(v.value_minor) end::float8 as refunded,
      (v.type in (${goal.event}, 'refund') and v.value_minor is not null and not coalesce(${own}, false))::int as other_currency,
      null::float8 as sent, null::timestamptz as complained_at, null::timestamptz as redeemed_at
    from entries e join events v on v.user_no = e.user_no and v.occurred_at <= e.window_ends_at
      and (v.occurred_at > e.opened_at or (v.type = ${goal.event} and e.n = 1))
    where ${mature(facts)} and e.recorded_no is null and v.type = any(${[...typeMarks(facts).keys()]}::text[])`;
}

function recordedEvents(facts: CampaignFacts): Sql {
  const { goal } = facts.campaign;
  return sql`
    select e.entry_no, e.in_interval, ${marksOf(facts, raw('o.type'))}, case when o.type = ${goal.event} then o.count else 0 end,
      case when o.type = ${goal.event} then o.value_minor end::float8, null::timestamptz,
      case when o.type = 'refund' then abs(o.value_minor) end::float8, 0,
      null::float8, null::timestamptz, null::timestamptz
    from entries e join recorded_outcomes o on o.entry_no = e.entry_no
    where ${mature(facts)} and e.recorded_no is not null and o.count > 0`;
}

/** What a message costs when it was accepted, null where that is nothing. */
function sendPrice(facts: CampaignFacts): Sql {
  const branches = facts.sendPrices.map(
    ({ version, channel, costMinor }) =>
      sql`when w.version = ${version} and m.channel = ${channel} then ${costMinor}::float8`,
  );
  if (branches.length === 0) return raw('null::float8');
  return sql`case when m.state = any(${[...SENT_STATES]}::text[]) then case ${join(branches, ' ')} end end`;
}

/** Messages that cost something, were complained about, or whose code came back. */
function messages(facts: CampaignFacts): Sql {
  const coded = codedArms(facts).length > 0;
  return sql`
    select x.entry_no, null::boolean, 0, 0, null::float8, null::timestamptz, null::float8, 0, x.sent, x.complained_at, x.redeemed_at
    from (
      select m.entry_no, ${sendPrice(facts)} as sent, case when m.state = 'COMPLAINED' then m.changed_at end as complained_at,
        ${coded ? raw('c.redeemed_at') : raw('null::timestamptz')} as redeemed_at
      from waves w join messages m on m.wave_no = w.wave_no
        ${coded ? raw(`left join coupon_codes c on c.code_no = m.code_no and c.state = 'redeemed'`) : raw('')}
      where w.campaign_id = ${facts.campaignId}
    ) x
    where x.sent is not null or x.complained_at is not null or x.redeemed_at is not null`;
}

/**
 * Makes the temporary table `read_outcomes`, which lives until the end of the transaction: one row per entry with any outcome, cost
 * or complaint, mature or (for messages alone) not, and one without entry_no for what came before the entries. Minor units.
 */
export async function createOutcomes(trx: Db, facts: CampaignFacts): Promise<void> {
  // A transaction of the caller's may hold that of an earlier read.
  await rows(trx, raw('drop table if exists pg_temp.read_outcomes'));
  await rows(trx, raw(`set local work_mem = '256MB'`));
  const sources = [liveEvents(facts), ...(facts.recorded ? [recordedEvents(facts)] : []), messages(facts)];
  await rows(
    trx,
    sql`create temp table read_outcomes on commit drop as
      select entry_no, bool_or(in_interval) as in_interval, bit_or(marks) as marks, sum(goals)::int as goals, sum(revenue) as revenue,
        count(revenue)::int as valued, min(goal_at) as first_goal_at, sum(refunded) as refunded,
        sum(other_currency)::int as other_currency, sum(sent) as sent, min(complained_at) as complained_at,
        min(redeemed_at) as redeemed_at
      from (${join(sources, ' union all ')}) o group by entry_no`,
  );
}

/** What the outcomes have in all, besides the figures of groups. */
export interface OutcomeTotals {
  /** The one cap on the goal revenue of an entry; null: there are no amounts. */
  cap: number | null;
  otherCurrency: number;
  beforeEntry: number;
}

/** The quantile of the non-zero amounts at which all groups are capped (EXPERIMENTS.md, "revenue"). */
export const CAP_QUANTILE = 0.999;

/**
 * Totals of `read_outcomes`. The cap is the amount at the 99.9th percentile of the amounts above zero, over the mature entries of the
 * interval; of under 1,000 it is the largest, so that nothing is cut. Minor units.
 */
export async function outcomeTotals(trx: Db): Promise<OutcomeTotals> {
  const [totals] = await rows<OutcomeTotals>(
    trx,
    sql`select percentile_disc(${CAP_QUANTILE}) within group (order by revenue)
          filter (where in_interval and revenue > 0 and entry_no is not null) as cap,
        coalesce(sum(other_currency) filter (where entry_no is not null), 0)::int as "otherCurrency",
        coalesce(sum(goals) filter (where entry_no is null), 0)::int as "beforeEntry"
      from read_outcomes`,
  );
  return totals ?? { cap: null, otherCurrency: 0, beforeEntry: 0 };
}
