import type { Knex } from 'knex';
import { loadPlanContext } from '../db/planning/load-context.ts';
import { rehearsePlan, type RehearsedAssignment, type RehearsedGroup } from '../db/planning/rehearsal.ts';
import type { WayCount } from '../db/planning/walk.ts';
import { approvedMaximum } from '../db/queries/approvals.ts';
import { loadVersion, type LoadedVersion } from '../db/queries/campaigns.ts';
import { currentSettings } from '../db/queries/settings.ts';
import type { LivePolicy } from '../domain/assignment.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { ChannelName } from '../domain/words.ts';
import { approvalNeeded } from '../policy/audience-limits.ts';
import { localDateOf } from '../policy/campaign-dates.ts';

/** What a wave at `decisionAt` would do; nothing was written or sent. Money in minor units of `currency`. */
export interface RehearsalReport {
  campaignId: string;
  version: number;
  decisionAt: string;
  localDate: string;
  audience: number;
  contacted: number;
  deferred: number;
  heldOut: { kind: string; users: number }[];
  blocked: { rung: string; reason: string; users: number }[];
  assignments: RehearsedAssignment[];
  /** Messages by action, arm, channel and hour of the user's own clock. */
  messages: RehearsedGroup[];
  channels: { channel: ChannelName; messages: number; perSecond: number | null; seconds: number | null }[];
  coupons: number;
  costMinor: number;
  currency: string;
  /** Why the wave would wait for a person, or null. */
  approval: string | null;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function byReason(ways: readonly WayCount[]): RehearsalReport['blocked'] {
  const blocked = ways.filter((way) => way.disposition === 'blocked');
  const totals = new Map<string, RehearsalReport['blocked'][number]>();
  for (const { rung, reason, users } of blocked) {
    const key = `${rung}|${reason}`;
    const known = totals.get(key) ?? { rung: rung ?? '', reason: reason ?? '', users: 0 };
    totals.set(key, { ...known, users: known.users + users });
  }
  return [...totals.values()];
}

function heldOut(ways: readonly WayCount[]): RehearsalReport['heldOut'] {
  const kinds = new Map<string, number>();
  for (const way of ways) {
    if (way.disposition === 'held_out') kinds.set(way.reason ?? '', (kinds.get(way.reason ?? '') ?? 0) + way.users);
  }
  return [...kinds].map(([kind, users]) => ({ kind, users }));
}

/** Messages per channel with the seconds that its throttle needs; null where no throttle is set. */
function channels(
  messages: readonly RehearsedGroup[],
  throttle: Partial<Record<ChannelName, number>>,
): RehearsalReport['channels'] {
  const names = [...new Set(messages.map((group) => group.channel as ChannelName))];
  return names.map((channel) => {
    const count = sum(
      messages.filter((group) => group.channel === channel),
      (group) => group.users,
    );
    const perSecond = throttle[channel] ?? null;
    return { channel, messages: count, perSecond, seconds: perSecond === null ? null : count / perSecond };
  });
}

/** W7: the code of a real wave over the real audience at a chosen clock. Throws RecallwaveError NotFound. */
export async function rehearse(input: {
  db: Knex;
  campaignId: string;
  decisionAt: Date;
  onProgress?: (done: number, total: number) => void;
}): Promise<RehearsalReport> {
  const { db, campaignId } = input;
  const loaded = await loadVersion(db, { campaignId });
  if (!loaded) {
    throw new RecallwaveError(
      'NotFound',
      `there is no campaign ${campaignId}`,
      'see the names with: recallwave campaign list',
    );
  }
  return rehearseLoaded({ ...input, loaded });
}

/** What a wave of a version would do, or of a draft with the policies that publishing would leave. */
export async function rehearseLoaded(input: {
  db: Knex;
  loaded: LoadedVersion;
  /** Set: `loaded` is a draft. */
  policies?: LivePolicy[];
  decisionAt: Date;
  onProgress?: (done: number, total: number) => void;
}): Promise<RehearsalReport> {
  const { db, loaded, policies, decisionAt } = input;
  const { campaign, campaignId, version } = loaded;
  const localDate = localDateOf(decisionAt, campaign.timezone);
  const draft = policies === undefined ? {} : { draft: { loaded, policies } };
  const request = { campaignId, waveNo: 0, localDate, step: 1, decisionAt, snapshotAt: new Date(), ...draft };
  const plan = await rehearsePlan(db, await loadPlanContext(db, request), input.onProgress);
  const { settings } = await currentSettings(db);
  const of = (disposition: WayCount['disposition']): number =>
    sum(
      plan.ways.filter((way) => way.disposition === disposition),
      (way) => way.users,
    );
  const audience = sum(plan.ways, (way) => way.users);
  return {
    campaignId,
    version,
    decisionAt: decisionAt.toISOString(),
    localDate,
    audience,
    contacted: of('contacted'),
    deferred: of('deferred'),
    heldOut: heldOut(plan.ways),
    blocked: byReason(plan.ways),
    assignments: plan.assignments,
    messages: plan.groups,
    channels: channels(plan.groups, settings.throttle),
    coupons: sum(plan.groups, (group) => group.coupons),
    costMinor: sum(plan.groups, (group) => group.costMinor),
    currency: campaign.currency,
    approval: approvalNeeded({
      audience,
      max: campaign.audience.max,
      approved: await approvedMaximum(db, { campaignId, version }),
      recentAudiences: [],
      wavesBefore: 0,
    }),
  };
}
