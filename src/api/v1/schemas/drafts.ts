import { z } from 'zod';
import { CHANNELS } from '../../../domain/words.ts';
import {
  approvalLine,
  campaignId,
  difference,
  livePolicy,
  openEntriesLine,
  scheduleFollowed,
  storable,
} from './campaigns.ts';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';

const channel = z.enum(CHANNELS);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'the hash of the draft as it was shown');

/** Texts beside the campaign file by the name that it knows them by, such as welcome.en.mjml or ../layout/head.mjml. */
const files = z
  .record(
    z
      .string()
      // oxlint-disable-next-line no-control-regex -- the database can't keep U+0000, and readers of the document are to know
      .regex(/^[^/\\\u0000][^\\\u0000]{0,198}\.(mjml|txt|html)$/, 'the name of a text file: .mjml, .txt or .html'),
    storable,
  )
  .refine((all) => Object.keys(all).length <= 300, 'at most 300 files');

export const draftTexts = z.object({
  source: storable.max(1_000_000).describe('the YAML of the campaign'),
  files,
});
export type DraftTexts = z.infer<typeof draftTexts>;

export const newDraft = z.object({
  campaignId: campaignId.describe('id of the new campaign'),
  playbook: z
    .string()
    .max(63)
    .nullable()
    .default(null)
    .describe('id of a playbook; null: a small campaign to start from'),
});

export const approval = approvalLine.extend({
  campaignId: z.string(),
  hash: z.string(),
  revision: z.int(),
  voidedAt: z.date().nullable(),
  voidedWhy: z.string().nullable(),
  publishedVersion: z.int().nullable(),
});
export type Approval = Json<z.infer<typeof approval>>;

export const draft = z.object({
  campaignId: z.string(),
  source: z.string(),
  files: z.record(z.string(), z.string()),
  revision: z.int().describe('ETag; 0: nothing saved, this is the version in force'),
  author: z.string().nullable(),
  editor: z.string().nullable().describe('who saved last'),
  updatedAt: z.date().nullable(),
  hash: z.string().nullable().describe('what an approval binds; null: the file cannot be read as a campaign'),
  errors: z.int(),
  versionInForce: z.int().nullable(),
  filesMissing: z.boolean().describe('the texts of the version in force were not kept when it was published'),
  approval: approvalLine.nullable().describe('the one that allows publishing'),
  approvals: z.array(approval).describe('the last ones, voided ones too'),
});
export type Draft = Json<z.infer<typeof draft>>;

export const problem = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  key: z.string(),
  what: spoken,
  fix: spoken,
});
export type CampaignProblem = z.infer<typeof problem>;

export const savedDraft = draft.extend({ problems: z.array(problem), changed: z.boolean() });
export type SavedDraft = Json<z.infer<typeof savedDraft>>;

/** Members of the 412 problem beside the usual ones. */
export const conflict = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(['draft_changed', 'draft_gone']),
  detail: z.string(),
  fix: z.string(),
  current: z
    .object({
      revision: z.int(),
      editor: z.string().nullable(),
      updatedAt: z.date().nullable(),
      source: z.string(),
      files: z.record(z.string(), z.string()),
    })
    .optional()
    .describe('with draft_changed: what is there now, for a difference'),
});

export const lintInput = draftTexts.extend({
  campaignId: campaignId.optional().describe('the campaign that the text is for'),
});

const horizon = z.object({ days: z.number(), entries: z.number(), power: z.number(), lift: z.number().nullable() });
export const detection = z.object({
  action: z.string(),
  arm: z.string(),
  against: z.enum(['control', 'holdout']),
  metric: z.enum(['rate', 'revenue']),
  baseRate: z.number(),
  baseRateFrom: z.enum(['file', 'events']),
  arms: z.int(),
  entriesNeeded: z.number().nullable().describe('null: more than any number'),
  entriesToday: z.number(),
  entriesPerDay: z.number(),
  days: z.number().nullable(),
  daysAtOneLook: z.number().nullable(),
  horizons: z.array(horizon),
  yearLift: z.number().nullable(),
  shareTreated: z.number(),
  shareControl: z.number(),
  text: spoken.describe('in words'),
});

