import { z } from 'zod';
import { MESSAGE_FATES } from '../../../app/wave-report/funnel.ts';
import { ASSIGNMENTS } from '../../../domain/words.ts';
import type { Json } from './json.ts';
import { channelName, messageState, reasonText } from './waves.ts';

const attempt = z.object({
  fence: z.int(),
  result: z.string(),
  class: z.string().nullable(),
  evidence: z.string().nullable().describe('what the provider answered, without addresses'),
  at: z.date(),
});

export const messageFilter = z.object({
  state: messageState.optional(),
  fate: z.enum(MESSAGE_FATES).optional().describe('the states that a column of the counts per channel adds up'),
  reason: z.string().max(200).optional().describe('why it is in its state'),
  channel: channelName.optional(),
  step: z.coerce.number().int().min(1).max(20).optional(),
  action: z.string().max(63).optional(),
  arm: z.string().max(63).optional(),
});

export const messageLine = z.object({
  messageNo: z.int(),
  deliveryId: z.string(),
  step: z.int(),
  userNo: z.int(),
  userId: z.string().nullable(),
  timezone: z.string().nullable().describe('of the user'),
  channel: channelName,
  action: z.string(),
  arm: z.string(),
  kind: z.string(),
  state: messageState,
  stateReason: z.string().nullable(),
  plannedAt: z.date(),
  submittedAt: z.date().nullable(),
  acceptedAt: z.date().nullable(),
  changedAt: z.date(),
  tries: z.int(),
  costMinor: z.int(),
  provider: z.string().nullable(),
  providerId: z.string().nullable(),
  lastAttempt: attempt.nullable().describe('the evidence of a message that failed or whose fate is unknown'),
});
export type MessageLine = Json<z.infer<typeof messageLine>>;

const receiptMessage = z.object({
  messageNo: z.int(),
  deliveryId: z.string(),
  waveNo: z.int(),
  localDate: z.string(),
  step: z.int(),
  campaignId: z.string(),
  version: z.int().nullable(),
  versionHash: z.string().nullable(),
  userNo: z.int(),
  userId: z.string().nullable(),
  timezone: z.string().nullable(),
  channel: channelName,
  category: z.string(),
  action: z.string(),
  kind: z.string(),
  arm: z.string(),
  state: messageState,
  stateReason: z.string().nullable(),
  plannedAt: z.date(),
  expiresAt: z.date(),
  countedAt: z.date().nullable().describe('null: no cap counts it'),
  costMinor: z.int(),
  codeNo: z.int().nullable(),
  pool: z.string().nullable(),
  code: z.string().nullable().describe('masked'),
  codeState: z.string().nullable(),
  fence: z.int(),
  tries: z.int(),
  submittedAt: z.date().nullable(),
  acceptedAt: z.date().nullable(),
  changedAt: z.date(),
  provider: z.string().nullable(),
  providerId: z.string().nullable(),
  entryNo: z.int(),
});

const warning = z.object({
  warningNo: z.int(),
  model: z.string(),
  score: z.number(),
  segment: z.string(),
  reasons: z.array(z.string()),
  raisedAt: z.date(),
  expiresAt: z.date(),
  importedAt: z.date(),
});

const entry = z.object({
  entryNo: z.int(),
  n: z.int(),
  waveNo: z.int(),
  version: z.int(),
  warningNo: z.int(),
  segment: z.string(),
  score: z.number(),
  band: z.int(),
  action: z.string(),
  policySegment: z.string(),
  policyVersion: z.int(),
  inInterval: z.boolean(),
  assignment: z.enum(ASSIGNMENTS),
  arm: z.string().nullable(),
  drawnArm: z.string(),
  pGlobalHoldout: z.number(),
  pHoldout: z.number(),
  pTreat: z.number(),
  pArm: z.number().nullable(),
  openedAt: z.date(),
  windowEndsAt: z.date(),
  reentryAt: z.date(),
});

export const receipt = z.object({
  message: receiptMessage,
  warning: warning.nullable(),
  entry: entry.nullable(),
  settingsVersion: z.int(),
  attempts: z.array(attempt),
});

export const settlement = z.object({
  fate: z.enum(['sent', 'not_sent']).describe('sent: keeps its reservation; not_sent: gives code and budget back'),
  reason: reasonText,
});

export const settled = z.object({ settled: z.int(), fate: z.enum(['sent', 'not_sent']) });
