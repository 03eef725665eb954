import { z } from 'zod';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';

export const auditFilter = z.object({
  actor: z.string().max(200).optional(),
  action: z.string().max(200).optional().describe('beginning of an action, such as wave.'),
  subject: z.string().max(300).optional().describe('beginning of a subject, such as wave/12'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().describe('before this time'),
});

export const auditRow = z.object({
  auditNo: z.int(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('before/after where something was changed; null for whoever is below operator'),
  at: z.date(),
  hash: z.string().describe('SHA-256 of this row and the hash before it, in hex'),
});
export type AuditRow = Json<z.infer<typeof auditRow>>;

export const auditVerification = z.object({
  ok: z.boolean(),
  rows: z.int(),
  lastHash: z.string().nullable().describe('write it down elsewhere: a chain that was rewritten whole has another one'),
  brokenAt: z.int().nullable().describe('the first line that does not fit the one before it'),
  sentence: spoken,
});
export type AuditVerification = z.infer<typeof auditVerification>;