export const lintResult = z.object({
  campaignId: z.string().nullable(),
  hash: z.string().nullable(),
  publishable: z.boolean(),
  errors: z.int(),
  warnings: z.int(),
  problems: z.array(problem),
  detections: z.array(detection).nullable().describe('null: the data was not looked at'),
});
export type LintResult = z.infer<typeof lintResult>;

export const plan = z.object({
  campaignId: z.string(),
  hash: z.string(),
  disposition: z.enum(['new', 'changed', 'reinstated', 'unchanged']),
  versionInForce: z.int().nullable(),
  version: z.int(),
  differences: z.array(difference),
  texts: z.array(difference),
  policies: z.array(
    z.object({
      segment: z.string(),
      action: z.string(),
      live: livePolicy,
      file: livePolicy.omit({ policyVersion: true }),
    }),
  ),
  people: z.object({
    audience: z.int(),
    treatable: z.int(),
    newEntries: z.number(),
    openEntries: z.array(openEntriesLine),
    warnedPerDay: z.number(),
  }),
  codes: z.array(
    z.object({
      pool: z.string(),
      source: z.enum(['imported', 'made', 'missing']),
      wanted: z.int(),
      free: z.int().nullable(),
    }),
  ),
  detections: z.array(detection),
  currency: z.string(),
  costMinor: z.int(),
  minLift: z.number(),
  holdout: z.object({
    usersToday: z.number(),
    usersPerWeek: z.number(),
    todayMinor: z.int().nullable(),
    perWeekMinor: z.int().nullable(),
  }),
  problems: z.array(problem),
});
export type CampaignPlan = z.infer<typeof plan>;

const contentWish = z.object({
  userId: storable.min(1).max(200).optional().describe('as this user would get it'),
  action: z.string().max(63).optional(),
  arm: z.string().max(63).optional(),
  step: z.int().min(1).max(20).optional(),
  locale: z.string().max(35).optional(),
});

export const versionPreviewInput = contentWish.extend({ channel: channel.optional() });

export const previewInput = versionPreviewInput.extend({
  texts: draftTexts.optional().describe('not saved yet; absent: the draft as saved, else the version in force'),
});

const content = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), subject: z.string(), html: z.string(), text: z.string() }),
  z.object({ channel: z.literal('sms'), text: z.string() }),
  z.object({ channel: z.literal('push'), title: z.string(), body: z.string(), url: z.string() }),
  z.object({ channel: z.literal('task'), title: z.string(), body: z.string(), dueIn: z.string() }),
]);

const shownContent = z.object({
  campaign: z.string(),
  version: z.int().nullable().describe('null: of the draft'),
  userId: z.string().nullable(),
  action: z.string(),
  arm: z.string(),
  step: z.int(),
  channel,
  locale: z.string(),
  segments: z.int().nullable().describe('messages that an SMS is billed as'),
  notes: z.array(spoken).describe('what differs from a real message'),
});

export const preview = shownContent.extend({
  content,
  page: z
    .string()
    .nullable()
    .describe('path of the HTML of an e-mail, for a sandboxed frame; it goes after ten minutes'),
  choices: z.array(z.object({ action: z.string(), arm: z.string(), step: z.int(), channels: z.array(channel) })),
  locales: z.array(z.string()),
});
export type Preview = z.infer<typeof preview>;

export const testSendInput = contentWish.extend({
  channel: z.enum(['email', 'sms']).default('email'),
  to: z.array(z.string().min(1).max(320)).min(1).max(20),
});

export const testSendReport = shownContent.extend({
  standIn: z.boolean().describe('nothing left this machine'),
  sent: z.array(z.object({ to: z.string(), result: z.enum(['accepted', 'refused', 'unknown']), detail: z.string() })),
});
export type TestSendReport = z.infer<typeof testSendReport>;

export const newApproval = z.object({
  hash,
  maxAudience: z.int().min(1).max(1_000_000_000).describe('a wave with more users waits for a person'),
});

export const publication = z.object({ hash });

export const published = z.object({
  campaignId: z.string(),
  version: z.int(),
  disposition: z.enum(['published', 'reinstated', 'unchanged']),
  policies: z.array(z.object({ segment: z.string(), action: z.string(), policyVersion: z.int(), reason: spoken })),
  pools: z.array(z.string()),
  warnings: z.array(problem),
  maxAudience: z.int(),
  schedule: scheduleFollowed,
  note: spoken.nullable().describe('what is still to come'),
});
export type Published = z.infer<typeof published>;
