import { z } from 'zod';
import type { Json } from './json.ts';
import { alarm, campaignId, reasonText, waveProgress, waveSummary } from './waves.ts';
import { spoken } from './spoken.ts';

export const killSwitch = z.object({
  killNo: z.int(),
  campaignId: z.string().nullable().describe('null: it holds everything'),
  reason: z.string(),
  engagedAt: z.date(),
  engagedBy: z.string(),
  releasedAt: z.date().nullable(),
  releasedBy: z.string().nullable(),
});
export type KillSwitch = Json<z.infer<typeof killSwitch>>;

export const killOrder = z.object({
  campaignId: campaignId.optional().describe('absent: everything'),
  reason: reasonText,
});

export const killResult = z.object({
  changed: z.boolean(),
  inForce: z.array(killSwitch),
  note: spoken.nullable().describe('when waiting deliveries could not be told'),
});
export type KillResult = Json<z.infer<typeof killResult>>;

export const killStatusQuery = z.object({ all: z.enum(['true', 'false']).default('false') });

export const home = z.object({
  at: z.date(),
  running: z.array(waveProgress).describe('waves that plan, send or are stopped, newest first, at most 20'),
  recent: z.array(waveSummary).describe('the last ten that are over or only wait for follow-ups'),
  decisions: z
    .object({
      waves: z.array(waveSummary).describe('wait for approval or were halted'),
      proposals: z.array(
        z.object({
          proposalNo: z.int(),
          campaignId: z.string(),
          segment: z.string(),
          action: z.string(),
          sentence: spoken,
          asOf: z.date(),
        }),
      ),
      unknownMessages: z.array(z.object({ waveNo: z.int(), campaignId: z.string(), messages: z.int() })),
    })
    .describe('what waits for a person'),
  alarms: z.array(alarm).describe('of the last seven days, newest first, at most 20'),
  killSwitches: z.array(killSwitch).describe('in force'),
  health: z.object({ database: z.boolean(), temporal: z.boolean() }),
});
export type Home = Json<z.infer<typeof home>>;
