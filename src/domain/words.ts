/**
 * Glossary: one word for one idea, from the schema to the console.
 *
 * - churn warning: a user flagged by an early-warning model (score 0..1, segment, reasons, validity).
 * - campaign: a definition in versions; a published version never changes.
 * - action: what kind of help is offered; arm: one way of doing it, one arm is the control.
 * - holdout: users randomly not contacted, of the campaign or of the whole company (global).
 * - entry: (campaign, user, n), the unit of assignment and analysis.
 * - wave: one run of a campaign on a local date; step: first touch (1) or a follow-up (2…).
 * - ladder: the ordered checks a user passes before being contacted; rung: one check; way: how far a user came.
 * - message: one outbox row; ghost row: the way of a held-out user, by the checks of a contacted one.
 * - reservation: the part of a message row that a cap counts (counted_at, counts, cost, coupon).
 * - outcome: what the customer did; result: what a function returns.
 * - policy (live): (lo, hi, e, arm shares) per campaign, segment and action; exploration band: the strip beside [lo, hi).
 */

export const CHANNELS = ['email', 'sms', 'push', 'task'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const ACTION_KINDS = [
  'coupon',
  'tutorial',
  'content',
  'gift_pack',
  'group_buy',
  'upgrade',
  'points',
  'account_manager',
  'survey',
  'care',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const CATEGORIES = ['winback', 'service', 'survey', 'transactional'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Categories that a person may refuse on every channel; what a customer must be told is not among them. */
export const REFUSABLE_CATEGORIES = ['winback', 'service', 'survey'] as const satisfies readonly Category[];
export type RefusableCategory = (typeof REFUSABLE_CATEGORIES)[number];

/** States of a message; the legal moves are in `policy/send-states.ts`. */
export const MESSAGE_STATES = [
  'PLANNED',
  'CLAIMED',
  'SUBMITTING',
  'DEFERRED',
  'ACCEPTED',
  'DELIVERED',
  'BOUNCED',
  'COMPLAINED',
  'SUPPRESSED',
  'FAILED',
  'UNKNOWN',
  'ASSUMED_SENT',
  'CANCELLED',
  'EXPIRED',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const WAVE_STATES = [
  'planning',
  'sending',
  'paused',
  'following_up',
  'done',
  'aborted',
  'skipped',
  'halted',
  'waiting_approval',
  'failed',
] as const;
export type WaveState = (typeof WAVE_STATES)[number];

/** The rungs of the ladder, in the order in which a user meets them (PRODUCT.md, W2 and rule 5). */
export const RUNGS = [
  'warned',
  'open_entry',
  'action',
  'score',
  'consent',
  'suppression',
  'returned',
  'priority',
  'assignment',
  'channel',
  'caps',
  'quiet_hours',
  'budget',
  'coupon',
] as const;
export type Rung = (typeof RUNGS)[number];

/** Where a user's way ended, for one wave and step. */
export const DISPOSITIONS = ['contacted', 'held_out', 'blocked', 'deferred'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** What chance decided for an entry; everything but `arm` is held out. */
export const ASSIGNMENTS = ['global_holdout', 'holdout', 'untreated', 'arm'] as const;
export type Assignment = (typeof ASSIGNMENTS)[number];
