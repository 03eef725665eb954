import type { BandValue, LearnedPolicy, LearnInput, ThresholdProposal } from '../../domain/learning.ts';
import { sumPosterior, type AveragedPosterior } from '../../experiments/gaussian-process.ts';
import { candidateMoves, type Move } from './interval-moves.ts';
import type { BandEstimate } from './net-value.ts';

/** Two-sided 95 %. */
const Z = 1.959963984540054;
/** Weight of a band that nobody falls in, so that its chance is that of its value and an interval can grow across it. */
const NOBODY = 1e-9;

/** What a cycle knows of one policy. */
export interface PolicyEvidence {
  policy: LearnedPolicy;
  estimates: BandEstimate[];
  values: BandValue[];
  usersPerWeek: number[];
  /** Null: nothing was measured under its action. `group`: its place there. */
  posterior: AveragedPosterior | null;
  group: number;
  /** Why no net value can be named although there are entries; null where it can. */
  unpriced: string | null;
}

/** A move with what it is worth a week: Δ = Σ N_b·θ_b over what changes. */
export interface WeighedMove extends Move {
  /** Entries on the smaller side (treated or held out) of the bands that it changes. */
  ownEntries: number;
  /** Whether those bands, by themselves, point the way that the move goes. */
  ownAgrees: boolean;
  delta: NonNullable<ThresholdProposal['delta']>;
  chance: number;
  usersPerWeek: number;
  costPerWeek: number;
}

function sumOver(gained: readonly number[], amount: (band: number) => number): number {
  return gained.reduce((sum, part, band) => (part === 0 ? sum : sum + part * amount(band)), 0);
}

function weigh(evidence: PolicyEvidence & { posterior: AveragedPosterior }, move: Move): WeighedMove {
  const users = (band: number): number => evidence.usersPerWeek[band] ?? 0;
  const weights = move.gained.map((part, band) => part * Math.max(users(band), NOBODY));
  const { mean, sd, chancePositive } = sumPosterior(evidence.posterior, evidence.group, weights);
  return {
    ...move,
    delta: { value: mean, low: mean - Z * sd, high: mean + Z * sd },
    chance: chancePositive,
    ownEntries: Math.min(
      ...evidence.estimates.flatMap(({ treated, heldOut }, band) =>
        move.gained[band] ? [Math.min(treated, heldOut)] : [],
      ),
    ),
    ownAgrees: sumOver(move.gained, (band) => evidence.estimates[band]?.raw?.value ?? 0) > 0,
    usersPerWeek: sumOver(move.gained, users),
    costPerWeek: sumOver(move.gained, (band) => users(band) * (evidence.estimates[band]?.costPerTreated ?? 0)),
  };
}

/** The steps that one policy may take, with their worth; none where nothing was measured. */
export function weighMoves(evidence: PolicyEvidence, input: Pick<LearnInput, 'bounds' | 'bands'>): WeighedMove[] {
  const { posterior } = evidence;
  if (!posterior) return [];
  return candidateMoves(evidence.policy, input.bounds, input.bands).map((move) =>
    weigh({ ...evidence, posterior }, move),
  );
}

/** Whether a move treats more scores than before. */
export function treatsMore(move: Pick<Move, 'kind'>): boolean {
  return move.kind === 'extend_lo' || move.kind === 'extend_hi';
}
