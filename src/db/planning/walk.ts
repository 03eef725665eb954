import { join, raw, sql, type Sql } from '../sql.ts';
import { audience } from './audience.ts';
import { capsLateral, isUncapped } from './caps-sql.ts';
import type { PlanContext, UserRange } from './context.ts';
import { actionChoice, firstTouchRungs, followUpRungs, reachColumns, suppressedUsers } from './rungs.ts';
import { offerTable, policyTable, zoneTable } from './walk-tables.ts';
import type { ZoneRow } from './zones.ts';

/** What a shard may still use up: null budget means no limit. */
export interface Supplies {
  budgetLeftMinor: number | null;
  /** Free codes in the order in which they are given out. */
  codes: { pool: string; codeNo: number }[];
}

/** What the walk carries of a user from here on; the rest (attributes, addresses) only makes its sorts slow. */
const WALK_COLUMNS =
  raw(`u.user_no, u.user_id, u.warning_no, u.action, u.timezone, u.suppressed, u.consents_email, u.has_email,
        u.consents_sms, u.has_sms, u.consents_push, u.has_push`);

/** Twelve hex digits as a number in [0, 1); float8 holds 48 bits exactly, so it is the number that TypeScript computes. */
const slice = (hex: string, from: number): string =>
  `(('x' || substr(${hex}, ${from}, 12))::bit(48)::bigint::float8 / 281474976710656::float8)`;

const IN_INTERVAL = `u.score >= p.lo and (u.score < p.hi or p.hi >= 1)`;

/** e of the score, null without a policy: the same as `treatProbability`. */
const P_TREAT = `case
          when p.treat_by_band is not null then p.treat_by_band[
            least(floor(u.score * cardinality(p.treat_by_band))::int, cardinality(p.treat_by_band) - 1) + 1]
          when ${IN_INTERVAL} then p.inside
          when u.score >= p.lo - p.explore_width and u.score < p.hi + p.explore_width then p.outside
          else 0 end`;

/** Users with their action, policy and entry history, then the rungs before assignment, then the draws. */
function firstTouchSteps(context: PlanContext): Sql {
  const own = context.policies
    .filter((policy) => policy.segment !== '*')
    .map(({ segment, action }) => `${action}/${segment}`);
  const { share, salt } = context.globalHoldout;
  return sql`
    acting as (
      select u.*, ${actionChoice(context)} as action,
        le.n as last_n, le.window_ends_at as last_window_ends_at, le.reentry_at as last_reentry_at
      from (select a.*, ${reachColumns} from audience a left join suppressed s on s.user_no = a.user_no) u
      left join lateral (
        select max(e.n) as n, max(e.window_ends_at) as window_ends_at, max(e.reentry_at) as reentry_at from entries e
        where e.campaign_id = ${context.campaign.campaign} and e.user_no = u.user_no
      ) le on true
    ),
    governed as (
      select u.*, p.segment as policy_segment, p.policy_version, p.lo, p.arms, p.arm_from, p.arm_share,
        coalesce(${raw(IN_INTERVAL)}, false) as in_interval, ${raw(P_TREAT)} as p_treat
      from acting u left join policy p on p.action = u.action
        and p.segment = case when u.action || '/' || u.segment = any(${own}::text[]) then u.segment else '*' end
    ),
    climbed as materialized (
      select u.*, ${firstTouchRungs(context)} as stop from governed u
    ),
    hashed as (
      select ${WALK_COLUMNS}, u.score, u.segment, u.policy_segment, u.policy_version, u.in_interval, u.p_treat, u.arms, u.arm_from, u.arm_share,
        coalesce(u.last_n, 0) + 1 as n,
        encode(sha256(convert_to(${context.salt} || ':' || u.user_id || ':' || (coalesce(u.last_n, 0) + 1), 'UTF8')), 'hex') as hex,
        ${share > 0 ? sql`encode(sha256(convert_to(${salt} || ':' || u.user_id, 'UTF8')), 'hex')` : raw('null::text')} as global_hex
      from climbed u where u.stop is null
    ),
    drawn as materialized (
      select u.*,
        width_bucket(${raw(slice('u.hex', 25))}, u.arm_from) as arm_index,
        case
          when ${share > 0 ? sql`${raw(slice('u.global_hex', 1))} < ${share}` : raw('false')} then 'global_holdout'
          when ${raw(slice('u.hex', 1))} < ${context.campaign.holdout} then 'holdout'
          when ${raw(slice('u.hex', 13))} >= u.p_treat then 'untreated'
          else 'arm'
        end as assignment
      from hashed u
    ),
    assigned as materialized (
      select u.*, u.arms[u.arm_index] as drawn_arm, u.arm_share[u.arm_index] as p_arm, nextval('entries_entry_no_seq') as entry_no
      from drawn u
    ),`;
}

