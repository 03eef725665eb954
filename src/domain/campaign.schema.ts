import { z } from 'zod';
import { ACTION_KINDS, CATEGORIES, CHANNELS } from './words.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens, at most 63 characters');
const share = z.number().min(0).max(1);
const score = z.number().min(0).max(1);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time of day as "HH:MM"');
const duration = z
  .string()
  .regex(/^\d+(m|h|d)$/, 'write a duration as a number and m, h or d, such as "90m", "36h" or "7d"');
/** Decimal major units, at most three decimals (rule 12: stored in minor units by ISO 4217 exponent). */
const money = z.number().min(0);
const localised = z.record(z.string(), z.string().min(1));

/** One frequency cap. `per`: rolling ("24h", "7d") or calendar in the user's zone ("day", "week", "month"). */
export const capRule = z.strictObject({
  id,
  scope: z.enum(['any', 'channel', 'category']).default('any'),
  channel: z.enum(CHANNELS).optional(),
  category: z.enum(CATEGORIES).optional(),
  max: z.int().min(0),
  per: z.union([z.enum(['day', 'week', 'month']), duration]),
});
export type CapRule = z.infer<typeof capRule>;

/** A window of local time in which a channel may be used; `to` before `from` runs over midnight. */
export const quietWindow = z.strictObject({ from: clock, to: clock });
export type AllowedWindow = z.infer<typeof quietWindow>;

export const capSet = z.strictObject({
  rules: z.array(capRule).default([]),
  minGap: duration.optional(),
});

/** Texts of one message: names of files beside the campaign file, per channel. `{locale}` stands for the locale. */
const contents = z.strictObject({
  email: z
    .strictObject({
      subject: localised,
      mjml: z.string(),
      text: z.string().optional(),
      preheader: localised.optional(),
    })
    .optional(),
  sms: z.strictObject({ text: localised }).optional(),
  push: z.strictObject({ title: localised, body: localised, url: z.string().optional() }).optional(),
  task: z.strictObject({ title: localised, body: localised, dueIn: duration.default('2d') }).optional(),
});

const step = z.strictObject({
  /** Days after the first touch; absent on the first step. */
  afterDays: z.int().min(1).max(90).optional(),
  /** In order of preference; the first that the user can be reached on is taken. */
  channels: z.array(z.enum(CHANNELS)).min(1),
  /** What to do when a cap is reached: leave out, send later, or take the next channel. */
  onCap: z.enum(['skip', 'defer', 'other_channel']).default('skip'),
  contents,
});

const arm = z.strictObject({
  id,
  share,
  control: z.boolean().default(false),
  /** What this arm gives away: `cost` per redemption in major units, codes from `pool`. */
  offer: z
    .strictObject({
      pool: id.optional(),
      cost: money.default(0),
      /** The pool's codes are made by us, and begin so; absent: they are imported. */
      codePrefix: z
        .string()
        .regex(/^[A-Z0-9-]{0,12}$/, 'use capital letters, digits and hyphens, at most 12')
        .optional(),
    })
    .optional(),
  /** Empty for a control arm that gets nothing. */
  steps: z.array(step).default([]),
});

const action = z.strictObject({
  id,
  kind: z.enum(ACTION_KINDS),
  /** CEL over user attributes; the first action whose `when` and `reasons` hold is taken. Absent: always. */
  when: z.string().optional(),
  reasons: z.array(z.string()).optional(),
  arms: z.array(arm).min(1),
});

/** Width of the exploration band beside [lo, hi), in score. */
const exploreWidth = z.number().min(0).max(1);
const inside = z.number().min(0.5).max(1);
const outside = z.number().min(0).max(0.1);

const policy = z.strictObject({
  lo: score,
  hi: score.default(1),
  inside: inside.default(0.9),
  outside: outside.default(0.05),
  exploreWidth: exploreWidth.default(1 / 6),
});

// Without the defaults: what a segment doesn't name is the campaign's.
const segmentPolicy = z.strictObject({ lo: score, hi: score, inside, outside, exploreWidth }).partial();

const learning = z.strictObject({
  /** Thresholds: never proposed, proposed for a person to apply, or applied by the weekly run. Per segment: `threshold mode`. */
  mode: z.enum(['off', 'suggest', 'auto']).default('suggest'),
  /** Arm shares: as the file says, or by Thompson sampling in weekly batches. The holdout is never touched. */
  armShares: z.enum(['fixed', 'thompson']).default('fixed'),
  /** The smallest share that sampling leaves an arm. */
  armFloor: z.number().min(0).max(0.5).default(0.05),
  /** Part of the entries that is split by the file's shares whatever was learned. */
  fixedPart: share.default(0.2),
});

