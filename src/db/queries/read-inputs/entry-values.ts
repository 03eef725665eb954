import { minorUnits } from '../../../domain/money.ts';
import type { Db } from '../../connect.ts';
import { join, raw, rows, sql, type Sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { mature } from './outcomes.ts';

/** The quantile of the non-zero amounts at which all groups are capped (EXPERIMENTS.md, "revenue"). */
const CAP_QUANTILE = 0.999;

/**
 * The one cap on the goal revenue of an entry, in minor units: the amount at the 99.9th percentile of the amounts above zero,
 * over the mature entries of the interval (of under 1,000 the largest, so that nothing is cut). Null: there are no amounts.
 */
export async function revenueCap(trx: Db): Promise<number | null> {
  const [row] = await rows<{ cap: number | null }>(
    trx,
    sql`select percentile_disc(${CAP_QUANTILE}) within group (order by o.revenue) as cap
      from read_outcomes o join entries e on e.entry_no = o.entry_no where e.in_interval and o.revenue > 0`,
  );
  return row?.cap ?? null;
}

/** `amount` cut to ±cap. */
export function capped(amount: Sql, cap: number | null): Sql {
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

/** True where the offer of the entry's arm comes from a pool whose codes come back. */
function codeComesBack(facts: CampaignFacts): Sql {
  const arms = facts.offerPrices.filter(({ pool }) => pool !== null && facts.redeemingPools.includes(pool));
  const keys = arms.map(({ version, action, arm }) => `${version}/${action}/${arm}`);
  return keys.length === 0 ? raw('false') : sql`(e.version || '/' || e.action || '/' || e.arm) = any(${keys}::text[])`;
}

/** What one goal event was worth before costs: the margin per event, or its share of the revenue; null where no margin is set. */
function worth(facts: CampaignFacts): Sql | null {
  const { goal, costs, currency } = facts.campaign;
  if (costs.margin === undefined) return null;
  if (goal.value === 'revenue') return sql`${costs.margin}::float8 * x.revenue`;
  return sql`${minorUnits(costs.margin, currency)}::float8 * x.goals`;
}

/**
 * One row per mature entry with its outcomes and what they were worth: the entry's columns as `e.*`, and goals, valued, revenue
 * (capped), cut (the cap cut it), first_goal_at, returned, unsubscribed, complained, refunded, offer_used, offer_cost, sent, worth
 * and net. Amounts in minor units; worth and net are null without costs.margin.
 */
export function entryValues(facts: CampaignFacts, cap: number | null): Sql {
  const { costs, currency } = facts.campaign;
  const revenue = capped(raw('coalesce(o.revenue, 0)'), cap);
  const unsubscribe = minorUnits(costs.unsubscribe, currency);
  return sql`
    select y.*, y.worth - y.offer_cost - y.sent - y.refunded
        - case when y.unsubscribed then ${unsubscribe}::float8 else 0 end as net
    from (
      select x.*, ${worth(facts) ?? raw('null::float8')} as worth, case when x.offer_used then x.offer_price else 0 end as offer_cost
      from (
        select e.*, coalesce(o.goals, 0) as goals, coalesce(o.valued, 0) as valued, ${revenue} as revenue,
          coalesce(o.revenue, 0) <> ${revenue} as cut, o.first_goal_at, coalesce(o.returned, false) as returned,
          coalesce(o.unsubscribed, false) as unsubscribed, coalesce(o.complained or s.complained, s.complained, false) as complained,
          coalesce(o.refunded, 0) as refunded, coalesce(s.sent, 0) as sent,
          case when e.assignment <> 'arm' then 0 else ${offerPrice(facts)} end as offer_price,
          case when e.assignment <> 'arm' then false when ${codeComesBack(facts)} then coalesce(s.redeemed, false)
            else coalesce(o.goals, 0) > 0 and ${offerPrice(facts)} > 0 end as offer_used
        from entries e left join read_outcomes o on o.entry_no = e.entry_no
          left join read_sends s on s.entry_no = e.entry_no
        where ${mature(facts)}
      ) x
    ) y`;
}
