import { z } from 'zod';
import type { Campaign } from '../../../domain/campaign.schema.ts';
import { CHANNELS, WAVE_STATES } from '../../../domain/words.ts';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';

/** Text that the database can keep: it refuses U+0000 and half surrogate pairs. */
export const storable = z
  .string()
  .refine((text) => !text.includes('\0') && !/\p{Cs}/u.test(text), 'it holds U+0000 or half a character');

export const campaignId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens, at most 63 characters');
export const campaignParams = z.object({ campaignId });
export const versionParams = campaignParams.extend({ version: z.coerce.number().int().min(1).max(1_000_000) });

/** A text by locale. */
const localised = z.record(z.string(), z.string());
/** A sentence in the languages of the console. */
const words = z.object({ en: z.string(), 'zh-CN': z.string() });
const channel = z.enum(CHANNELS);

/** A parsed campaign with all defaults filled in; docs/campaign.schema.json describes it. */
export const definition = z
  .record(z.string(), z.unknown())
  .describe('the parsed campaign file, as docs/campaign.schema.json describes it') as unknown as z.ZodType<Campaign>;

export const approvalLine = z.object({
  approvalNo: z.int(),
  approver: z.string(),
  maxAudience: z.int(),
  at: z.date(),
});

export const draftLine = z.object({
  revision: z.int(),
  author: z.string(),
  editor: z.string(),
  updatedAt: z.date(),
  hash: z.string().nullable().describe('null: the file cannot be read as a campaign'),
  errors: z.int().describe('found when it was saved; 0: it can be approved'),
  approval: approvalLine.nullable().describe('the one that allows publishing'),
});

export const campaignLine = z.object({
  campaignId: z.string(),
  name: localised,
  state: z.enum(['active', 'paused', 'archived', 'draft']).describe('draft: nothing is published yet'),
  version: z.int().nullable().describe('in force'),
  priority: z.int().nullable(),
  schedule: z.object({ at: z.string(), timezone: z.string(), days: z.array(z.string()).nullable() }).nullable(),
  author: z.string().nullable(),
  publishedAt: z.date().nullable(),
  nextRun: z.date().nullable().describe('by the schedule of the version in force; null while nothing runs'),
  lastWave: z
    .object({
      waveNo: z.int(),
      localDate: z.string(),
      state: z.enum(WAVE_STATES),
      stateReason: spoken.nullable(),
      audience: z.int(),
    })
    .nullable(),
  draft: draftLine.nullable(),
});
export type CampaignLine = Json<z.infer<typeof campaignLine>>;

const source = z.enum(['company', 'campaign']).describe('whose rule it is; the strictest of both wins');

export const capLine = z.object({
  from: source,
  id: z.string(),
  scope: z.enum(['any', 'channel', 'category']),
  channel: channel.nullable(),
  category: z.string().nullable(),
  max: z.int(),
  per: z.string(),
  words,
});
export const gapLine = z.object({ from: source, minGap: z.string(), words });
export const hourLine = z.object({ from: source, channel, start: z.string(), end: z.string(), words });

export const livePolicy = z.object({
  segment: z.string(),
  action: z.string(),
  policyVersion: z.int(),
  lo: z.number(),
  hi: z.number(),
  inside: z.number(),
  outside: z.number(),
  exploreWidth: z.number(),
  treatByBand: z.array(z.number()).nullable(),
  armShares: z.record(z.string(), z.number()),
});

export const openEntriesLine = z.object({ version: z.int(), entries: z.int() });

export const campaignDetail = campaignLine.extend({
  hash: z.string().nullable(),
  definition: definition.nullable().describe('of the version in force'),
  caps: z.array(capLine),
  gaps: z.array(gapLine),
  hours: z.array(hourLine).describe('outside of them nothing is sent on the channel, by the clock of the user'),
  policies: z.array(livePolicy),
  openEntries: z.array(openEntriesLine).describe('people stay on the version that they entered with'),
  maximum: z
    .object({
      users: z.int().describe('a wave above it waits for a person'),
      file: z.int(),
      approved: z.int().nullable().describe('null: the version was not approved in the console'),
    })
    .nullable(),
});
export type CampaignDetail = Json<z.infer<typeof campaignDetail>>;

