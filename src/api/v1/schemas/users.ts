import { z } from 'zod';
import { ASSIGNMENTS, CHANNELS, DISPOSITIONS, REFUSABLE_CATEGORIES } from '../../../domain/words.ts';
import type { Json } from './json.ts';
import { channelName, messageState, reasonText } from './waves.ts';
import { spoken } from './spoken.ts';

/** An id as the company's own systems write it. */
export const userId = z.string().min(1).max(300).describe('user id as imported');

export const userQuery = z.object({
  query: z
    .string()
    .max(300)
    .regex(/\S/)
    .trim()
    .optional()
    .describe('beginning of a user id, e-mail address or phone number'),
});

export const userLine = z.object({
  userNo: z.int(),
  userId: z.string(),
  email: z.string().nullable().describe('null for viewers and for keys without users:write'),
  phone: z.string().nullable().describe('null for viewers and for keys without users:write'),
  locale: z.string().nullable(),
  timezone: z.string().nullable(),
  consentEmail: z.boolean().nullable(),
  consentSms: z.boolean().nullable(),
  consentPush: z.boolean().nullable(),
  importedAt: z.date(),
  erasedAt: z.date().nullable(),
});
export type UserLine = Json<z.infer<typeof userLine>>;

export const consentChange = z.object({
  channel: z.enum(['email', 'sms', 'push']).nullable().describe('null: the consent is to a category'),
  category: z.enum(REFUSABLE_CATEGORIES).nullable(),
  granted: z.boolean(),
  source: z.string(),
  actor: z.string(),
  at: z.date(),
});

export const suppressedChannel = z.enum(['all', ...CHANNELS]);

export const suppression = z.object({
  suppressionNo: z.int(),
  userId: z.string().nullable(),
  address: z.string().nullable(),
  channel: suppressedChannel,
  reason: z.string(),
  actor: z.string(),
  at: z.date(),
  liftedAt: z.date().nullable(),
});
export type Suppression = Json<z.infer<typeof suppression>>;

const userWarning = z.object({
  warningNo: z.int(),
  model: z.string(),
  score: z.number(),
  segment: z.string(),
  reasons: z.array(z.string()),
  raisedAt: z.date(),
  expiresAt: z.date(),
  importedAt: z.date(),
});

export const userEntry = z.object({
  entryNo: z.int(),
  campaignId: z.string(),
  n: z.int(),
  waveNo: z.int(),
  version: z.int(),
  segment: z.string(),
  score: z.number(),
  band: z.int(),
  action: z.string(),
  inInterval: z.boolean(),
  assignment: z.enum(ASSIGNMENTS),
  arm: z.string().nullable(),
  drawnArm: z.string(),
  openedAt: z.date(),
  windowEndsAt: z.date(),
  reentryAt: z.date(),
});
export type UserEntry = Json<z.infer<typeof userEntry>>;

export const userAnswer = z.object({
  answerNo: z.int(),
  messageNo: z.int(),
  campaignId: z.string(),
  reason: z.string(),
  comment: z.string().nullable(),
  answeredAt: z.date(),
  countsUntil: z.date().describe('until then the reason is among the user’s churn reasons'),
});

export const userProfile = z.object({
  userNo: z.int(),
  userId: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
  timezone: z.string().nullable(),
  consentEmail: z.boolean().nullable(),
  consentSms: z.boolean().nullable(),
  consentPush: z.boolean().nullable(),
  refusedCategories: z.array(z.enum(REFUSABLE_CATEGORIES)).describe('what the user gets on no channel'),
  attributes: z.record(z.string(), z.unknown()),
  importedAt: z.date(),
  erasedAt: z.date().nullable(),
  pushSubscriptions: z.int(),
  consents: z.array(consentChange).describe('every change, oldest first'),
  suppressions: z.array(suppression).describe('every one that ever was, oldest first; liftedAt null: in force'),
  answers: z.array(userAnswer).describe('to surveys, newest first'),
  warnings: z.array(userWarning).describe('newest first, at most twenty'),
  entries: z.array(userEntry).describe('every entry, newest first'),
});
export type UserProfile = Json<z.infer<typeof userProfile>>;

export const userContact = z
  .object({
    waveNo: z.int(),
    campaignId: z.string(),
    localDate: z.string(),
    step: z.int(),
    disposition: z.enum(DISPOSITIONS),
    rung: z.string().nullable(),
    reason: z.string().nullable(),
    channel: channelName.nullable(),
    messageNo: z.int().nullable(),
    state: messageState.nullable(),
    acceptedAt: z.date().nullable(),
    why: spoken.describe('the whole answer in one sentence'),
  })
  .describe('one step of one wave: contacted, or not and why');
export type UserContact = Json<z.infer<typeof userContact>>;

const historyLine = z.object({
  at: z.date(),
  kind: z.enum(['consent', 'suppression', 'outcome', 'click', 'answer']),
  text: spoken,
});

export const whyQuery = z.object({
  wave: z.string().max(120).optional().describe('number, campaign/date, or a campaign; absent: the newest of the user'),
  campaign: z.string().max(63).optional().describe('the newest wave of this campaign'),
});

export const whyReport = z.object({
  user: z.object({ userId: z.string(), userNo: z.int() }),
  wave: z.object({
    waveNo: z.int(),
    campaignId: z.string(),
    localDate: z.string(),
    state: z.string(),
    version: z.int().nullable(),
    decisionAt: z.date(),
  }),
  inAudience: z.boolean(),
  answer: spoken,
  absent: z.object({ code: z.string(), text: spoken }).nullable(),
  steps: z.array(
    z.object({
      step: z.int(),
      disposition: z.string(),
      rung: z.string().nullable(),
      reason: z.string().nullable(),
      messageNo: z.int().nullable(),
      verdict: spoken,
      lines: z.array(
        z.object({
          rung: z.string(),
          outcome: z.enum(['passed', 'stopped', 'chance', 'held_out', 'ghost_passed', 'ghost_stopped', 'message']),
          text: spoken,
        }),
      ),
    }),
  ),
  permissions: z.array(historyLine),
  outcomes: z.array(historyLine),
});
export type WhyReport = Json<z.infer<typeof whyReport>>;

export const newSuppression = z.object({ channel: suppressedChannel.default('all'), reason: reasonText });
export const suppressionAdded = z.object({ changed: z.boolean().describe('false: that held already') });
export const liftQuery = z.object({ channel: suppressedChannel, reason: reasonText });
export const suppressionLifted = z.object({ lifted: z.int() });

export const userExport = z
  .object({
    format: z.literal('recallwave.user/1'),
    exportedAt: z.date(),
    user: z.record(z.string(), z.unknown()),
    held: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).describe('rows by what they are'),
  })
  .describe('everything that is held about one user');

export const erasureOrder = z.object({
  confirm: z.string().describe('the user id, typed once more'),
  reason: reasonText,
});

export const erasure = z.object({
  userNo: z.int(),
  erasedAt: z.date(),
  again: z.boolean().describe('true: it was erased before'),
  cancelled: z.int().describe('messages that were not sent yet'),
  removed: z.record(z.string(), z.int()).describe('rows that lost personal data, by table'),
});
export type Erasure = Json<z.infer<typeof erasure>>;
