import { z } from 'zod';
import type { Json } from './json.ts';

const scheduleState = z.enum(['active', 'paused', 'missing']);

export const healthDetails = z.object({
  at: z.date(),
  status: z.enum(['ok', 'down']),
  parts: z.array(
    z.object({
      part: z.enum(['database', 'temporal', 'worker']),
      ok: z.boolean(),
      ms: z.number().nullable().describe('milliseconds until it answered; null: it did not'),
    }),
  ),
  workers: z.array(z.object({ identity: z.string(), lastSeenAt: z.date().nullable() })),
  database: z
    .object({
      version: z.string(),
      bytes: z.number(),
      lastWaveAt: z.date().nullable(),
      lastImportAt: z.date().nullable(),
      untoldAlarms: z.int().describe('alarms that operators were not told of yet'),
      alarmsOfDay: z.int(),
      waves: z.record(z.string(), z.int()).describe('waves by state'),
    })
    .nullable(),
  schedules: z
    .array(
      z.object({
        campaignId: z.string(),
        state: scheduleState,
        at: z.string(),
        timezone: z.string(),
        next: z.array(z.string()),
        learning: z.object({ state: scheduleState, at: z.string(), next: z.string().nullable() }),
      }),
    )
    .nullable()
    .describe('null: Temporal does not answer'),
});
export type HealthDetails = Json<z.infer<typeof healthDetails>>;
