import type { LivePolicy } from './assignment.ts';
import type { Estimate } from './read.ts';

export const LEARNING_MODES = ['off', 'suggest', 'auto'] as const;
export type LearningMode = (typeof LEARNING_MODES)[number];

/** Mature entries of one segment, action, score band, week and probability; treated or not. Amounts in minor units. */
export interface EvidenceCell {
  segment: string;
  action: string;
  band: number;
  /** Whole weeks between the wave and the cycle; old evidence decays by 0.95 a week. */
  ageWeeks: number;
  treated: boolean;
  /** Probability of having fallen on this side (treated or held out), as logged; in (0, 1]. */
  probability: number;
  entries: number;
  /** Entries that reached the goal. */
  converted: number;
  /** What the goal was worth in those entries before costs: margin × orders, or share of revenue × revenue. Sum, and squared deviations from the mean of the converted. */
  worthSum: number;
  worthM2: number;
  /** Entries whose offer was used. */
  offersUsed: number;
  /** Cost of those offers. */
  offerCostSum: number;
  /** Cost of messages. */
  sendCostSum: number;
  unsubscribed: number;
  complained: number;
  /** Net value per entry (worth − offer − sends − unsubscribes × cost − refunds): sum and squared deviations from the cell's mean. */
  netSum: number;
  netM2: number;
}

/** The posterior of the net value per treated user in one cell, in minor units. */
export interface BandValue {
  segment: string;
  action: string;
  band: number;
  /** Entries behind it, undecayed. */
  treated: number;
  heldOut: number;
  /** θ̂ before shrinking, with its standard error; null: no entries on one side. */
  raw: { value: number; se: number } | null;
  /** After shrinking: mean and 95 % interval. */
  posterior: Estimate;
  sd: number;
  /** P(θ > 0). */
  chancePositive: number;
  /** Users a week who fall in it. */
  usersPerWeek: number;
  /** True where P(θ < 0) ≥ 0.95: people better left alone. */
  leaveAlone: boolean;
}

/** Which estimator of net value is used, decided by the order-value test. */
export interface EstimatorChoice {
  estimator: 'decomposed' | 'raw';
  /** Two-sided p of "treatment leaves the worth of an order alone"; null: too few orders to test. */
  p: number | null;
  sentence: string;
}

/** Why a policy isn't moved however good the evidence looks. */
export const FREEZE_REASONS = [
  'sample_ratio',
  'stale_feed',
  'immature',
  'cooldown',
  'by_hand',
  'off',
  'no_comparator',
] as const;
export type FreezeReason = (typeof FREEZE_REASONS)[number];

export interface Freeze {
  reason: FreezeReason;
  sentence: string;
}

/** One step of one policy: a bounded move of lo or hi, a retreat, new probabilities or shares. */
export type ProposalKind =
  | 'extend_lo'
  | 'raise_lo'
  | 'extend_hi'
  | 'lower_hi'
  | 'retreat'
  | 'probabilities'
  | 'arm_shares';

/** What a proposal would put in force, and why. Money in minor units. */
export interface ThresholdProposal {
  segment: string;
  action: string;
  kind: ProposalKind;
  from: PolicyNumbers;
  to: PolicyNumbers;
  /** Σ N_b·θ_b over what changes, a week; null for probabilities and shares. */
  delta: Estimate | null;
  /** P(Δ > 0). */
  chance: number | null;
  /** Users a week who would be treated anew (negative: no longer). */
  usersPerWeek: number;
  /** Expected change of cost a week. */
  costPerWeek: number;
  sentence: string;
}

/** The numbers of a policy that learning may change. */
export type PolicyNumbers = Pick<LivePolicy, 'lo' | 'hi' | 'treatByBand' | 'armShares'>;

/** One (segment, action) after a cycle: values, and either a proposal or why there is none. */
export interface PolicyLearning {
  segment: string;
  action: string;
  mode: LearningMode;
  /** The version in force that the cycle looked at. */
  policyVersion: number;
  current: PolicyNumbers;
  values: BandValue[];
  freezes: Freeze[];
  proposals: ThresholdProposal[];
  /** Why nothing is proposed, in words; null where something is. */
  sentence: string | null;
}

/** What one learning cycle found. */
export interface LearningResult {
  campaignId: string;
  asOf: string;
  bands: number;
  currency: string;
  estimator: EstimatorChoice;
  policies: PolicyLearning[];
  /** Cells in order of value per cost while the budget lasts; null: no budget. */
  budgetOrder: { segment: string; action: string; band: number; weeklyCost: number; within: boolean }[] | null;
  notes: string[];
}

/** Outcomes of one arm under one action, mature entries of the interval; what batches of Thompson sampling learn from. */
export interface ArmEvidence {
  action: string;
  arm: string;
  entries: number;
  converted: number;
  /** Net value per entry in minor units: sum, and squared deviations from the mean. */
  netSum: number;
  netM2: number;
}

/** A policy as a cycle meets it. Segments that are served by '*' appear under their own name, with its numbers. */
export interface LearnedPolicy extends LivePolicy {
  mode: LearningMode;
  /** What forbids a move whatever the evidence; a retreat and 'off' aside. */
  freezes: Freeze[];
  /** Weeks since its interval last changed; null: never. */
  weeksSinceMove: number | null;
}

/** All that one learning cycle is computed from. Money in minor units. */
export interface LearnInput {
  campaignId: string;
  /** ISO. */
  asOf: string;
  currency: string;
  bands: number;
  bounds: { lo: number; hi: number };
  policies: LearnedPolicy[];
  evidence: EvidenceCell[];
  usersPerWeek: { segment: string; action: string; band: number; users: number }[];
  /** Cost of one unsubscribe. */
  unsubscribeCost: number;
  unsubscribeMargin: number;
  complaintMargin: number;
  /** Guardrails that the read found inferior: their action retreats. */
  inferiorGuardrails: { action: string; sentence: string }[];
  /** Outcome window in weeks, rounded up: the cooldown between moves of one policy. */
  cooldownWeeks: number;
  /** Money for a week; null: no limit. */
  budgetPerWeek: number | null;
  /** Null: shares stay as the file has them. */
  thompson: {
    floor: number;
    fixedPart: number;
    goal: 'count' | 'revenue';
    fileShares: Record<string, Record<string, number>>;
    /** Control arms by action: sampling leaves their share alone. */
    controlArms: Record<string, readonly string[]>;
    arms: ArmEvidence[];
  } | null;
}
