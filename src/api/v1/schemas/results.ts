import { z } from 'zod';
import { READ_DIMENSIONS } from '../../../domain/read-inputs.ts';
import type { Json } from './json.ts';
import { channelName } from './waves.ts';
import { spoken } from './spoken.ts';

export const estimate = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .describe('a value with its 95 % interval; money in minor units');
export type Estimate = z.infer<typeof estimate>;

const against = z.enum(['held_out', 'control']);
const why = spoken.nullable();

export const groupRead = z.object({
  action: z.string(),
  group: z.string(),
  role: z.enum(['arm', 'control', 'holdout', 'untreated', 'global_holdout']),
  entries: z.int(),
  values: z.array(
    z.object({
      metric: z.string(),
      entries: z.int(),
      converted: z.int(),
      total: z.number(),
      estimate: estimate.nullable(),
      why,
    }),
  ),
});
export type GroupRead = z.infer<typeof groupRead>;

export const contrast = z.object({
  action: z.string(),
  arm: z.string(),
  against,
  metric: z.string(),
  method: z.enum(['pooled', 'post_stratified']),
  entries: z.int(),
  entriesAgainst: z.int(),
  absolute: estimate.nullable(),
  relative: estimate.nullable(),
  p: z.number().nullable(),
  pAdjusted: z.number().nullable(),
  alwaysValid: z.object({ low: z.number(), high: z.number(), level: z.number(), p: z.number() }).nullable(),
  chanceBetter: z.number().nullable(),
  expectedLoss: z.number().nullable(),
  why,
});
export type Contrast = z.infer<typeof contrast>;

const verdictFields = {
  decision: z.enum(['ship', 'stop', 'keep_running', 'cant_tell']),
  reason: z.enum([
    'better',
    'worse',
    'guardrail_inferior',
    'guardrail_open',
    'not_yet',
    'sample_ratio',
    'no_comparator',
    'no_entries',
    'too_few_entries',
    'all_immature',
    'not_in_time',
  ]),
  sentence: spoken,
  days: z.number().nullable().describe('about how many more days until it can be decided'),
};

export const campaignRead = z.object({
  campaignId: z.string(),
  version: z.int(),
  asOf: z.string(),
  by: z.enum(READ_DIMENSIONS).nullable(),
  currency: z.string(),
  metrics: z.array(
    z.object({
      id: z.string(),
      label: spoken,
      kind: z.enum(['rate', 'mean']),
      role: z.enum(['goal', 'secondary', 'money', 'guardrail']),
      margin: z.number().nullable(),
      capMinor: z.number().nullable(),
    }),
  ),
  entries: z.int(),
  explorationEntries: z.int(),
  immature: z.array(z.object({ day: z.string(), entries: z.int(), maturesAt: z.string() })),
  verdict: z.object(verdictFields),
  verdicts: z.array(z.object({ ...verdictFields, action: z.string(), arm: z.string(), against: against.nullable() })),
  sampleRatio: z.array(
    z.object({
      action: z.string(),
      groups: z.array(z.object({ group: z.string(), observed: z.number(), expected: z.number() })),
      chi2: z.number().nullable(),
      df: z.number(),
      p: z.number().nullable(),
      sequentialP: z.number().nullable(),
      leaks: z.array(z.string()),
      alarm: z.boolean(),
      sentence: spoken,
    }),
  ),
  groups: z.array(groupRead),
  contrasts: z.array(contrast),
  guardrails: z.array(
    z.object({
      action: z.string(),
      arm: z.string(),
      against,
      metric: z.string(),
      harm: estimate.nullable(),
      margin: z.number().nullable(),
      verdict: z.enum(['pass', 'inferior', 'inconclusive', 'unjudged']),
      sentence: spoken,
    }),
  ),
  money: z.array(
    z.object({
      action: z.string(),
      arm: z.string(),
      against,
      perEntry: estimate.nullable(),
      total: estimate.nullable(),
      entries: z.int(),
      why,
    }),
  ),
  novelty: z.array(
    z.object({
      action: z.string(),
      arm: z.string(),
      against,
      days: z.array(z.object({ daysSince: z.int(), difference: estimate })),
      sentence: spoken,
    }),
  ),
  slices: z.array(z.object({ slice: z.string(), groups: z.array(groupRead), contrasts: z.array(contrast) })),
  notes: z.array(spoken),
});
export type CampaignRead = z.infer<typeof campaignRead>;

export const goalProgress = z.object({
  name: z.string(),
  channel: channelName.nullable(),
  period: z.enum(['week', 'month']),
  target: z.number(),
  periods: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      came: z.int(),
      gone: z.number(),
      standing: z.enum(['reached', 'on_track', 'behind', 'missed']),
      sentence: spoken,
    }),
  ),
});
export type GoalProgress = z.infer<typeof goalProgress>;

export const readOrder = z.object({
  asOf: z.iso.datetime({ offset: true }).optional().describe('as it stood then; absent: now'),
  by: z.enum(READ_DIMENSIONS).optional().describe('also within each value of it'),
});

export const resultsReport = z.object({ readNo: z.int(), read: campaignRead, goals: z.array(goalProgress) });
export type ResultsReport = z.infer<typeof resultsReport>;

export const storedRead = z.object({
  readNo: z.int(),
  read: campaignRead,
  goals: z.array(goalProgress).describe('as of the read'),
  actor: z.string(),
  at: z.date(),
});
export type StoredRead = Json<z.infer<typeof storedRead>>;

export const readLine = z.object({
  readNo: z.int(),
  asOf: z.date(),
  by: z.enum(READ_DIMENSIONS).nullable(),
  decision: verdictFields.decision,
  sentence: spoken,
  actor: z.string(),
  at: z.date(),
});
export type ReadLine = Json<z.infer<typeof readLine>>;

export const repeatedRead = z.object({
  readNo: z.int(),
  same: z.boolean(),
  differences: z.array(z.string()),
});

export const resultPoint = z
  .object({
    readNo: z.int(),
    asOf: z.date(),
    decision: verdictFields.decision,
    entries: z.int(),
    lines: z.array(
      z.object({
        action: z.string(),
        arm: z.string(),
        against,
        effect: estimate.nullable(),
        alwaysValid: z
          .object({ low: z.number(), high: z.number(), level: z.number() })
          .nullable()
          .describe('the interval that may be looked at every day'),
      }),
    ),
  })
  .describe('the effect on the goal as a kept read has it; the newest read of each day');
export type ResultPoint = Json<z.infer<typeof resultPoint>>;

export const change = z
  .object({
    at: z.date(),
    kind: z.enum(['version', 'threshold', 'alarm', 'halt', 'kill', 'learning']),
    sentence: spoken,
    actor: z.string().nullable(),
    waveNo: z.int().nullable(),
    proposalNo: z.int().nullable(),
    version: z.int().nullable().describe('of the campaign'),
  })
  .describe('something that changed a campaign, for the line under the results over time');
export type Change = Json<z.infer<typeof change>>;

export const periodQuery = z.object({
  from: z.iso.datetime({ offset: true }).optional().describe('absent: 90 days before `to`'),
  to: z.iso.datetime({ offset: true }).optional().describe('absent: now'),
});

export const pageLanguage = z.object({ language: z.enum(['en', 'zh-CN']).default('en') });
