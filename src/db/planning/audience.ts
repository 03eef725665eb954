import { join, raw, sql, type Sql } from '../sql.ts';
import { hasReason } from '../queries/answered-reasons.ts';
import type { PlanContext, UserRange } from './context.ts';

/** Users whose last warning ran out within this time stay visible on the ladder's first rung. */
const EXPIRED_SHOWN = raw(`interval '1 day'`);

function matches(context: PlanContext): Sql {
  const { segments, reasons } = context.campaign.audience;
  const conditions = [
    ...(segments ? [sql`n.segment = any(${segments}::text[])`] : []),
    ...(reasons
      ? [hasReason({ warned: raw('n.reasons'), userNo: raw('n.user_no') }, reasons, context.decisionAt)]
      : []),
    ...(context.filter ? [sql`coalesce((${context.filter}), false)`] : []),
  ];
  return join(conditions, ' and ', 'true');
}

const USER_COLUMNS = raw(`
  n.user_no, n.warning_no, n.score, n.segment, n.reasons, n.raised_at, n.expires_at,
  u.user_id, u.email, u.phone, u.timezone, u.consent_email, u.consent_sms, u.consent_push, u.refused_categories, u.attributes`);

/** The newest warning of each user of the range, an unexpired one before an expired one (rule 2). */
function newestWarnings(context: PlanContext, range: UserRange | null): Sql {
  const at = context.decisionAt;
  return sql`
    select distinct on (w.user_no)
      w.user_no, w.warning_no, w.score, w.segment, w.reasons, w.raised_at, w.expires_at
    from warnings w
    where ${range ? sql`w.user_no >= ${range.from} and w.user_no < ${range.to} and` : raw('')}
      w.model = ${context.campaign.audience.model}
      and w.raised_at <= ${at} and w.imported_at <= ${context.snapshotAt}
      and w.expires_at > ${at}::timestamptz - ${EXPIRED_SHOWN}
    order by w.user_no, (w.expires_at > ${at}) desc, w.raised_at desc, w.warning_no desc`;
}

/**
 * The audience of a first touch as a query: users whose newest warning of the campaign's model has one of its segments and
 * reasons, and whom the filter keeps. Columns: user, warning.
 */
export function firstTouchAudience(context: PlanContext, range: UserRange | null): Sql {
  return sql`
    select ${USER_COLUMNS}
    from (${newestWarnings(context, range)}) n join users u on u.user_no = n.user_no
    where ${matches(context)}`;
}

/** Condition on `e`: the entry's drawn arm has the context's step. */
function hasStep(context: PlanContext): Sql {
  const pairs = [...new Set(context.offers.map((offer) => `${offer.action}/${offer.arm}`))];
  return sql`(e.action || '/' || e.drawn_arm) = any(${pairs}::text[])`;
}

/** The audience of a follow-up step: the wave's entries, held-out ones too, whose drawn arm has the step. */
export function followUpAudience(context: PlanContext, range: UserRange | null): Sql {
  return sql`
    select ${USER_COLUMNS},
      e.entry_no, e.assignment, e.action, e.drawn_arm, e.opened_at
    from entries e
    join warnings n on n.warning_no = e.warning_no
    join users u on u.user_no = e.user_no
    where e.wave_no = ${context.waveNo} and ${hasStep(context)}
      ${range ? sql`and e.user_no >= ${range.from} and e.user_no < ${range.to}` : raw('')}`;
}

/** The audience of the context's step. */
export function audience(context: PlanContext, range: UserRange | null): Sql {
  return context.step === 1 ? firstTouchAudience(context, range) : followUpAudience(context, range);
}
