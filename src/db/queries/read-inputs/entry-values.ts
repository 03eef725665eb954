import { minorUnits } from '../../../domain/money.ts';
import { join, raw, sql, type Sql } from '../../sql.ts';
import { codedArms, type CampaignFacts } from './campaign-facts.ts';
import { MARKS, mature } from './outcomes.ts';

/** `amount` cut to ±cap; null stays null. */
function capped(amount: Sql, cap: number | null): Sql {
  if (cap === null) return amount;
  return sql`case when ${amount} > ${cap}::float8 then ${cap}::float8 when ${amount} < ${-cap}::float8 then ${-cap}::float8 else ${amount} end`;
}

/** The price of the entry's offer, 0 without one. */
function offerPrice(facts: CampaignFacts): Sql {
  if (facts.offerPrices.length === 0) return raw('0::float8');
  const branches = facts.offerPrices.map(
    ({ version, action, arm, costMinor }) =>
      sql`when e.version = ${version} and e.action = ${action} and e.arm = ${arm} then ${costMinor}::float8`,
  );
  return sql`case ${join(branches, ' ')} else 0 end`;
}

/** Whether the entry's offer was used: its code came back in the window, or, where codes don't, the goal was reached. */
function offerUsed(facts: CampaignFacts): Sql {
  if (facts.offerPrices.length === 0) return raw('false');
  const coded = codedArms(facts).map(({ version, action, arm }) => `${version}/${action}/${arm}`);
  const goalReached = sql`o.goals > 0 and ${offerPrice(facts)} > 0`;
  const used =
    coded.length === 0
      ? goalReached
      : sql`case when (e.version || '/' || e.action || '/' || e.arm) = any(${coded}::text[])
          then o.marks & ${raw(String(MARKS.redeemed))} <> 0 else ${goalReached} end`;
  return sql`coalesce(e.arm is not null and (${used}), false)`;
}

/** What the goal events of an entry were worth before costs: the margin for each, or its share of the revenue; null without one. */
function worth(facts: CampaignFacts, revenue: Sql): Sql {
  const { goal, costs, currency } = facts.campaign;
  if (costs.margin === undefined) return raw('null::float8');
  if (goal.value === 'revenue') return sql`${costs.margin}::float8 * ${revenue}`;
  return sql`${minorUnits(costs.margin, currency)}::float8 * coalesce(o.goals, 0)`;
}

/**
 * One row per mature entry with its outcomes and what they were worth: the entry's columns as they are, and of its outcomes marks,
 * goals, valued and refunded (null: none), revenue (capped; null: none), cut (the cap cut it), goal_day (full days to the first goal
 * event), offer_used, offer_cost, sent, worth and net. Minor units; worth and net are null without costs.margin. Needs `read_outcomes`.
 */
export function entryValues(facts: CampaignFacts, cap: number | null): Sql {
  const revenue = capped(raw('o.revenue'), cap);
  const { costs, currency } = facts.campaign;
  const unsubscribe = minorUnits(costs.unsubscribe, currency);
  // Each "offset 0" keeps PostgreSQL from working out the expressions again for every aggregate that uses them.
  return sql`
    select x.*, x.worth - x.offer_cost - x.sent - coalesce(x.refunded, 0)
        - case when x.marks & ${raw(String(MARKS.unsubscribe))} <> 0 then ${unsubscribe}::float8 else 0 end as net
    from (
      select e.*, o.marks, o.goals, o.valued, ${revenue} as revenue, o.revenue <> ${revenue} as cut, o.refunded,
        floor(date_part('epoch', o.first_goal_at - e.opened_at) / 86400)::int as goal_day, coalesce(o.sent, 0) as sent,
        ${worth(facts, sql`coalesce(${revenue}, 0)`)} as worth, ${offerUsed(facts)} as offer_used,
        case when ${offerUsed(facts)} then ${offerPrice(facts)} else 0 end as offer_cost
      from entries e left join read_outcomes o on o.entry_no = e.entry_no
      where ${mature(facts)}
      offset 0
    ) x
    offset 0`;
}
