import type { RunResult } from './run.ts';
import { CENTS } from './worlds.ts';

/** One row of the table: a strategy in a world, over all its seeds. Money in major units a week. */
export interface Measures {
  runs: number;
  /** Mean over the seeds of value of the final intervals ÷ value of the best ones; null where nothing is worth treating. */
  value: number | null;
  /** Standard error of `value` over the seeds. */
  valueError: number | null;
  /** Sum of the values ÷ sum of the best ones: every user counts alike. */
  pooled: number | null;
  /** The same as the policy is drawn: exploration and held out included. */
  drawn: number | null;
  start: number;
  final: number;
  finalDrawn: number;
  moves: number;
  /** Share of the gated moves whose true Δ is below 0; null without moves. */
  falseMoves: number | null;
  /** Mean P(Δ > 0) that was claimed for them; null where the strategy claims none. */
  claimed: number | null;
  retreats: number;
  flips: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Runs of one strategy in one world, brought together. */
export function measure(runs: readonly RunResult[]): Measures {
  const shares = runs.filter((run) => run.best > 0).map((run) => run.final / run.best);
  const best = mean(runs.map((run) => run.best));
  const moves = runs.flatMap((run) => run.moves);
  const gated = moves.filter((move) => move.kind !== 'retreat');
  const claims = gated.flatMap((move) => move.chance ?? []);
  const value = shares.length > 0 ? mean(shares) : null;
  const spread = value === null ? 0 : mean(shares.map((share) => (share - value) ** 2));
  return {
    runs: runs.length,
    value,
    valueError: value === null ? null : Math.sqrt(spread / Math.max(1, shares.length - 1)),
    pooled: best > 0 ? mean(runs.map((run) => run.final)) / best : null,
    drawn: best > 0 ? mean(runs.map((run) => run.drawn)) / best : null,
    start: mean(runs.map((run) => run.start)) / CENTS,
    final: mean(runs.map((run) => run.final)) / CENTS,
    finalDrawn: mean(runs.map((run) => run.drawn)) / CENTS,
    moves: gated.length / runs.length,
    falseMoves: gated.length > 0 ? gated.filter((move) => move.delta < 0).length / gated.length : null,
    claimed: claims.length > 0 ? mean(claims) : null,
    retreats: (moves.length - gated.length) / runs.length,
    flips: mean(runs.map((run) => run.flips)),
  };
}
