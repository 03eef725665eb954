import { z } from 'zod';
import type { Json } from './json.ts';
import { channelName, channelThrottle, isoDate, waveSummary } from './waves.ts';
import { spoken } from './spoken.ts';

export const rehearsalOrder = z.object({
  at: z.iso.datetime({ offset: true }).optional().describe('decide as if it were this time; absent: now'),
});

const rehearsedGroup = z.object({
  action: z.string(),
  arm: z.string(),
  channel: z.string(),
  localHour: z.int().nullable().describe('hour of the user’s own clock'),
  state: z.string(),
  users: z.int(),
  costMinor: z.int(),
  coupons: z.int(),
});

export const rehearsal = z.object({
  campaignId: z.string(),
  version: z.int(),
  decisionAt: z.string(),
  localDate: z.string(),
  audience: z.int(),
  contacted: z.int(),
  deferred: z.int(),
  heldOut: z.array(z.object({ kind: z.string(), users: z.int() })),
  blocked: z.array(z.object({ rung: z.string(), reason: z.string(), users: z.int() })),
  assignments: z.array(
    z.object({ assignment: z.string(), action: z.string(), arm: z.string().nullable(), users: z.int() }),
  ),
  messages: z.array(rehearsedGroup),
  channels: z.array(
    z.object({
      channel: channelName,
      messages: z.int(),
      perSecond: z.number().nullable(),
      seconds: z.number().nullable(),
    }),
  ),
  coupons: z.int(),
  costMinor: z.int(),
  currency: z.string(),
  approval: spoken.nullable().describe('why the wave would wait for a person'),
});
export type Rehearsal = z.infer<typeof rehearsal>;

export const runOrder = z.object({
  date: isoDate.optional().describe("the wave's local date; absent: today in the campaign's zone"),
  approve: z.boolean().default(false).describe('let a wave go that waits for a person'),
});

export const startedWave = z.object({
  campaignId: z.string(),
  workflowId: z.string(),
  runId: z.string().describe('for GET /campaigns/:campaignId/runs/:runId'),
});
export type StartedWave = z.infer<typeof startedWave>;

export const runStatus = z
  .object({
    outcome: z.enum(['running', 'waiting', 'paused', 'finished', 'aborted', 'not_run']),
    disposition: z.string().nullable().describe('opened, found, skipped, waiting_approval, refused; null: not yet'),
    reason: spoken.nullable(),
    wave: waveSummary.nullable(),
    waitingUntil: z.string().nullable(),
  })
  .describe('how a run that was started by hand stands');
export type RunStatus = Json<z.infer<typeof runStatus>>;

export const throttleChange = z.object({
  ratePerS: z.number().positive().max(1e6).nullable().describe('messages per second over all workers; null: no limit'),
});

export const throttleList = z.object({ items: z.array(channelThrottle) });
export type ThrottleList = Json<z.infer<typeof throttleList>>;

export const resumedProvider = z.object({
  changed: z.boolean(),
  items: z.array(channelThrottle),
  note: spoken.nullable().describe('when waiting deliveries could not be told'),
});
export type ResumedProvider = Json<z.infer<typeof resumedProvider>>;

const userCounts = z.record(z.string(), z.int());

export const stepBalance = z.object({
  step: z.int(),
  audience: z.int(),
  sent: z.int(),
  heldOut: userCounts,
  blocked: userCounts,
  failed: z.int(),
  unknown: z.int(),
  deferred: z.int(),
  cancelled: z.int(),
  expired: z.int(),
  suppressed: userCounts,
  open: z.int(),
  notPlanned: z.int(),
  withoutMessage: z.int(),
  sum: z.int(),
});

export const proof = z.object({
  wave: z.object({
    waveNo: z.int(),
    campaignId: z.string(),
    localDate: z.string(),
    state: z.string(),
    recorded: z.boolean(),
  }),
  at: z.date(),
  steps: z.array(stepBalance),
  acceptances: z.object({
    source: z.enum(['stand-ins', 'rows']),
    total: z.int(),
    ofWave: z.int(),
    withoutId: z.int(),
  }),
  checks: z.array(
    z.object({
      name: z.string(),
      hits: z.int(),
      samples: z.array(z.string()),
      ok: z.boolean(),
      sentence: spoken,
      fix: spoken.nullable(),
    }),
  ),
  proved: z.boolean(),
  open: z.int(),
});
export type Proof = Json<z.infer<typeof proof>>;
