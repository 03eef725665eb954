import { z } from 'zod';
import { isoDate } from './waves.ts';

const scheduleState = z.enum(['active', 'paused', 'missing']);

export const schedule = z
  .object({
    campaignId: z.string(),
    state: scheduleState.describe('missing: Temporal has none; a start of the worker makes it'),
    at: z.string(),
    timezone: z.string(),
    next: z.array(z.string()).describe('the next five runs'),
    recent: z.array(z.object({ scheduledAt: z.string(), startedAt: z.string(), workflowId: z.string() })),
    learning: z
      .object({ state: scheduleState, at: z.string(), next: z.string().nullable(), last: z.string().nullable() })
      .describe('the weekly learning of the thresholds'),
  })
  .describe('when a campaign runs by itself; POST /campaigns/:campaignId/pause and /resume pause it with the campaign');

export const scheduleRun = z.object({ campaignId: z.string(), workflowId: z.string() });
export type ScheduleRun = z.infer<typeof scheduleRun>;

export const backfillOrder = z.object({
  from: isoDate.describe('first local date'),
  to: isoDate.describe('last local date'),
});
export const backfill = z.object({ campaignId: z.string(), from: z.string(), to: z.string() });
export type Backfill = z.infer<typeof backfill>;
