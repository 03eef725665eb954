import { SENT_STATES } from '../../../policy/send-states.ts';
import type { Db } from '../../connect.ts';
import { join, raw, rows, sql, type Sql } from '../../sql.ts';
import { codedArms, type CampaignFacts } from './campaign-facts.ts';

/** Condition on `e`: an entry of the campaign whose outcome window is over. */
export function mature(facts: CampaignFacts): Sql {
  return sql`e.campaign_id = ${facts.campaignId} and e.window_ends_at <= ${facts.asOf}`;
}

/** What happened to an entry, as bits of `read_outcomes.marks`. */
export const MARKS = { goal: 1, returned: 2, unsubscribe: 4, complaint: 8, refund: 16, redeemed: 32 } as const;

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

/** When the first entry of the campaign was opened: without a bound, years of events would be looked up among the entries. */
async function firstOpened(trx: Db, facts: CampaignFacts): Promise<Date | null> {
  const [first] = await rows<{ at: Date | null }>(
    trx,
    sql`select min(opened_at) as at from entries where campaign_id = ${facts.campaignId}`,
  );
  return first?.at ?? null;
}

/** So shortly before an entry a goal event is worth a remark: it may be the work of a wrong clock. */
const EARLY = raw(`interval '1 day'`);

/**
 * Events of live entries: each counts in every entry of its user whose window holds it (rule 13). Goal events shortly before an
 * entry come along without its number.
 */
function liveEvents(facts: CampaignFacts, first: Date): Sql {
  const { goal, currency } = facts.campaign;
  const own = sql`v.currency = ${currency}`;
  return sql`
    select case when v.occurred_at > e.opened_at then e.entry_no end as entry_no, e.in_interval,
      ${marksOf(facts, raw('v.type'))} as marks, (v.type = ${goal.event})::int as goals,
      case when v.type = ${goal.event} and ${own} then v.value_minor end::float8 as revenue,
      case when v.type = ${goal.event} then v.occurred_at end as goal_at,
      case when v.type = 'refund' and ${own} then abs(v.value_minor) end::float8 as refunded,
      (v.type in (${goal.event}, 'refund') and v.value_minor is not null and not coalesce(${own}, false))::int as other_currency,
      null::float8 as sent
    from entries e join events v on v.user_no = e.user_no and v.occurred_at <= e.window_ends_at
      and (v.occurred_at > e.opened_at
        or (v.type = ${goal.event} and v.occurred_at > e.opened_at - ${EARLY}))
    where ${mature(facts)} and e.recorded_no is null and v.type = any(${[...typeMarks(facts).keys()]}::text[])
      and v.occurred_at <= ${facts.asOf} and v.occurred_at > ${first}::timestamptz - ${EARLY}`;
}

function recordedEvents(facts: CampaignFacts): Sql {
  const { goal } = facts.campaign;
  return sql`
    select e.entry_no, e.in_interval, ${marksOf(facts, raw('o.type'))} as marks,
      case when o.type = ${goal.event} then o.count else 0 end as goals,
      case when o.type = ${goal.event} then o.value_minor end::float8 as revenue, null::timestamptz as goal_at,
      case when o.type = 'refund' then abs(o.value_minor) end::float8 as refunded, 0 as other_currency, null::float8 as sent
    from entries e join recorded_outcomes o on o.entry_no = e.entry_no
    where ${mature(facts)} and e.recorded_no is not null and o.count > 0`;
}

/** What the messages of entries cost that were accepted. */
function sends(facts: CampaignFacts): Sql {
  const prices = facts.sendPrices.map(
    ({ version, channel, costMinor }) =>
      sql`when w.version = ${version} and m.channel = ${channel} then ${costMinor}::float8`,
  );
  return sql`
    select m.entry_no, null::boolean as in_interval, 0 as marks, 0 as goals, null::float8 as revenue, null::timestamptz as goal_at,
      null::float8 as refunded, 0 as other_currency, case ${join(prices, ' ')} end as sent
    from waves w join messages m on m.wave_no = w.wave_no
    where w.campaign_id = ${facts.campaignId} and m.state = any(${[...SENT_STATES]}::text[])`;
}

