import { armBounds } from '../../experiments/assign.ts';
import { sql, type Sql } from '../sql.ts';
import type { PlanContext } from './context.ts';
import type { ZoneRow } from './zones.ts';

/** The zones of a range with their planned sends and calendar bounds. */
export function zoneTable(zones: readonly ZoneRow[]): Sql {
  return sql`select * from jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) as z(
    timezone text, channel text, known boolean, planned_at timestamptz, day_from timestamptz, day_to timestamptz,
    week_from timestamptz, week_to timestamptz, month_from timestamptz, month_to timestamptz)`;
}

/** The live policies with their arms on [0, 1). */
export function policyTable(context: PlanContext): Sql {
  const rows = context.policies.map((policy) => {
    const bounds = armBounds(policy.armShares);
    return {
      segment: policy.segment,
      action: policy.action,
      policy_version: policy.policyVersion,
      lo: policy.lo,
      hi: policy.hi,
      inside: policy.inside,
      outside: policy.outside,
      explore_width: policy.exploreWidth,
      treat_by_band: policy.treatByBand,
      arms: bounds.map((bound) => bound.arm),
      arm_from: bounds.map((bound) => bound.from),
      arm_share: bounds.map((bound) => policy.armShares[bound.arm]),
    };
  });
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(
    segment text, action text, policy_version int, lo float8, hi float8, inside float8, outside float8,
    explore_width float8, treat_by_band float8[], arms text[], arm_from float8[], arm_share float8[])`;
}

/** What each arm offers in the context's step, by channel. */
export function offerTable(context: PlanContext): Sql {
  const rows = context.offers.map((offer) => ({
    ...offer,
    on_cap: offer.onCap,
    cost_minor: offer.costMinor,
    offer_cost_minor: offer.offerCostMinor,
  }));
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(
    action text, arm text, ord int, channel text, on_cap text, kind text, cost_minor bigint, offer_cost_minor bigint, pool text)`;
}