/** The entry is there: only the rungs before the channel are walked again. */
function followUpSteps(context: PlanContext): Sql {
  return sql`
    climbed as materialized (
      select u.*, ${followUpRungs(context)} as stop
      from (select a.*, ${reachColumns} from audience a left join suppressed s on s.user_no = a.user_no) u
    ),
    assigned as materialized (
      select ${WALK_COLUMNS}, u.entry_no, u.assignment, u.drawn_arm from climbed u where u.stop is null
    ),`;
}

/**
 * One row per assigned user: the channel that is tried, the first that he can be reached on and no cap stops. Every step keeps
 * the whole row, since the planner of PostgreSQL can't know how many users are left and would join them in nested loops.
 */
function channelChoice(context: PlanContext): Sql {
  const fallbackZone = context.defaultTimezone ?? '';
  return sql`
    reach as (
      select u.*, o.ord, o.channel, o.on_cap, o.kind, coalesce(o.cost_minor, 0) as cost_minor,
        coalesce(o.offer_cost_minor, 0) as offer_cost_minor, o.pool, z.planned_at, coalesce(z.planned_at, ${context.decisionAt}) as at,
        z.known as zone_known, z.day_from, z.day_to, z.week_from, z.week_to, z.month_from, z.month_to,
        row_number() over (partition by u.user_no order by o.ord) as preference
      from assigned u
      left join offer o on o.action = u.action and o.arm = u.drawn_arm
        and case o.channel
          when 'email' then u.consents_email and u.has_email
          when 'sms' then u.consents_sms and u.has_sms
          when 'push' then u.consents_push and u.has_push
          else true end
        and not o.channel = any(u.suppressed) and not 'all' = any(u.suppressed)
      left join zone z on z.channel = o.channel and z.timezone = coalesce(u.timezone, ${fallbackZone})
    ),
    capped as (
      select r.*, ${isUncapped(context) ? raw('null::text as cap') : raw('caps.cap')}
      from reach r ${isUncapped(context) ? raw('') : capsLateral(context)}
      where r.preference = 1 or r.on_cap = 'other_channel'
    ),
    choice as (
      select distinct on (c.user_no) c.* from capped c order by c.user_no, (c.cap is not null), c.ord
    ),`;
}

/** Where each assigned user stands after channel, caps and quiet hours. */
function settled(context: PlanContext, expiresAt: Date): Sql {
  const withStep = [...new Set(context.offers.map((offer) => `${offer.action}/${offer.arm}`))];
  return sql`
    settled as (
      select u.*,
        case
          when not (u.action || '/' || u.drawn_arm) = any(${withStep}::text[]) then 'assignment|control'
          when u.channel is null then 'channel|no_channel'
          when u.cap is not null and u.on_cap <> 'defer' then 'caps|' || u.cap
          when u.planned_at is null and not coalesce(u.zone_known, false) then 'quiet_hours|timezone_unknown'
          when u.planned_at is null or u.planned_at >= ${expiresAt} then 'quiet_hours|no_window'
        end as late_stop
      from choice u
    ),`;
}

/** The code that the person has of this campaign already (one per person); a follow-up may show it again. */
function givenCode(context: PlanContext): Sql {
  return sql`left join lateral (
        select cc.code_no, cc.state in ('reserved', 'sent') and ${context.step > 1} as reusable
        from coupon_codes cc
        where u.pool is not null and cc.campaign_id = ${context.campaign.campaign} and cc.user_no = u.user_no
          and cc.state in ('reserved', 'sent', 'redeemed') limit 1
      ) given on true`;
}

/** The code whose turn it is, by its place in the pool's list. */
function nextCode(supplies: Supplies): Sql {
  const pools = [...new Set(supplies.codes.map((code) => code.pool))];
  if (pools.length === 0) return raw('null::bigint');
  const branches = pools.map((pool) => {
    const codeNos = supplies.codes.filter((code) => code.pool === pool).map((code) => code.codeNo);
    return sql`when ${pool} then (${codeNos}::bigint[])[u.turn]`;
  });
  return sql`case u.pool ${join(branches, ' ')} end`;
}

/**
 * Budget and coupon: given out in the order of user_no; ghosts are held to the same line without using anything up. The budget
 * closes for a range at the first user whose cost no longer fits, so that who is left out does not depend on small change.
 */
