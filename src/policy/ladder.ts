import type { LivePolicy } from '../domain/assignment.ts';
import type { Campaign } from '../domain/campaign.schema.ts';
import type { Assignment, ChannelName, Disposition, Rung } from '../domain/words.ts';
import { assign, drawEntry, drawGlobalHoldout, treatProbability } from '../experiments/assign.ts';
import { exceededCap, type CapPolicy, type CountedContact } from './caps.ts';
import type { Offer } from './offers.ts';
import { isAlways, nextAllowed, type AllowedMinutes } from './quiet-hours.ts';

/** What the ladder knows of a user. `reach`: consent and address per channel; `suppressed`: channels, or 'all'. */
export interface LadderUser {
  userNo: number;
  userId: string;
  /** A valid IANA zone, or null. */
  zone: string | null;
  reach: Record<Exclude<ChannelName, 'task'>, { consents: boolean; address: boolean }>;
  suppressed: readonly string[];
  /** Categories that the user wants nothing of, on whatever channel. */
  refused: readonly string[];
  /** Times of the campaign's return events. */
  returns: readonly Date[];
  history: readonly CountedContact[];
  lastEntry: { n: number; windowEndsAt: Date; reentryAt: Date } | null;
  hasCode: boolean;
  warning: { score: number; segment: string; reasons: readonly string[]; raisedAt: Date; expiresAt: Date };
  /** The first action whose condition holds, null for none. */
  action: string | null;
  /** The campaign of higher priority that wants him today, null for none. */
  rival: string | null;
}

/** The campaign as the ladder needs it, at a moment. */
export interface LadderWorld {
  campaign: Campaign;
  salt: string;
  decisionAt: Date;
  expiresAt: Date;
  policies: readonly LivePolicy[];
  globalHoldout: { salt: string; share: number };
  offers: readonly Offer[];
  channels: readonly ChannelName[];
  caps: CapPolicy;
  allowed: Record<ChannelName, AllowedMinutes>;
}

/** What may still be used up by a wave; `walkLadder` takes from it for contacted users only. */
export interface LadderSupplies {
  budgetLeftMinor: number | null;
  codesLeft: Record<string, number>;
}

/** How far a user came (ways), with what chance decided when he came to it. */
export interface LadderWay {
  disposition: Disposition;
  rung: Rung | null;
  reason: string | null;
  channel: ChannelName | null;
  plannedAt: Date | null;
  assignment: Assignment | null;
  drawnArm: string | null;
}

type Stop = [rung: Rung, reason: string];

function policyFor(world: LadderWorld, user: LadderUser): LivePolicy | undefined {
  const of = (segment: string): LivePolicy | undefined =>
    world.policies.find((policy) => policy.action === user.action && policy.segment === segment);
  return of(user.warning.segment) ?? of('*');
}

function isSuppressed(user: LadderUser, channel: ChannelName): boolean {
  return user.suppressed.includes(channel) || user.suppressed.includes('all');
}

function isReachable(user: LadderUser, channel: ChannelName): boolean {
  return channel === 'task' || (user.reach[channel].consents && user.reach[channel].address);
}

function scoreStop(policy: LivePolicy | undefined, score: number): Stop | null {
  if (!policy) return ['score', 'below_threshold'];
  if (treatProbability(policy, score) > 0) return null;
  return ['score', score < policy.lo ? 'below_threshold' : 'above_interval'];
}

/** The rungs before assignment, in their order (rule 5). */
function firstStop(world: LadderWorld, user: LadderUser, policy: LivePolicy | undefined): Stop | null {
  const { decisionAt, channels } = world;
  const { warning, lastEntry } = user;
  if (warning.expiresAt <= decisionAt) return ['warned', 'warning_expired'];
  if (lastEntry && lastEntry.windowEndsAt > decisionAt) return ['open_entry', 'open_entry'];
  if (lastEntry && lastEntry.reentryAt > decisionAt) return ['open_entry', 'reentry_gap'];
  if (user.action === null) return ['action', 'no_action'];
  const score = scoreStop(policy, warning.score);
  if (score) return score;
  if (!channels.some((channel) => isReachable(user, channel))) {
    const consents = channels.some((channel) => channel !== 'task' && user.reach[channel].consents);
    return ['consent', consents ? 'no_address' : 'no_consent'];
  }
  if (user.refused.includes(world.campaign.category)) return ['suppression', 'category_refused'];
  if (!channels.some((channel) => isReachable(user, channel) && !isSuppressed(user, channel))) {
    return ['suppression', 'suppressed'];
  }
  if (user.returns.some((at) => at > warning.raisedAt && at <= decisionAt)) return ['returned', 'returned'];
  return user.rival === null ? null : ['priority', `priority:${user.rival}`];
}

interface Choice {
  offer: Offer;
  plannedAt: Date | null;
  cap: string | null;
}

