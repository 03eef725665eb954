import type { BandValue, LearnedPolicy } from '../../domain/learning.ts';
import {
  averagedPosterior,
  sumPosterior,
  type AveragedPosterior,
  type ProcessScales,
} from '../../experiments/gaussian-process.ts';
import type { BandEstimate } from './net-value.ts';

/**
 * The prior's scales as shares of the size of what was measured; the likelihood weighs them. A segment's own curve is never
 * small: where effects rise and fall within a few bands, a prior that lets all of them share one curve is too sure of itself
 * at the edges, which is where thresholds stand. `band` is for worlds whose neighbours tell nothing. Lengths in bands.
 */
const CURVES: ProcessScales[] = [0.25, 0.7, 2, 4].flatMap((shared) =>
  [0.7, 1.4, 2.5].flatMap((segment) =>
    [0, 0.6].flatMap((band) => [1.5, 2.5].map((length) => ({ shared, segment, offset: 0.1, band, length }))),
  ),
);
/** One more, for worlds where treatment does next to nothing, which what was measured makes look larger than they are. */
const SLIGHT: ProcessScales = { shared: 0.4, segment: 0.4, offset: 0.1, band: 0, length: 2.5 };
const GRID = [SLIGHT, ...CURVES];
/** Two-sided 95 %. */
const Z = 1.959963984540054;
/** From this posterior chance of harm on, a band's users are named as better left alone. */
export const SURE = 0.95;

/** Size of the measured effects in orders: root mean square, precise bands first; 0 where nothing was measured. */
function sizeOf(estimates: readonly BandEstimate[]): number {
  const measured = estimates.flatMap(({ raw, withoutEffect, perOrder }) =>
    raw && raw.variance > 0
      ? [{ value: (raw.value - withoutEffect) / perOrder, variance: raw.variance / perOrder ** 2 }]
      : [],
  );
  const precision = measured.reduce((sum, raw) => sum + 1 / raw.variance, 0);
  const squares = measured.reduce((sum, raw) => sum + raw.value ** 2 / raw.variance, 0);
  return precision > 0 ? Math.sqrt(squares / precision) : 0;
}

function gridOf(size: number): ProcessScales[] {
  return GRID.map(({ shared, segment, offset, band = 0, length }) => ({
    shared: shared * size,
    segment: segment * size,
    offset: offset * size,
    band: band * size,
    length,
  }));
}

/** Shrinks the estimates of one action's policies towards each other and towards their neighbouring bands (EXPERIMENTS.md §2, step 3); null where nothing was measured. */
export function shrink(policies: readonly (readonly BandEstimate[])[]): AveragedPosterior | null {
  const size = sizeOf(policies.flat());
  if (size === 0) return null;
  const measured = policies.map((bands) =>
    bands.map(({ raw, perOrder }) => {
      // A variance of nothing would claim a certainty that no sample has.
      return raw && { value: raw.value, variance: Math.max(raw.variance, (1e-3 * size * perOrder) ** 2) };
    }),
  );
  const priors = policies.map((bands) => ({
    mean: bands.map(({ withoutEffect }) => withoutEffect),
    unit: bands[0]?.perOrder ?? 1,
  }));
  return averagedPosterior(measured, gridOf(size), priors);
}

/** What the posterior says of each band of one policy; `group` is its place in the posterior. */
export function bandValues(input: {
  policy: Pick<LearnedPolicy, 'segment' | 'action'>;
  estimates: readonly BandEstimate[];
  posterior: AveragedPosterior;
  group: number;
  usersPerWeek: readonly number[];
}): BandValue[] {
  return input.estimates.map((estimate, band) => {
    const only = input.estimates.map((_, other) => (other === band ? 1 : 0));
    const { mean, sd, chancePositive } = sumPosterior(input.posterior, input.group, only);
    return {
      segment: input.policy.segment,
      action: input.policy.action,
      band,
      treated: estimate.treated,
      heldOut: estimate.heldOut,
      raw: estimate.raw && { value: estimate.raw.value, se: Math.sqrt(estimate.raw.variance) },
      posterior: { value: mean, low: mean - Z * sd, high: mean + Z * sd },
      sd,
      chancePositive,
      usersPerWeek: input.usersPerWeek[band] ?? 0,
      leaveAlone: 1 - chancePositive >= SURE,
    };
  });
}