/** What the page behind {{surveyUrl}} asks. Absent: the questions that ship (src/app/surveys). */
const survey = z.strictObject({
  question: localised,
  /** The answers to choose from; the chosen one's `reason` is a churn reason of the user from then on. */
  options: z
    .array(
      z.strictObject({
        reason: z.string().regex(/^[\w-]{1,60}$/, 'use letters, digits, _ and -, at most 60 characters'),
        label: localised,
      }),
    )
    .min(2)
    .max(12),
  /** The question beside a field for free text; absent: there is none. */
  comment: localised.optional(),
  /** How long after its send a message's survey can be answered. */
  openDays: z.int().min(1).max(365).default(30),
  /** How long the answer counts among the user's churn reasons. */
  reasonDays: z.int().min(1).max(365).default(90),
});
export type Survey = z.infer<typeof survey>;

export const campaignSchema = z.strictObject({
  campaign: id,
  name: localised,
  description: localised.optional(),
  category: z.enum(CATEGORIES).default('winback'),
  timezone: z.string(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'use an ISO 4217 code such as CNY or USD')
    .default('USD'),
  priority: z.int().min(0).max(100).default(50),
  /** The first one is the fallback for users of other locales. */
  locales: z.array(z.string()).min(1),
  audience: z.strictObject({
    model: z.string().default('default'),
    segments: z.array(z.string()).min(1).optional(),
    reasons: z.array(z.string()).min(1).optional(),
    filter: z.string().optional(),
    /** Hard cap per wave: a larger audience waits for a person. */
    max: z.int().min(1).default(1_000_000),
  }),
  highValue: z.string().optional(),
  policy: z.strictObject({
    ...policy.shape,
    bands: z.int().min(2).max(50).default(12),
    segments: z.record(z.string(), segmentPolicy).default({}),
    bounds: z.strictObject({ lo: score.default(0), hi: score.default(1) }).default({ lo: 0, hi: 1 }),
  }),
  holdout: z.number().min(0).max(0.9),
  actions: z.array(action).min(1),
  caps: capSet.default({ rules: [] }),
  /** Narrower sending windows than the company's, per channel. */
  allowedHours: z.partialRecord(z.enum(CHANNELS), quietWindow).default({}),
  /** Refuse a message of the kind that the user got last. */
  noRepeat: z.boolean().default(false),
  transactionalCounts: z.boolean().default(true),
  /** A message not sent within this time of its plan is stale and expires. */
  expiresAfter: duration.default('2d'),
  goal: z.strictObject({
    event: z.string(),
    windowDays: z.int().min(1).max(365).default(14),
    /** Relative lift that would matter; used for power. */
    minLift: z.number().gt(0).default(0.1),
    baseRate: share.optional(),
    value: z.enum(['count', 'revenue']).default('count'),
  }),
  returnEvents: z.array(z.string()).min(1),
  reentryDays: z.int().min(0).default(30),
  costs: z
    .strictObject({
      email: money.default(0),
      sms: money.default(0),
      push: money.default(0),
      task: money.default(0),
      margin: money.optional(),
      unsubscribe: money.default(0),
    })
    .default({ email: 0, sms: 0, push: 0, task: 0, unsubscribe: 0 }),
  guardrails: z
    .strictObject({
      unsubscribeMargin: share.default(0.005),
      complaintMargin: share.default(0.001),
      /** Refunds per entry, in major units, that an arm may cost more than the held-out. Absent: refunds are shown, not judged. */
      refundMargin: money.optional(),
      /** Stop by itself when more than this share of at least 100 sends fail for good. */
      maxFailureRate: share.default(0.2),
    })
    .default({ unsubscribeMargin: 0.005, complaintMargin: 0.001, maxFailureRate: 0.2 }),
  /** How outcomes move the policy (docs/learning.md). */
  learning: learning.default({ mode: 'suggest', armShares: 'fixed', armFloor: 0.05, fixedPart: 0.2 }),
  goals: z
    .array(
      z.strictObject({
        name: z.string(),
        channel: z.enum(CHANNELS).optional(),
        period: z.enum(['week', 'month']),
        target: z.number(),
      }),
    )
    .max(3)
    .default([]),
  budget: z.strictObject({ total: money.optional(), perWave: money.optional() }).default({}),
  schedule: z.strictObject({
    at: clock,
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .optional(),
    catchUp: duration.default('6h'),
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
  }),
  /** E-mails whose fate nobody knows: held (default), or sent once more with the same Message-ID. */
  unknownEmail: z.enum(['hold', 'resend_once']).default('hold'),
  links: z.record(z.string(), z.url()).default({}),
  survey: survey.optional(),
});

/** A parsed campaign definition, all defaults filled in. */
export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignAction = Campaign['actions'][number];
export type Arm = CampaignAction['arms'][number];
export type Step = Arm['steps'][number];
export type PolicyBounds = z.infer<typeof policy>;