export const campaignAudience = z.object({
  campaignId: z.string(),
  version: z.int(),
  at: z.date(),
  users: z.int().describe('whom the campaign means now'),
  treatable: z.int().describe('of them: score inside the interval or in the exploration band'),
  newEntries: z.number().describe('new entries that a wave would open now'),
  warnedPerDay: z.number(),
  excluded: z.array(
    z.object({
      rung: z.enum(['open_entry', 'action', 'score']),
      reason: z.string(),
      users: z.int(),
      words,
    }),
  ),
  segments: z.array(
    z.object({
      segment: z.string(),
      action: z.string().nullable(),
      users: z.int(),
      inside: z.int(),
      exploring: z.int(),
      entered: z.int(),
    }),
  ),
  reasons: z.array(z.object({ reason: z.string(), users: z.int() })),
});
export type CampaignAudience = Json<z.infer<typeof campaignAudience>>;

export const versionLine = z.object({
  version: z.int(),
  hash: z.string(),
  author: z.string(),
  publishedAt: z.date(),
  current: z.boolean(),
});
export type VersionLine = Json<z.infer<typeof versionLine>>;

export const campaignVersion = versionLine.extend({
  campaignId: z.string(),
  source: z.string().describe('the YAML as it was published'),
  files: z.record(z.string(), z.string()).nullable().describe('texts beside it; null: not kept in those days'),
  definition,
});
export type CampaignVersion = Json<z.infer<typeof campaignVersion>>;

export const difference = z.object({
  key: z.string(),
  before: z.unknown().optional().describe('absent: added'),
  after: z.unknown().optional().describe('absent: taken out'),
  text: spoken.describe('in words'),
});
export type CampaignDifference = z.infer<typeof difference>;

export const versionPair = z.object({
  from: z.coerce.number().int().min(1).max(1_000_000),
  to: z.coerce.number().int().min(1).max(1_000_000),
});

export const versionDifferences = z.object({
  from: z.int(),
  to: z.int(),
  differences: z.array(difference),
  texts: z.array(difference),
});
export type VersionDifferences = z.infer<typeof versionDifferences>;

export const playbook = z.object({
  id: z.string(),
  campaignId: z.string().describe('the id in its file; a draft from it takes another'),
  name: localised,
  description: localised,
  locales: z.array(z.string()),
  channels: z.array(channel),
  actions: z.array(z.object({ id: z.string(), kind: z.string() })),
});
export type Playbook = z.infer<typeof playbook>;

export const stateChange = z.object({
  reason: storable.max(500).regex(/\S/, 'write a reason').trim().describe('for the audit log'),
});

/** What became of the Schedule; later: Temporal did not answer, the next start brings it in line. */
export const scheduleFollowed = z.enum(['created', 'updated', 'unchanged', 'deleted', 'later']);

export const changedState = z.object({
  campaignId: z.string(),
  state: z.enum(['active', 'paused', 'archived']),
  changed: z.boolean(),
  schedule: scheduleFollowed,
  note: spoken.nullable(),
});
export type ChangedState = z.infer<typeof changedState>;

/** What an audience's filter calls users for whom no action holds. */
export const NO_ACTION = 'none';

export const audienceUserFilter = z.object({
  at: z.iso.datetime({ offset: true }).optional().describe('as it was then; absent: now'),
  segment: z.string().max(200).optional(),
  action: z.string().max(63).optional().describe(`id of an action; ${NO_ACTION}: no action holds`),
  score: z
    .enum(['inside', 'exploring', 'treated', 'outside'])
    .optional()
    .describe('treated: in the interval or the exploration band; outside: in neither'),
  entered: z.enum(['true', 'false']).optional().describe('in an entry whose window or re-entry gap is not over'),
  reason: z.string().max(200).optional().describe('among the reasons of the warning'),
});

export const audienceUser = z.object({
  userNo: z.int(),
  userId: z.string(),
  segment: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  raisedAt: z.date(),
  action: z.string().nullable().describe('null: no action holds'),
  inside: z.boolean(),
  exploring: z.boolean(),
  entered: z.boolean(),
});
export type AudienceUser = Json<z.infer<typeof audienceUser>>;
