import type { Db } from '../../src/db/connect.ts';
import type { PlanContext } from '../../src/db/planning/context.ts';
import { capHistory } from '../../src/db/planning/deferrals.ts';
import { effectiveZone } from '../../src/db/planning/zones.ts';
import type { LadderUser } from '../../src/policy/ladder.ts';

const EXPIRED_SHOWN_MS = 86_400_000;

interface Row {
  user_no: number;
  user_id: string;
  email: string | null;
  phone: string | null;
  timezone: string | null;
  consent_email: boolean | null;
  consent_sms: boolean | null;
  consent_push: boolean | null;
  refused_categories: string[];
  attributes: Record<string, unknown>;
}

interface WarningRow {
  warning_no: number;
  score: number;
  segment: string;
  reasons: string[];
  raised_at: Date;
  expires_at: Date;
  imported_at: Date;
}

function newestWarning(context: PlanContext, warnings: WarningRow[]): WarningRow | undefined {
  const at = context.decisionAt.getTime();
  const usable = warnings.filter(
    (w) =>
      w.raised_at.getTime() <= at &&
      w.imported_at <= context.snapshotAt &&
      w.expires_at.getTime() > at - EXPIRED_SHOWN_MS,
  );
  return usable.toSorted(
    (a, b) =>
      Number(b.expires_at.getTime() > at) - Number(a.expires_at.getTime() > at) ||
      b.raised_at.getTime() - a.raised_at.getTime() ||
      b.warning_no - a.warning_no,
  )[0];
}

async function suppressedChannels(db: Db, user: Row): Promise<string[]> {
  const all = await db('suppressions').whereNull('lifted_at');
  return all
    .filter(
      (row) =>
        row.user_no === user.user_no ||
        (user.email !== null && row.address === user.email.toLowerCase() && ['email', 'all'].includes(row.channel)) ||
        (user.phone !== null && row.address === user.phone && ['sms', 'all'].includes(row.channel)),
    )
    .map((row) => row.channel);
}

async function lastEntry(db: Db, context: PlanContext, userNo: number): Promise<LadderUser['lastEntry']> {
  const key = { campaign_id: context.campaign.campaign, user_no: userNo };
  const row = await db('entries').where(key).orderBy('n', 'desc').first();
  return row ? { n: row.n, windowEndsAt: row.window_ends_at, reentryAt: row.reentry_at } : null;
}

async function answered(db: Db, context: PlanContext, userNo: number): Promise<string[]> {
  return db('survey_answers')
    .where({ user_no: userNo })
    .where('answered_at', '<=', context.decisionAt)
    .where('counts_until', '>', context.decisionAt)
    .pluck('reason');
}

/** The audience of a first touch read row by row, without any of the planner's SQL; segments and reasons only, no filter. */
export async function ladderUsers(db: Db, context: PlanContext): Promise<LadderUser[]> {
  const { segments, reasons, model } = context.campaign.audience;
  const users: Row[] = await db('users').orderBy('user_no');
  const found: LadderUser[] = [];
  for (const user of users) {
    const warning = newestWarning(context, await db('warnings').where({ user_no: user.user_no, model }));
    if (!warning) continue;
    if (segments && !segments.includes(warning.segment)) continue;
    const named = [...warning.reasons, ...(await answered(db, context, user.user_no))];
    if (reasons && !named.some((reason) => reasons.includes(reason))) continue;
    const condition = context.actionConditions.find(
      (c) => c.reasons === null || c.reasons.some((reason) => named.includes(reason)),
    );
    const events: { type: string; occurred_at: Date }[] = await db('events').where({ user_no: user.user_no });
    const subscriptions = await db('push_subscriptions').where({ user_no: user.user_no }).whereNull('gone_at');
    const codes = await db('coupon_codes')
      .where({ user_no: user.user_no, campaign_id: context.campaign.campaign })
      .whereIn('state', ['reserved', 'sent', 'redeemed']);
    found.push({
      userNo: user.user_no,
      userId: user.user_id,
      zone: effectiveZone(user.timezone, context.defaultTimezone),
      reach: {
        email: { consents: user.consent_email === true, address: user.email !== null },
        sms: { consents: user.consent_sms === true, address: user.phone !== null },
        push: { consents: user.consent_push === true, address: subscriptions.length > 0 },
      },
      suppressed: await suppressedChannels(db, user),
      refused: user.refused_categories,
      returns: events.filter((e) => context.campaign.returnEvents.includes(e.type)).map((e) => e.occurred_at),
      history: (await capHistory(db, [user.user_no], new Date(0))).get(user.user_no) ?? [],
      lastEntry: await lastEntry(db, context, user.user_no),
      hasCode: codes.length > 0,
      warning: {
        score: warning.score,
        segment: warning.segment,
        reasons: warning.reasons,
        raisedAt: warning.raised_at,
        expiresAt: warning.expires_at,
      },
      action: condition?.action ?? null,
      rival: null,
    });
  }
  return found;
}
