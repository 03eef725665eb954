import { minorUnits } from '../../../domain/money.ts';
import { join, raw, sql, type Sql } from '../../sql.ts';
import { codedArms, type CampaignFacts } from './campaign-facts.ts';
import { MARKS, mature } from './outcomes.ts';

/** `amount` cut to ±cap. */
function capped(amount: Sql, cap: number | null): Sql {
  return cap === null ? amount : sql`greatest(${-cap}::float8, least(${cap}::float8, ${amount}))`;
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
  const codeCame = raw('coalesce(o.redeemed_at > e.opened_at and o.redeemed_at <= e.window_ends_at, false)');
  const goalReached = sql`o.goals > 0 and ${offerPrice(facts)} > 0`;
  const used =
    coded.length === 0
      ? goalReached
      : sql`case when (e.version || '/' || e.action || '/' || e.arm) = any(${coded}::text[]) then ${codeCame} else ${goalReached} end`;
  return sql`(o.entry_no is not null and e.arm is not null and (${used}))`;
}

/** What the goal events of an entry were worth before costs: the margin for each, or its share of the revenue; null without one. */
function worth(facts: CampaignFacts, revenue: Sql): Sql {
  const { goal, costs, currency } = facts.campaign;
  if (costs.margin === undefined) return raw('null::float8');
  if (goal.value === 'revenue') return sql`${costs.margin}::float8 * ${revenue}`;
  return sql`${minorUnits(costs.margin, currency)}::float8 * coalesce(o.goals, 0)`;
}

const marked = (mark: number): Sql => raw(`coalesce(o.marks & ${mark} <> 0, false)`);

/**
 * One row per mature entry with its outcomes and what they were worth: the entry's columns as they are, and goals, valued, revenue
 * (capped), cut (the cap cut it), goal_day (full days to the first goal event), returned, unsubscribed, complained, refunded, offer_used,
 * offer_cost, sent, worth and net. Minor units; worth and net are null without costs.margin. Needs `read_outcomes`.
 */
export function entryValues(facts: CampaignFacts, cap: number | null): Sql {
  const amount = raw('coalesce(o.revenue, 0)');
  const revenue = capped(amount, cap);
  const { costs, currency } = facts.campaign;
  const complainedInTime = raw('coalesce(o.complained_at <= e.window_ends_at, false)');
  // Each "offset 0" keeps PostgreSQL from working out the expressions again for every aggregate that uses them.
  return sql`
    select x.*, x.worth - x.offer_cost - x.sent - x.refunded
        - case when x.unsubscribed then ${minorUnits(costs.unsubscribe, currency)}::float8 else 0 end as net
    from (
      select e.*, coalesce(o.goals, 0) as goals, coalesce(o.valued, 0) as valued, ${revenue} as revenue, ${amount} <> ${revenue} as cut,
        floor(date_part('epoch', o.first_goal_at - e.opened_at) / 86400)::int as goal_day, ${marked(MARKS.returned)} as returned,
        ${marked(MARKS.unsubscribe)} as unsubscribed, ${marked(MARKS.complaint)} or ${complainedInTime} as complained,
        coalesce(o.refunded, 0) as refunded, coalesce(o.sent, 0) as sent, ${worth(facts, revenue)} as worth,
        ${offerUsed(facts)} as offer_used, case when ${offerUsed(facts)} then ${offerPrice(facts)} else 0 end as offer_cost
      from entries e left join read_outcomes o on o.entry_no = e.entry_no
      where ${mature(facts)}
      offset 0
    ) x
    offset 0`;
}
