import type { Estimate } from './read.ts';

/** What the held-out entries of a slice are grouped by. */
export type AccuracyDimension = 'all' | 'segment' | 'model' | 'period';

/** Sums over held-out entries of one slice. "Left": no return event within the outcome window. */
export interface AccuracySums {
  entries: number;
  left: number;
  /** Entries whose score is at or above the threshold in force, and those of them that left. */
  called: number;
  calledLeft: number;
  scoreSum: number;
  /** Σ(left − score)². */
  squaredErrors: number;
  /** Pairs of one who left and one who came back in which the first has the higher score; ties count half. */
  pairsWon: number;
  lowestScore: number;
  highestScore: number;
}

/** Entries of a slice in one score band. */
export interface ScoreBand {
  band: number;
  entries: number;
  left: number;
  scoreSum: number;
}

/** Entries of a slice whose scores have nearly the same log odds, which is given as their mean. */
export interface LogOddsCell {
  logOdds: number;
  entries: number;
  left: number;
}

/** One slice as the database adds it up. `value`: segment, model, or the first day of the period; null for all. */
export interface AccuracySlice {
  dimension: AccuracyDimension;
  value: string | null;
  sums: AccuracySums;
  bands: ScoreBand[];
  logOdds: LogOddsCell[];
}

/** All that the accuracy of warnings is computed from; aggregates, nothing personal. */
export interface AccuracyInputs {
  slices: AccuracySlice[];
  /** Bands of equal width between 0 and 1. */
  bands: number;
  period: 'week' | 'month';
  /** Held-out entries that are left out: their window isn't over; their recorded experiment has no return events. */
  immature: number;
  unmeasured: number;
  /** Counted entries whose user another campaign wrote to within the window. */
  contactedElsewhere: number;
  /** Lowest and highest threshold in force; null without entries. */
  thresholds: { low: number; high: number } | null;
}

/** A score band: what the scores promised on average, and what happened (Wilson). */
export interface CalibrationBand {
  from: number;
  to: number;
  entries: number;
  left: number;
  meanScore: number;
  observed: Estimate;
}

/** The accuracy of the warnings of one slice; what can't be told is null, and `why` says why. Shares in 0..1. */
export interface SliceAccuracy {
  dimension: AccuracyDimension;
  value: string | null;
  entries: number;
  left: number;
  called: number;
  /** Of those called, how many left. */
  precision: Estimate | null;
  /** Of those who left, how many were called. */
  recall: Estimate | null;
  /** Chance that one who left has a higher score than one who came back. */
  auc: Estimate | null;
  brier: number | null;
  /** The Brier score of knowing only the share that left. */
  brierOfShare: number | null;
  /** Mean score − share that left. */
  bias: Estimate | null;
  /** Logistic regression of having left on the score's log odds: 1 and 0 for a calibrated model. */
  slope: Estimate | null;
  intercept: Estimate | null;
  bands: CalibrationBand[];
  why: string[];
}

/** A test of the newest period against those before it. */
export interface DriftTest {
  what: 'ranking' | 'calibration' | 'scores';
  /** Of the newest period, and of those before it: AUC, mean score − share that left; scores: stability index and 0. */
  now: number;
  before: number;
  p: number;
  /** After Holm over the tests. */
  pAdjusted: number;
  sentence: string;
}

/** Whether the warnings have changed. Alarm under 0.01 after Holm. */
export interface Drift {
  /** First day of the period that is judged; null: none can be. */
  period: string | null;
  tests: DriftTest[];
  alarm: boolean;
  sentence: string;
}

/** How right the warnings were, on people who weren't treated. */
export interface WarningAccuracy {
  asOf: string;
  campaignId: string | null;
  model: string | null;
  period: 'week' | 'month';
  thresholds: { low: number; high: number } | null;
  overall: SliceAccuracy;
  segments: SliceAccuracy[];
  models: SliceAccuracy[];
  periods: SliceAccuracy[];
  drift: Drift;
  sentence: string;
  /** What the figures rest on and what they don't say. */
  notes: string[];
}
