import { join, raw, sql, type Sql } from '../sql.ts';
import { hasReason } from '../queries/answered-reasons.ts';
import type { PlanContext, Rival } from './context.ts';

/** Columns that say on which channels the user of `a` can be reached at all, suppression aside. */
export const reachColumns = raw(`
  coalesce(a.consent_email, false) as consents_email,
  coalesce(a.consent_sms, false) as consents_sms,
  coalesce(a.consent_push, false) as consents_push,
  a.email is not null as has_email,
  a.phone is not null as has_sms,
  case when a.consent_push then exists (
    select from push_subscriptions ps where ps.user_no = a.user_no and ps.gone_at is null) else false end as has_push,
  coalesce(s.channels, '{}') as suppressed`);

/** Suppressed channels per user of `audience`, by user and by normalised address (rule 14). */
export const suppressedUsers = raw(`
  select user_no, array_agg(channel) as channels from (
    select a.user_no, s.channel from audience a join suppressions s on s.user_no = a.user_no and s.lifted_at is null
    union all
    select a.user_no, s.channel from audience a
      join suppressions s on s.address = lower(a.email) and s.lifted_at is null and s.channel in ('email', 'all')
    union all
    select a.user_no, s.channel from audience a
      join suppressions s on s.address = a.phone and s.lifted_at is null and s.channel in ('sms', 'all')
  ) hits group by user_no`);

/** The index (from 1) of the first action whose condition holds, null when none does. Needs `u`-style columns on `u`. */
export function actionChoice(context: PlanContext): Sql {
  const branches = context.actionConditions.map(({ action, when, reasons }) => {
    const conditions = [
      ...(reasons
        ? [hasReason({ warned: raw('u.reasons'), userNo: raw('u.user_no') }, reasons, context.decisionAt)]
        : []),
      ...(when ? [sql`coalesce((${when}), false)`] : []),
    ];
    return sql`when ${join(conditions, ' and ', 'true')} then ${action}`;
  });
  return sql`case ${join(branches, '\n')} end`;
}

function wantedBy(rival: Rival, context: PlanContext): Sql {
  if (rival.plannedWaveNo !== null) {
    return sql`exists (select from entries x where x.wave_no = ${rival.plannedWaveNo} and x.user_no = u.user_no)`;
  }
  const scores = rival.scores.map(
    ({ segment, from, to }) =>
      sql`(${segment === '*' ? raw('true') : sql`w2.segment = ${segment}`} and w2.score >= ${from} and w2.score <= ${to})`,
  );
  return sql`(
    ${rival.filter ? sql`coalesce((${rival.filter}), false) and` : raw('')}
    exists (
      select from warnings w2
      where w2.user_no = u.user_no and w2.model = ${rival.model}
        and w2.raised_at <= ${context.decisionAt} and w2.expires_at > ${context.decisionAt}
        ${rival.segments ? sql`and w2.segment = any(${rival.segments}::text[])` : raw('')}
        ${rival.reasons ? sql`and ${hasReason({ warned: raw('w2.reasons'), userNo: raw('w2.user_no') }, rival.reasons, context.decisionAt)}` : raw('')}
        and (${join(scores, ' or ', 'false')}))
    and not exists (
      select from entries x where x.campaign_id = ${rival.campaignId} and x.user_no = u.user_no
        and x.reentry_at > ${context.decisionAt}))`;
}

/** True when the campaign has a channel that needs neither consent nor address. */
function hasTaskChannel(context: PlanContext): boolean {
  return context.channels.includes('task');
}

const reachable = (context: PlanContext): Sql[] =>
  context.channels
    .filter((channel) => channel !== 'task')
    .map((channel) => raw(`(u.consents_${channel} and u.has_${channel})`));

const consenting = (context: PlanContext): Sql[] =>
  context.channels.filter((channel) => channel !== 'task').map((channel) => raw(`u.consents_${channel}`));

const unsuppressed = (context: PlanContext): Sql[] =>
  context.channels.map((channel) =>
    channel === 'task'
      ? raw(`not u.suppressed && '{task,all}'::text[]`)
      : raw(`(u.consents_${channel} and u.has_${channel} and not u.suppressed && '{${channel},all}'::text[])`),
  );

/** The user of `u` wants nothing of the campaign's category, on whatever channel. */
const refused = (context: PlanContext): Sql => sql`${context.campaign.category} = any(u.refused_categories)`;

/** Events that show that the user of `u` came back after `since` (a column). */
export function returnedSince(context: PlanContext, since: Sql): Sql {
  return sql`exists (
    select from events ev where ev.user_no = u.user_no and ev.type = any(${context.campaign.returnEvents}::text[])
      and ev.occurred_at > ${since} and ev.occurred_at <= ${context.decisionAt})`;
}

/**
 * The rungs before assignment in their order (rule 5), as one CASE that yields `rung|reason` or null. Later branches run only
 * for users whom the earlier ones let through.
 */
export function firstTouchRungs(context: PlanContext): Sql {
  const at = context.decisionAt;
  const noConsentNeeded = hasTaskChannel(context);
  return sql`case
    when u.expires_at <= ${at} then 'warned|warning_expired'
    when u.last_window_ends_at > ${at} then 'open_entry|open_entry'
    when u.last_reentry_at > ${at} then 'open_entry|reentry_gap'
    when u.action is null then 'action|no_action'
    when coalesce(u.p_treat, 0) <= 0 then
      case when u.lo is null or u.score < u.lo then 'score|below_threshold' else 'score|above_interval' end
    ${
      noConsentNeeded
        ? raw('')
        : sql`when not (${join(reachable(context), ' or ', 'false')}) then
            case when ${join(consenting(context), ' or ', 'false')} then 'consent|no_address' else 'consent|no_consent' end`
    }
    when ${refused(context)} then 'suppression|category_refused'
    when not (${join(unsuppressed(context), ' or ', 'false')}) then 'suppression|suppressed'
    when ${returnedSince(context, raw('u.raised_at'))} then 'returned|returned'
    ${join(
      context.rivals.map(
        (rival) => sql`when ${wantedBy(rival, context)} then ${`priority|priority:${rival.campaignId}`}`,
      ),
      '\n',
    )}
  end`;
}

/** The rungs of a follow-up before its channel: the user is back, refused the category, or is suppressed on all channels. */
export function followUpRungs(context: PlanContext): Sql {
  return sql`case
    when ${returnedSince(context, raw('u.opened_at'))} then 'returned|returned'
    when ${refused(context)} then 'suppression|category_refused'
    when u.suppressed && '{all}'::text[] then 'suppression|suppressed'
  end`;
}