function supplied(context: PlanContext, supplies: Supplies): Sql {
  const usesCodes = context.offers.some((offer) => offer.pool !== null);
  if (supplies.budgetLeftMinor === null && !usesCodes) {
    return raw(`
    supplied as (select u.*, u.cost_minor + u.offer_cost_minor as total_minor, null::bigint as code_no from settled u),`);
  }
  const left = supplies.budgetLeftMinor;
  return sql`
    costed as (
      select u.*, given.code_no as given_code, coalesce(given.reusable, false) as reusable,
        u.cost_minor + case when given.reusable then 0 else u.offer_cost_minor end as total_minor
      from settled u ${givenCode(context)}
    ),
    queued as (
      select u.*, count(*) filter (where u.late_stop is null and u.assignment = 'arm' and u.given_code is null)
          over (partition by u.pool order by u.user_no rows between unbounded preceding and 1 preceding) + 1 as turn
      from costed u
    ),
    coded as (
      select u.*, case when u.given_code is null then u.next_code when u.reusable then u.given_code end as code_no,
        case
          when u.pool is null or u.reusable then null
          when u.given_code is not null then 'coupon|coupon_already_given'
          when u.next_code is null then 'coupon|coupon_pool_empty'
        end as coupon_stop
      from (select u.*, ${nextCode(supplies)} as next_code from queued u) u
    ),
    spending as (
      select u.*, coalesce(sum(u.total_minor) filter (where u.late_stop is null and u.assignment = 'arm' and u.coupon_stop is null)
          over (order by u.user_no rows between unbounded preceding and 1 preceding), 0) as spent_before
      from coded u
    ),
    supplied as (
      select u.user_no, u.user_id, u.warning_no, u.entry_no, u.assignment, u.action, u.drawn_arm, u.channel, u.kind,
        u.total_minor, u.planned_at, u.cap, u.at, u.code_no,
        coalesce(u.late_stop,
          case when ${left === null ? raw('false') : sql`u.spent_before + u.total_minor > ${left}`} then 'budget|budget' end,
          u.coupon_stop) as late_stop
      from spending u
    ),`;
}

/** The whole ladder of one range as CTEs, ending in `way` (one row per user of the audience). */
export function walkedLadder(
  context: PlanContext,
  input: { range: UserRange; zones: readonly ZoneRow[]; supplies: Supplies; expiresAt: Date },
): Sql {
  return sql`
    zone as materialized (${zoneTable(input.zones)}),
    policy as materialized (${policyTable(context)}),
    offer as materialized (${offerTable(context)}),
    audience as materialized (${audience(context, input.range)}),
    suppressed as materialized (${suppressedUsers}),
    ${context.step === 1 ? firstTouchSteps(context) : followUpSteps(context)}
    ${channelChoice(context)}
    ${settled(context, input.expiresAt)}
    ${supplied(context, input.supplies)}
    passed as materialized (
      select u.*, case
          when u.assignment <> 'arm' then 'held_out'
          when u.late_stop = 'assignment|control' then 'held_out'
          when u.late_stop is not null then 'blocked'
          when u.cap is not null then 'deferred'
          else 'contacted' end as disposition
      from supplied u
    ),
    way as materialized (
      select p.user_no, p.warning_no, p.entry_no, p.disposition,
        case when p.assignment = 'arm' and p.disposition = 'held_out' then null else split_part(p.late_stop, '|', 1) end as rung,
        case when p.assignment <> 'arm' then p.assignment
          when p.disposition = 'held_out' then 'control'
          when p.disposition = 'deferred' then p.cap
          else split_part(p.late_stop, '|', 2) end as reason,
        p.channel, p.planned_at
      from passed p
      union all
      select c.user_no, c.warning_no, ${context.step === 1 ? raw('null::bigint') : raw('c.entry_no')}, 'blocked',
        split_part(c.stop, '|', 1), split_part(c.stop, '|', 2), null, null
      from climbed c where c.stop is not null
    )`;
}

/** Number of ways per disposition, rung, reason and channel, as the plan statement returns them. */
export interface WayCount {
  disposition: 'contacted' | 'held_out' | 'blocked' | 'deferred';
  rung: string | null;
  reason: string | null;
  channel: string | null;
  users: number;
  cost_minor: number;
}

/** `select` that counts the ways. */
export const countedWays = raw(`
  select w.disposition, w.rung, w.reason, w.channel, count(*)::int as users,
    coalesce(sum(p.total_minor) filter (where w.disposition in ('contacted', 'deferred')), 0)::bigint as cost_minor
  from way w left join passed p on p.user_no = w.user_no
  group by 1, 2, 3, 4`);