/** What recorded entries cost that were contacted: one message each, on the arm's first channel. */
function recordedSends(facts: CampaignFacts): Sql {
  const prices = facts.touchPrices.map(
    ({ version, action, arm, costMinor }) =>
      sql`when e.version = ${version} and e.action = ${action} and e.arm = ${arm} then ${costMinor}::float8`,
  );
  return sql`
    select e.entry_no, null::boolean as in_interval, 0 as marks, 0 as goals, null::float8 as revenue, null::timestamptz as goal_at,
      null::float8 as refunded, 0 as other_currency, case ${join(prices, ' ')} end as sent
    from entries e join recorded_assignments a on a.recorded_no = e.recorded_no
    where ${mature(facts)} and e.recorded_no is not null and a.contacted`;
}

/** Messages that were complained about within the window, and those whose code came back in it. */
function answers(facts: CampaignFacts): Sql {
  const coded = codedArms(facts).length > 0;
  const complained = raw(`m.state = 'COMPLAINED' and m.changed_at <= e.window_ends_at`);
  const redeemed = raw('c.redeemed_at > e.opened_at and c.redeemed_at <= e.window_ends_at');
  const marks = (condition: Sql, mark: number): Sql => sql`case when ${condition} then ${raw(String(mark))} else 0 end`;
  return sql`
    select e.entry_no, e.in_interval,
      ${marks(complained, MARKS.complaint)} ${coded ? sql`| ${marks(redeemed, MARKS.redeemed)}` : raw('')} as marks, 0 as goals,
      null::float8 as revenue, null::timestamptz as goal_at, null::float8 as refunded, 0 as other_currency, null::float8 as sent
    from waves w join messages m on m.wave_no = w.wave_no join entries e on e.entry_no = m.entry_no
      ${coded ? raw(`left join coupon_codes c on c.code_no = m.code_no and c.state = 'redeemed'`) : raw('')}
    where w.campaign_id = ${facts.campaignId} and ${mature(facts)}
      and (m.state = 'COMPLAINED' ${coded ? raw('or c.code_no is not null') : raw('')})`;
}

/**
 * Makes the temporary table `read_outcomes`, which lives until the end of the transaction: one row per entry with any outcome, cost
 * or complaint, mature or (for sends) not, and one without entry_no for what came before the entries. Minor units.
 */
export async function createOutcomes(trx: Db, facts: CampaignFacts): Promise<void> {
  // A transaction of the caller's may hold that of an earlier read.
  await rows(trx, raw('drop table if exists pg_temp.read_outcomes'));
  await rows(trx, raw(`set local work_mem = '256MB'`));
  const first = await firstOpened(trx, facts);
  const sources = [
    answers(facts),
    ...(first ? [liveEvents(facts, first)] : []),
    ...(facts.recorded ? [recordedEvents(facts)] : []),
    ...(facts.sendPrices.length > 0 ? [sends(facts)] : []),
    ...(facts.recorded && facts.touchPrices.length > 0 ? [recordedSends(facts)] : []),
  ];
  await rows(
    trx,
    sql`create temp table read_outcomes on commit drop as
      select entry_no, bool_or(in_interval) as in_interval, bit_or(marks) as marks, sum(goals)::int as goals, sum(revenue) as revenue,
        count(revenue)::int as valued, min(goal_at) as first_goal_at, sum(refunded) as refunded,
        sum(other_currency)::int as other_currency, sum(sent) as sent
      from (${join(sources, ' union all ')}) o group by entry_no`,
  );
  // Without it PostgreSQL takes entry_no for a column of 200 values, and hashes the wrong side of the joins that follow.
  await rows(trx, raw('analyze read_outcomes (entry_no)'));
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
