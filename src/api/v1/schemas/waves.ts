import { z } from 'zod';
import { ASSIGNMENTS, CHANNELS, DISPOSITIONS, MESSAGE_STATES, RUNGS, WAVE_STATES } from '../../../domain/words.ts';
import type { Json } from './json.ts';
import { spoken } from './spoken.ts';

/** Words of the glossary, for schemas. */
export const channelName = z.enum(CHANNELS);
export const messageState = z.enum(MESSAGE_STATES);
export const campaignId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a campaign id such as winback')
  .describe('id of a campaign');
export const isoDate = z.iso.date().regex(/^(19[7-9]|[2-9]\d)\d/, 'a date before 1970');
const waveState = z.enum(WAVE_STATES);

/** A number of a row as part of a path. */
export const rowNo = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 48);

/** Why something is done: for the audit log. */
export const reasonText = z.string().max(500).regex(/\S/, 'write a reason').trim().describe('for the audit log');

export const waveSummary = z.object({
  waveNo: z.int(),
  campaignId: z.string(),
  localDate: z.string(),
  version: z.int().nullable(),
  state: waveState,
  stateReason: spoken.nullable(),
  trigger: z.string().describe('schedule, manual or recorded'),
  decisionAt: z.date(),
  snapshotAt: z.date(),
  audience: z.int(),
  workflowId: z.string().nullable(),
  pausedAt: z.date().nullable(),
  reservedMinor: z.int(),
  actor: z.string(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type WaveSummary = Json<z.infer<typeof waveSummary>>;

export const waveFilter = z.object({
  campaign: campaignId.optional(),
  state: waveState.optional(),
  from: isoDate.optional().describe('local date of the wave, from this one on'),
  to: isoDate.optional().describe('up to and including this one'),
});

export const reasonCount = z.object({ reason: z.string(), users: z.int() });

export const waterfallRung = z.object({
  rung: z.enum(RUNGS),
  reached: z.int(),
  stopped: z.array(reasonCount),
  passed: z.int(),
});
export type WaterfallRung = z.infer<typeof waterfallRung>;

export const channelCounts = z
  .object({
    channel: channelName,
    planned: z.int(),
    accepted: z.int(),
    failed: z.int(),
    unknown: z.int(),
    suppressed: z.int(),
    deferred: z.int(),
    cancelled: z.int(),
    expired: z.int(),
    open: z.int(),
  })
  .describe('messages by what became of them; the columns add up to planned');
export type ChannelCounts = z.infer<typeof channelCounts>;

export const armCounts = z.object({
  action: z.string(),
  arm: z.string(),
  assigned: z.int(),
  contacted: z.int(),
  blocked: z.int(),
  accepted: z.int(),
  heldOut: z.int(),
});

export const stepReport = z.object({
  step: z.int(),
  audience: z.int(),
  notPlanned: z.int(),
  waterfall: z.array(waterfallRung),
  heldOut: z.array(z.object({ kind: z.string(), users: z.int(), ghosts: z.array(reasonCount) })),
  arms: z.array(armCounts),
  channels: z.array(channelCounts),
  unsent: z.array(z.object({ state: messageState, reason: z.string(), users: z.int() })),
});
export type StepReport = z.infer<typeof stepReport>;

export const channelForecast = z.object({
  channel: channelName,
  open: z.int(),
  dueNow: z.int(),
  lastDueAt: z.date().nullable(),
  ratePerS: z.number().nullable(),
  rateFrom: z.enum(['measured', 'throttle', 'unknown']),
  finishAt: z.date().nullable(),
});
export type ChannelForecast = Json<z.infer<typeof channelForecast>>;

export const channelThrottle = z.object({
  channel: channelName,
  provider: z.string(),
  ratePerS: z.number().nullable().describe('null: as fast as the provider takes messages'),
  from: z.enum(['throttle', 'settings', 'nothing']),
  stoppedAt: z.date().nullable(),
  stoppedWhy: z.string().nullable(),
});
export type ChannelThrottle = Json<z.infer<typeof channelThrottle>>;

export const alarm = z.object({
  alarmNo: z.int(),
  waveNo: z.int().nullable(),
  kind: z.string(),
  message: spoken,
  at: z.date(),
});
export type Alarm = Json<z.infer<typeof alarm>>;

export const auditLine = z.object({
  auditNo: z.int(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  at: z.date(),
});

export const waveReport = z.object({
  wave: waveSummary,
  timezone: z.string().nullable().describe('of the campaign'),
  currency: z.string().nullable(),
  killed: z.string().nullable().describe('why nothing is sent just now although the wave runs'),
  recorded: z
    .array(z.object({ action: z.string(), group: z.string(), entries: z.int(), probability: z.number() }))
    .nullable()
    .describe('groups of a recorded experiment; null for a wave of one’s own'),
  steps: z.array(stepReport),
  states: z.array(z.object({ channel: channelName, state: messageState, messages: z.int() })),
  coupons: z.array(z.object({ pool: z.string(), state: z.string(), codes: z.int() })),
  cost: z.object({ reservedMinor: z.int() }),
  forecast: z.array(channelForecast),
  throttles: z.array(channelThrottle),
  alarms: z.array(alarm),
  history: z.array(auditLine).describe('who paused, resumed, halted …; newest first, at most 50'),
});
export type WaveReport = Json<z.infer<typeof waveReport>>;

export const waveReturns = z
  .object({
    contacted: z.int(),
    contactedReturned: z.int(),
    heldOut: z.int(),
    heldOutReturned: z.int(),
    windowsOpen: z.int().describe('entries whose outcome window is not over: more may come'),
  })
  .describe('entries of the wave, and those of them that came back within their outcome window so far');
export type WaveReturns = z.infer<typeof waveReturns>;

/** One event of GET /waves/:waveNo/progress. */
export const waveProgress = z.object({
  at: z.date(),
  wave: waveSummary,
  killed: z.string().nullable(),
  steps: z.array(z.object({ step: z.int(), audience: z.int(), notPlanned: z.int(), channels: z.array(channelCounts) })),
  forecast: z.array(channelForecast),
  over: z.boolean().describe('no more events follow'),
});
export type WaveProgress = Json<z.infer<typeof waveProgress>>;

/** An event of the stream as it comes: its data are JSON. */
export const progressEvent = z.looseObject({
  event: z.enum(['progress', 'over']).optional(),
  data: z.string().optional().describe('JSON of how far the wave is; {} of `over`'),
});

export const wayFilter = z.object({
  step: z.coerce.number().int().min(1).max(20).optional(),
  disposition: z
    .enum([...DISPOSITIONS, 'reached'])
    .optional()
    .describe('reached: contacted or deferred, as reports count the contacted'),
  rung: z.enum(RUNGS).optional().describe('where the waterfall shows them: held-out users stop at assignment'),
  past: z.enum(RUNGS).optional().describe('who goes on after this rung of the waterfall'),
  reason: z.string().max(200).optional(),
  action: z.string().max(63).optional(),
  arm: z.string().max(63).optional(),
  drawn: z.enum(['arm', 'held_out']).optional().describe('drawn for an arm, or kept back by a holdout'),
  outcome: z
    .enum(['returned', 'window_open'])
    .optional()
    .describe('came back within the outcome window so far, or whose window is still open; users of the first step'),
});

export const wayLine = z.object({
  step: z.int(),
  userNo: z.int(),
  userId: z.string().nullable(),
  disposition: z.enum(DISPOSITIONS),
  rung: z.string().nullable(),
  reason: z.string().nullable(),
  channel: channelName.nullable(),
  plannedAt: z.date().nullable(),
  timezone: z.string().nullable().describe('of the user'),
  entryNo: z.int().nullable(),
  assignment: z.enum(ASSIGNMENTS).nullable(),
  action: z.string().nullable(),
  arm: z.string().nullable(),
  messageNo: z.int().nullable(),
  state: messageState.nullable(),
});
export type WayLine = Json<z.infer<typeof wayLine>>;

export const waveOrder = z.object({ reason: reasonText });

export const waveChange = z.object({
  waveNo: z.int(),
  state: z.enum(['running', 'paused', 'aborted']),
  workflow: z.enum(['told', 'not_running', 'unreachable']),
  note: z.string().nullable(),
});
export type WaveChange = z.infer<typeof waveChange>;
