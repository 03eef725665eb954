import type { MetricDefinition, ReadDimension, ReadInputs } from './read-inputs.ts';

/** A value with its 95 % interval (or that of `level`); for money in minor units. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** What a group did on one metric. `estimate` null: nobody in the group; `why` then says so. */
export interface GroupValue {
  metric: string;
  entries: number;
  converted: number;
  /** Sum in minor units for means; equal to converted for rates. */
  total: number;
  /** Rate (Wilson) or mean (Student's t). */
  estimate: Estimate | null;
  why: string | null;
}

export type GroupRole = 'arm' | 'control' | 'holdout' | 'untreated' | 'global_holdout';

/** One group of an action: an arm, or one way of being held out. */
export interface GroupRead {
  action: string;
  group: string;
  role: GroupRole;
  entries: number;
  values: GroupValue[];
}

/** How an effect was estimated. post_stratified: AIPW with the strata's means, for probabilities that changed. */
export type ContrastMethod = 'pooled' | 'post_stratified';

/** One arm against one comparator on one metric. Null with a `why` where no answer exists; never NaN. */
export interface Contrast {
  action: string;
  arm: string;
  /** `held_out`: campaign holdout and untreated together. */
  against: 'held_out' | 'control';
  metric: string;
  method: ContrastMethod;
  entries: number;
  entriesAgainst: number;
  /** Absolute lift: a difference of rates, or of means in minor units. */
  absolute: Estimate | null;
  /** Relative lift by the delta method; null where the comparator's value is 0. */
  relative: Estimate | null;
  /** Two-sided p at a fixed look (rates: pooled z, Fisher where a cell expects under 5; means: Welch). */
  p: number | null;
  /** p after Holm (secondary metrics) or Benjamini–Hochberg (slices); null where no correction applies. */
  pAdjusted: number | null;
  /** Always-valid: may be looked at every day. `level` 1 − 0.05/arms of the verdict. */
  alwaysValid: { low: number; high: number; level: number; p: number } | null;
  /** Posterior chance that the arm is better (for a guardrail: worse), and expected loss of choosing it, same unit as absolute. */
  chanceBetter: number | null;
  expectedLoss: number | null;
  /** Why something above is null. */
  why: string | null;
}

/** A guardrail by non-inferiority: pass only if the upper end of harm is under the margin. */
export interface GuardrailRead {
  action: string;
  arm: string;
  against: 'held_out' | 'control';
  metric: string;
  harm: Estimate | null;
  margin: number | null;
  /** unjudged: no margin is set. */
  verdict: 'pass' | 'inferior' | 'inconclusive' | 'unjudged';
  sentence: string;
}

/** Whether the groups have the sizes that their probabilities promise, per action. */
export interface SampleRatioRead {
  action: string;
  groups: { group: string; observed: number; expected: number }[];
  chi2: number | null;
  df: number;
  /** Alarm under 0.001. */
  p: number | null;
  /** Sequential by Dirichlet-multinomial over days: may be looked at every day. */
  sequentialP: number | null;
  /** Groups of probability 0 that have users: a hard failure. */
  leaks: string[];
  alarm: boolean;
  sentence: string;
}

export type Decision = 'ship' | 'stop' | 'keep_running' | 'cant_tell';

/** The one reason of a verdict, for programs; `sentence` is for people. */
export type VerdictReason =
  | 'better'
  | 'worse'
  | 'guardrail_inferior'
  | 'guardrail_open'
  | 'not_yet'
  | 'sample_ratio'
  | 'no_comparator'
  | 'no_entries'
  | 'too_few_entries'
  | 'all_immature'
  | 'not_in_time';

export interface Verdict {
  decision: Decision;
  reason: VerdictReason;
  /** One sentence with interval and money. */
  sentence: string;
  /** About how many more days until it can be decided; null unless keep_running. */
  days: number | null;
}

export interface ArmVerdict extends Verdict {
  action: string;
  arm: string;
  against: 'held_out' | 'control' | null;
}

/** Net value of an arm against its comparator, in minor units. */
export interface MoneyRead {
  action: string;
  arm: string;
  against: 'held_out' | 'control';
  /** Per entry, with interval; null where it can't be computed. */
  perEntry: Estimate | null;
  /** perEntry × entries of the arm. */
  total: Estimate | null;
  entries: number;
  why: string | null;
}

/** Effect on the goal by days since the entry: does it wear off? Cumulative rate differences. */
export interface NoveltyRead {
  action: string;
  arm: string;
  against: 'held_out' | 'control';
  days: { daysSince: number; difference: Estimate }[];
  sentence: string;
}

/** One value of the dimension that was asked for. */
export interface SliceRead {
  slice: string;
  groups: GroupRead[];
  contrasts: Contrast[];
}

/** The read of a campaign at a moment. */
export interface CampaignRead {
  campaignId: string;
  version: number;
  asOf: string;
  by: ReadDimension | null;
  currency: string;
  metrics: MetricDefinition[];
  /** Mature entries that the read rests on, of the interval. */
  entries: number;
  /** Mature entries of the exploration band, left out here. */
  explorationEntries: number;
  immature: ReadInputs['immature'];
  verdict: Verdict;
  verdicts: ArmVerdict[];
  sampleRatio: SampleRatioRead[];
  groups: GroupRead[];
  contrasts: Contrast[];
  guardrails: GuardrailRead[];
  money: MoneyRead[];
  novelty: NoveltyRead[];
  slices: SliceRead[];
  /** Sentences: which estimator after adaptive shares, multiplicity, currencies, capped amounts, recorded data … */
  notes: string[];
}
