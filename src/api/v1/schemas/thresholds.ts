import { z } from 'zod';
import { FREEZE_REASONS, LEARNING_MODES } from '../../../domain/learning.ts';
import { PROPOSAL_STATES } from '../../../domain/threshold-ledger.ts';
import type { Json } from './json.ts';
import { estimate } from './results.ts';
import { reasonText } from './waves.ts';
import { spoken } from './spoken.ts';

const learningMode = z.enum(LEARNING_MODES);
const segmentName = z.string().min(1).max(200);
const shares = z.record(z.string(), z.number());

export const policyNumbers = z.object({
  lo: z.number(),
  hi: z.number(),
  treatByBand: z.array(z.number()).nullable(),
  armShares: shares,
});
export type PolicyNumbers = z.infer<typeof policyNumbers>;

export const policyVersion = z.object({
  ...policyNumbers.shape,
  segment: z.string(),
  action: z.string(),
  policyVersion: z.int(),
  inside: z.number(),
  outside: z.number(),
  exploreWidth: z.number(),
  reason: spoken,
  actor: z.string(),
  at: z.date(),
});
export type PolicyVersion = Json<z.infer<typeof policyVersion>>;

export const bandValue = z.object({
  segment: z.string(),
  action: z.string(),
  band: z.int(),
  treated: z.int(),
  heldOut: z.int(),
  raw: z.object({ value: z.number(), se: z.number() }).nullable(),
  posterior: estimate,
  sd: z.number(),
  chancePositive: z.number(),
  usersPerWeek: z.number(),
  leaveAlone: z.boolean(),
});
export type BandValue = z.infer<typeof bandValue>;

const freeze = z.object({ reason: z.enum(FREEZE_REASONS), sentence: spoken });

export const thresholdProposal = z.object({
  segment: z.string(),
  action: z.string(),
  kind: z.enum(['extend_lo', 'raise_lo', 'extend_hi', 'lower_hi', 'retreat', 'probabilities', 'arm_shares']),
  from: policyNumbers,
  to: policyNumbers,
  delta: estimate.nullable().describe('expected change a week in minor units'),
  chance: z.number().nullable(),
  usersPerWeek: z.number(),
  costPerWeek: z.number(),
  sentence: spoken,
});

export const ledgerProposal = z.object({
  proposalNo: z.int(),
  cycleNo: z.int(),
  readNo: z.int(),
  campaignId: z.string(),
  segment: z.string(),
  action: z.string(),
  policySegment: z.string(),
  policyVersion: z.int(),
  proposal: thresholdProposal,
  asOf: z.date(),
  proposedBy: z.string(),
  state: z.enum(PROPOSAL_STATES),
  decisions: z.array(
    z.object({
      decision: z.enum(['applied', 'rejected', 'superseded', 'reverted']),
      policyVersion: z.int().nullable(),
      reason: spoken,
      actor: z.string(),
      at: z.date(),
    }),
  ),
});
export type LedgerProposal = Json<z.infer<typeof ledgerProposal>>;

export const switchLine = z.object({
  switchNo: z.int(),
  segment: z.string(),
  mode: learningMode.nullable(),
  frozen: z.boolean().nullable(),
  reason: z.string(),
  actor: z.string(),
  at: z.date(),
});

export const reportedPolicy = z.object({
  segment: z.string(),
  action: z.string(),
  inForce: policyVersion,
  mode: learningMode,
  frozenBy: switchLine.nullable(),
  freezes: z.array(freeze),
  values: z.array(bandValue),
  sentence: spoken.nullable(),
});
export type ReportedPolicy = Json<z.infer<typeof reportedPolicy>>;

const estimator = z.object({
  estimator: z.enum(['decomposed', 'raw']),
  p: z.number().nullable(),
  sentence: spoken,
});
const budgetOrder = z
  .array(
    z.object({
      segment: z.string(),
      action: z.string(),
      band: z.int(),
      weeklyCost: z.number(),
      within: z.boolean(),
    }),
  )
  .nullable();

export const thresholdReport = z.object({
  campaignId: z.string(),
  version: z.int(),
  currency: z.string(),
  bands: z.int(),
  bounds: z.object({ lo: z.number(), hi: z.number() }),
  cycle: z
    .object({
      cycleNo: z.int(),
      readNo: z.int(),
      asOf: z.date(),
      trigger: z.string(),
      actor: z.string(),
      at: z.date(),
      estimator,
      budgetOrder,
      notes: z.array(spoken),
    })
    .nullable()
    .describe('the latest learning cycle; null before the first'),
  policies: z.array(reportedPolicy),
  open: z.array(ledgerProposal),
  proposals: z.array(ledgerProposal).describe('newest first, at most 500'),
  history: z.array(policyVersion),
  switches: z.array(switchLine),
});
export type ThresholdReport = Json<z.infer<typeof thresholdReport>>;

export const thresholdHistory = z.object({
  campaignId: z.string(),
  proposals: z.array(ledgerProposal),
  policies: z.array(policyVersion),
  switches: z.array(switchLine),
});

export const cycleOrder = z.object({
  asOf: z.iso.datetime({ offset: true }).optional().describe('learn from what was known then; absent: now'),
});

export const learningCycle = z.object({
  cycleNo: z.int(),
  readNo: z.int(),
  found: z.boolean().describe('the week had its cycle already: nothing was done'),
  estimator,
  notes: z.array(spoken),
  proposals: z.array(ledgerProposal),
  applied: z.array(z.int()).describe('numbers of those that were put in force at once'),
});
export type LearningCycle = Json<z.infer<typeof learningCycle>>;

export const decision = z.object({ reason: reasonText });

export const decidedThreshold = z.object({
  proposal: ledgerProposal,
  policy: policyVersion.omit({ reason: true, actor: true, at: true }).nullable(),
});
export type DecidedThreshold = Json<z.infer<typeof decidedThreshold>>;

export const switchOrder = z
  .object({
    segment: segmentName.optional().describe('absent: the whole campaign'),
    frozen: z.boolean().optional().describe('the hand brake'),
    mode: learningMode.optional(),
    reason: reasonText,
  })
  .refine(({ frozen, mode }) => (frozen === undefined) !== (mode === undefined), 'turn one switch: frozen or mode');

export const switchedLearning = z.object({
  campaignId: z.string(),
  segment: z.string(),
  mode: learningMode,
  frozen: z.boolean(),
  changed: z.boolean(),
});
export type SwitchedLearning = z.infer<typeof switchedLearning>;

export const segmentFilter = z.object({ segment: segmentName.optional() });
