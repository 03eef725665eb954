import type { Estimate } from '../../domain/read.ts';
import { sampleVariance, satterthwaite } from '../means.ts';
import { deltaRelative, type Part } from '../relative-lift.ts';
import type { Moments } from '../shapes.ts';
import type { TwoGroups } from '../post-stratified.ts';
import { estimate } from './estimate.ts';

/**
 * Both sides standardised to one mix of strata, Σ w_s m_s with w_s the share of both sides' entries and variance
 * Σ w_s²s_s²/n_s, and their relative difference by the delta method. `relative` null where the comparator is not above zero.
 */
export function relativeStratified(
  strata: readonly TwoGroups<Moments>[],
  level: number,
): { arm: number; against: number; relative: Estimate | null } {
  const usable = strata.filter(({ arm, against }) => arm.entries > 0 && against.entries > 0);
  const total = usable.reduce((sum, { arm, against }) => sum + arm.entries + against.entries, 0);
  const side = (name: 'arm' | 'against'): Part =>
    standardised(
      usable.map((stratum) => ({
        group: stratum[name],
        weight: (stratum.arm.entries + stratum.against.entries) / total,
      })),
    );
  const [arm, against] = [side('arm'), side('against')];
  const relative = against.value > 0 ? deltaRelative(arm, against, level) : null;
  return { arm: arm.value, against: against.value, relative: relative && estimate(relative.value, relative) };
}

function standardised(strata: readonly { group: Moments; weight: number }[]): Part {
  const parts = strata.map(({ group, weight }) => ({
    variance: (weight ** 2 * sampleVariance(group)) / group.entries,
    df: group.entries - 1,
  }));
  return {
    value: strata.reduce((sum, { group, weight }) => sum + weight * group.mean, 0),
    variance: parts.reduce((sum, part) => sum + part.variance, 0),
    df: satterthwaite(parts),
  };
}
