import type { CapRule } from '../../domain/campaign.schema.ts';
import { capHorizonMs } from '../../policy/caps.ts';
import { durationMs } from '../../policy/duration.ts';
import { join, raw, sql, type Sql } from '../sql.ts';
import type { PlanContext } from './context.ts';

const DAY_MS = 86_400_000;

/** Condition on the candidate `r`: the rule speaks of its message. */
function applies(context: PlanContext, rule: CapRule): Sql {
  if (rule.scope === 'channel') return rule.channel === undefined ? raw('true') : sql`r.channel = ${rule.channel}`;
  if (rule.scope === 'category' && rule.category !== undefined) {
    return raw(rule.category === context.campaign.category ? 'true' : 'false');
  }
  return raw('true');
}

/** Condition on the history `h`: it is of the rule's scope and within its window around the planned time. */
function counted(context: PlanContext, rule: CapRule): Sql {
  const scope =
    rule.scope === 'channel'
      ? raw('h.channel = r.channel and')
      : rule.scope === 'category'
        ? sql`h.category = ${context.campaign.category} and`
        : raw('');
  if (rule.per === 'day' || rule.per === 'week' || rule.per === 'month') {
    return sql`${scope} h.at >= r.${raw(rule.per)}_from and h.at < r.${raw(rule.per)}_to`;
  }
  const length = sql`${durationMs(rule.per)}::float8 * interval '1 millisecond'`;
  return sql`${scope} h.at > r.at - ${length} and h.at < r.at + ${length}`;
}

function historySince(context: PlanContext): Date {
  return new Date(context.decisionAt.getTime() - capHorizonMs(context.caps) - 2 * DAY_MS);
}

/** True when no cap can stop a message of this campaign. */
export function isUncapped(context: PlanContext): boolean {
  const { rules, minGapMs, noRepeat } = context.caps;
  return context.campaign.category === 'transactional' || (rules.length === 0 && minGapMs === 0 && !noRepeat);
}

/**
 * A lateral subquery `caps(cap)` for candidates `r` (user_no, channel, at = planned send, day/week/month bounds): the first cap
 * that one more message would pass, as `policy/caps.ts` decides in mode 'plan'; null: none.
 */
export function capsLateral(context: PlanContext): Sql {
  const { rules, minGapMs, noRepeat } = context.caps;
  const since = historySince(context);
  const checks = [
    ...rules.map(
      (rule) => sql`when ${applies(context, rule)} and
        count(*) filter (where ${counted(context, rule)}) >= ${rule.max} then ${`cap:${rule.id}`}`,
    ),
    ...(minGapMs > 0
      ? [
          sql`when count(*) filter (where h.at > r.at - ${minGapMs}::float8 * interval '1 millisecond'
            and h.at < r.at + ${minGapMs}::float8 * interval '1 millisecond') > 0 then 'min_gap'`,
        ]
      : []),
    ...(noRepeat
      ? [
          sql`when (array_agg(h.kind order by h.at desc) filter (where h.kind is not null and h.at <= r.at))[1] = r.kind
            then 'same_kind'`,
        ]
      : []),
  ];
  return sql`
    left join lateral (
      select case ${join(checks, '\n')} end as cap
      from (
        select m.counted_at as at, m.channel, m.category, m.kind
        from messages m where m.user_no = r.user_no and m.counted_at > ${since}
        union all
        select k.sent_at, k.channel, k.category, null
        from contacts k where k.user_no = r.user_no and k.sent_at > ${since}
      ) h
    ) caps on true`;
}
