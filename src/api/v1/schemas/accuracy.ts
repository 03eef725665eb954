import { z } from 'zod';
import { estimate } from './results.ts';
import { campaignId } from './waves.ts';
import { spoken } from './spoken.ts';

const sliceAccuracy = z.object({
  dimension: z.enum(['all', 'segment', 'model', 'period']),
  value: z.string().nullable(),
  entries: z.int(),
  left: z.int(),
  called: z.int(),
  precision: estimate.nullable(),
  recall: estimate.nullable(),
  auc: estimate.nullable(),
  brier: z.number().nullable(),
  brierOfShare: z.number().nullable(),
  bias: estimate.nullable(),
  slope: estimate.nullable(),
  intercept: estimate.nullable(),
  bands: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      entries: z.int(),
      left: z.int(),
      meanScore: z.number(),
      observed: estimate,
    }),
  ),
  why: z.array(spoken),
});

export const accuracyQuery = z.object({
  campaign: campaignId.optional().describe('only held-out people of this campaign'),
  model: z.string().max(100).optional(),
  asOf: z.iso.datetime({ offset: true }).optional(),
});

export const warningAccuracy = z.object({
  asOf: z.string(),
  campaignId: z.string().nullable(),
  model: z.string().nullable(),
  period: z.enum(['week', 'month']),
  thresholds: z.object({ low: z.number(), high: z.number() }).nullable(),
  overall: sliceAccuracy,
  segments: z.array(sliceAccuracy),
  models: z.array(sliceAccuracy),
  periods: z.array(sliceAccuracy),
  drift: z.object({
    period: z.string().nullable(),
    tests: z.array(
      z.object({
        what: z.enum(['ranking', 'calibration', 'scores']),
        now: z.number(),
        before: z.number(),
        p: z.number(),
        pAdjusted: z.number(),
        sentence: spoken,
      }),
    ),
    alarm: z.boolean(),
    sentence: spoken,
  }),
  sentence: spoken,
  notes: z.array(spoken),
});