function considered(world: LadderWorld, user: LadderUser, offer: Offer): Choice {
  const allowed = world.allowed[offer.channel];
  const slot =
    user.zone !== null || isAlways(allowed) ? nextAllowed(world.decisionAt, user.zone ?? 'utc', allowed) : null;
  const question = {
    at: slot?.at ?? world.decisionAt,
    zone: user.zone,
    channel: offer.channel,
    category: world.campaign.category,
    kind: offer.kind,
  };
  const cap = exceededCap(world.caps, user.history, { question, mode: 'plan' });
  return { offer, plannedAt: slot?.at ?? null, cap };
}

function chooseChannel(world: LadderWorld, user: LadderUser, offers: readonly Offer[]): Choice | undefined {
  const choices = offers
    .filter((offer) => isReachable(user, offer.channel) && !isSuppressed(user, offer.channel))
    .filter((offer, preference) => preference === 0 || offer.onCap === 'other_channel')
    .map((offer) => considered(world, user, offer));
  return choices.find((choice) => choice.cap === null) ?? choices[0];
}

function lateStop(world: LadderWorld, user: LadderUser, choice: Choice | undefined): Stop | null {
  if (!choice) return ['channel', 'no_channel'];
  const { offer, cap, plannedAt } = choice;
  if (cap !== null && offer.onCap !== 'defer') return ['caps', cap];
  if (plannedAt === null && user.zone === null) return ['quiet_hours', 'timezone_unknown'];
  if (plannedAt === null || plannedAt >= world.expiresAt) return ['quiet_hours', 'no_window'];
  return null;
}

function couponStop(user: LadderUser, offer: Offer, supplies: LadderSupplies): Stop | null {
  if (offer.pool === null) return null;
  if (user.hasCode) return ['coupon', 'coupon_already_given'];
  return (supplies.codesLeft[offer.pool] ?? 0) > 0 ? null : ['coupon', 'coupon_pool_empty'];
}

/** The budget closes at the first contactable user whose cost does not fit (−1: closed). */
function supplyStop(
  user: LadderUser,
  offer: Offer,
  { supplies, held }: { supplies: LadderSupplies; held: boolean },
): Stop | null {
  const coupon = couponStop(user, offer, supplies);
  const left = supplies.budgetLeftMinor;
  if (left === null || offer.costMinor + offer.offerCostMinor <= left) return coupon;
  if (!held && coupon === null) supplies.budgetLeftMinor = -1;
  return ['budget', 'budget'];
}

function takeSupplies(supplies: LadderSupplies, offer: Offer): void {
  if (supplies.budgetLeftMinor !== null) supplies.budgetLeftMinor -= offer.costMinor + offer.offerCostMinor;
  if (offer.pool !== null) supplies.codesLeft[offer.pool] = (supplies.codesLeft[offer.pool] ?? 0) - 1;
}

function blocked([rung, reason]: Stop): LadderWay {
  const nothing = { channel: null, plannedAt: null, assignment: null, drawnArm: null };
  return { disposition: 'blocked', rung, reason, ...nothing };
}

/**
 * The way of one user through a first touch: the reference that the planner's SQL is held to (docs/design.md). Users must be
 * walked in the order of userNo, since budget and coupons are given out in that order.
 */
export function walkLadder(world: LadderWorld, user: LadderUser, supplies: LadderSupplies): LadderWay {
  const policy = policyFor(world, user);
  const stop = firstStop(world, user, policy);
  if (stop) return blocked(stop);
  if (!policy) throw new Error('a user without policy passed the score rung');
  const chance = assign({
    draws: drawEntry({ salt: world.salt, userId: user.userId, n: (user.lastEntry?.n ?? 0) + 1 }),
    globalDraw: drawGlobalHoldout({ salt: world.globalHoldout.salt, userId: user.userId }),
    globalHoldout: world.globalHoldout.share,
    holdout: world.campaign.holdout,
    policy,
    score: user.warning.score,
  });
  const offers = world.offers.filter((offer) => offer.action === user.action && offer.arm === chance.drawnArm);
  const held = chance.assignment !== 'arm';
  const base = { assignment: chance.assignment, drawnArm: chance.drawnArm, channel: null, plannedAt: null };
  if (offers.length === 0) {
    return {
      ...base,
      disposition: 'held_out',
      rung: held ? 'assignment' : null,
      reason: held ? chance.assignment : 'control',
    };
  }
  const choice = chooseChannel(world, user, offers);
  const late = lateStop(world, user, choice) ?? (choice ? supplyStop(user, choice.offer, { supplies, held }) : null);
  const where = { ...base, channel: choice?.offer.channel ?? null, plannedAt: choice?.plannedAt ?? null };
  if (held) return { ...where, disposition: 'held_out', rung: late?.[0] ?? null, reason: chance.assignment };
  if (late) return { ...where, disposition: 'blocked', rung: late[0], reason: late[1] };
  if (choice) takeSupplies(supplies, choice.offer);
  const deferred = choice?.cap ?? null;
  return { ...where, disposition: deferred ? 'deferred' : 'contacted', rung: null, reason: deferred };
}
