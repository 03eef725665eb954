import { z } from 'zod';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';
import { campaignId } from './waves.ts';

export const importKind = z.enum([
  'users',
  'warnings',
  'events',
  'push_subscriptions',
  'coupons',
  'suppressions',
  'contacts',
  'content',
  'recorded',
]);

export const importFilter = z.object({ kind: importKind.optional() });

export const importLine = z.object({
  importNo: z.int(),
  kind: z.string(),
  source: z.string(),
  accepted: z.int(),
  changed: z.int(),
  rejected: z.int(),
  hasRejects: z.boolean().describe('GET /imports/:importNo/rejects has them'),
  actor: z.string(),
  startedAt: z.date(),
  finishedAt: z.date(),
});
export type ImportLine = Json<z.infer<typeof importLine>>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const importQuery = z.object({
  source: z.string().max(200).regex(/\S/).trim().optional().describe('what the log calls the file; absent: upload'),
  allowExpired: flag.optional().describe('take warnings that have expired'),
  retype: flag.optional().describe('attributes whose values no longer fit become texts'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('of prices in content files; default USD'),
});

export const importReport = z.object({
  importNo: z.int(),
  kind: importKind,
  read: z.int(),
  accepted: z.int(),
  changed: z.int(),
  inserted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  hasRejects: z.boolean(),
  warnings: z.array(spoken).describe('remarks in words, without personal data'),
});
export type ImportReport = z.infer<typeof importReport>;

export const experimentQuery = z.object({
  campaign: campaignId.describe('the campaign that it belongs to: published or applied before'),
  source: z.string().max(200).regex(/\S/).trim().optional().describe('what the log calls the file; absent: upload'),
});

export const experimentReport = importReport.extend({
  campaignId: z.string(),
  version: z.int(),
  published: z.boolean().describe('false: the campaign was there'),
  waves: z
    .object({ waves: z.int(), from: z.string().nullable(), until: z.string().nullable() })
    .describe('recorded waves of the campaign in all'),
  groups: z
    .array(z.object({ action: z.string(), group: z.string(), entries: z.int(), probability: z.number() }))
    .describe('recorded entries of the campaign in all'),
});

export const runningImport = z.object({
  kind: importKind,
  source: z.string(),
  actor: z.string(),
  startedAt: z.date(),
  rows: z.int(),
  bytes: z.int(),
  totalBytes: z.int().nullable(),
});
export type RunningImport = Json<z.infer<typeof runningImport>>;
