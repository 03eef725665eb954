import { SENT_STATES } from '../../../policy/send-states.ts';
import type { Db } from '../../connect.ts';
import { join, rows, sql, type Sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';

/** Condition on `e`: an entry of the campaign whose outcome window is over. */
export function mature(facts: CampaignFacts): Sql {
  return sql`e.campaign_id = ${facts.campaignId} and e.window_ends_at <= ${facts.asOf}`;
}

/** What one event, or one row of recorded outcomes, says; all over the rows of an entry's join. */
interface OutcomeSource {
  type: Sql;
  /** How often it happened within the window. */
  times: Sql;
  /** Minor units in the campaign's currency; null where nothing may be added up. */
  amount: Sql;
  occurredAt: Sql;
  /** True for an amount in another currency. */
  foreign: Sql;
  /** True for an event before the entry. */
  early: Sql;
}

function outcomeColumns(facts: CampaignFacts, source: OutcomeSource): Sql {
  const { type, times, amount, occurredAt, foreign, early } = source;
  const { goal, returnEvents } = facts.campaign;
  const happened = sql`not ${early} and ${times} > 0`;
  const goalHappened = sql`${type} = ${goal.event} and ${happened}`;
  return sql`
    coalesce(sum(${times}) filter (where ${goalHappened}), 0)::int as goals,
    coalesce(sum(${amount}) filter (where ${goalHappened}), 0) as revenue,
    count(${amount}) filter (where ${goalHappened})::int as valued,
    min(${occurredAt}) filter (where ${goalHappened}) as first_goal_at,
    coalesce(bool_or(${type} = any(${returnEvents}::text[]) and ${happened}), false) as returned,
    coalesce(bool_or(${type} = 'unsubscribe' and ${happened}), false) as unsubscribed,
    coalesce(bool_or(${type} = 'complaint' and ${happened}), false) as complained,
    coalesce(sum(abs(${amount})) filter (where ${type} = 'refund' and ${happened}), 0) as refunded,
    count(*) filter (where ${foreign} and ${type} in (${goal.event}, 'refund') and ${happened})::int as other_currency,
    count(*) filter (where ${early})::int as before_entry`;
}

/** Types of events that any metric is made of. */
function wantedTypes(facts: CampaignFacts): string[] {
  const { goal, returnEvents } = facts.campaign;
  return [...new Set([goal.event, ...returnEvents, 'unsubscribe', 'complaint', 'refund'])];
}

/**
 * Outcomes of live entries: each event counts in every entry of its user whose window holds it (rule 13). Goal events before
 * a user's first entry come along to be counted as such.
 */
function liveOutcomes(facts: CampaignFacts): Sql {
  const { goal, currency } = facts.campaign;
  const columns = outcomeColumns(facts, {
    type: sql`v.type`,
    times: sql`1`,
    amount: sql`case when v.currency = ${currency} then v.value_minor::float8 end`,
    occurredAt: sql`v.occurred_at`,
    foreign: sql`(v.value_minor is not null and v.currency is distinct from ${currency})`,
    early: sql`v.occurred_at <= e.opened_at`,
  });
  return sql`
    select e.entry_no, ${columns}
    from entries e join events v on v.user_no = e.user_no and v.occurred_at <= e.window_ends_at
      and (v.occurred_at > e.opened_at or (v.type = ${goal.event} and e.n = 1))
    where ${mature(facts)} and e.recorded_no is null and v.type = any(${wantedTypes(facts)}::text[])
    group by e.entry_no`;
}

function recordedOutcomes(facts: CampaignFacts): Sql {
  const columns = outcomeColumns(facts, {
    type: sql`o.type`,
    times: sql`o.count`,
    amount: sql`o.value_minor::float8`,
    occurredAt: sql`null::timestamptz`,
    foreign: sql`false`,
    early: sql`false`,
  });
  return sql`
    select e.entry_no, ${columns}
    from entries e join recorded_outcomes o on o.entry_no = e.entry_no
    where ${mature(facts)} and e.recorded_no is not null
    group by e.entry_no`;
}

/** What the messages of an entry cost, whether one was complained about, and whether its code came back in the window. */
function sends(facts: CampaignFacts): Sql {
  const prices = JSON.stringify(
    facts.sendPrices.map(({ version, channel, costMinor }) => ({ version, channel, cost_minor: costMinor })),
  );
  return sql`
    select e.entry_no, coalesce(sum(p.cost_minor) filter (where m.state = any(${[...SENT_STATES]}::text[])), 0)::float8 as sent,
      bool_or(m.state = 'COMPLAINED' and m.changed_at <= e.window_ends_at) as complained,
      coalesce(bool_or(c.redeemed_at > e.opened_at and c.redeemed_at <= e.window_ends_at), false) as redeemed
    from waves w join messages m on m.wave_no = w.wave_no
      join entries e on e.entry_no = m.entry_no
      left join jsonb_to_recordset(${prices}::jsonb) as p(version int, channel text, cost_minor float8)
        on p.version = w.version and p.channel = m.channel
      left join coupon_codes c on c.code_no = m.code_no and c.state = 'redeemed'
    where w.campaign_id = ${facts.campaignId} and ${mature(facts)}
      and (p.cost_minor is not null or m.state = 'COMPLAINED' or c.code_no is not null)
    group by e.entry_no`;
}

/**
 * Makes the temporary tables `read_outcomes` (entries with any outcome) and `read_sends` (entries whose messages cost something,
 * were complained about, or whose code came back), which live until the end of the transaction. Amounts in minor units.
 */
export async function createOutcomeTables(trx: Db, facts: CampaignFacts): Promise<void> {
  // A transaction of the caller's may hold those of an earlier read.
  await rows(trx, sql`drop table if exists pg_temp.read_outcomes, pg_temp.read_sends`);
  await rows(trx, sql`set local work_mem = '256MB'`);
  await rows(
    trx,
    sql`create temp table read_outcomes on commit drop as
      ${join([liveOutcomes(facts), recordedOutcomes(facts)], ' union all ')}`,
  );
  await rows(trx, sql`create temp table read_sends on commit drop as ${sends(facts)}`);
  await rows(trx, sql`analyze read_outcomes, read_sends`);
}
