import { welch, type TestedEffect } from './means.ts';
import type { Moments } from './shapes.ts';

/** Centred sums of an outcome and of a covariate from before the entry, with their cross product Σ (y − ȳ)(x − x̄). */
export interface CovariateMoments extends Moments {
  before: { mean: number; m2: number };
  cross: number;
}

/**
 * Where θ comes from. within: Σ cross/Σ m2 inside the groups, untouched by the effect (Deng et al. 2013). total: both groups thrown
 * together, as gbstats does it; equal in the limit.
 */
type ThetaFrom = 'within' | 'total';

function theta(arm: CovariateMoments, against: CovariateMoments, from: ThetaFrom): number {
  let cross = arm.cross + against.cross;
  let spread = arm.before.m2 + against.before.m2;
  if (from === 'total') {
    const weight = (arm.entries * against.entries) / (arm.entries + against.entries);
    const distance = arm.before.mean - against.before.mean;
    cross += weight * (arm.mean - against.mean) * distance;
    spread += weight * distance * distance;
  }
  return spread > 0 ? cross / spread : 0;
}

function adjusted(group: CovariateMoments, slope: number): Moments {
  const m2 = group.m2 - 2 * slope * group.cross + slope * slope * group.before.m2;
  return { entries: group.entries, mean: group.mean - slope * group.before.mean, m2: Math.max(0, m2) };
}

/**
 * CUPED: Welch's test of y − θx with θ = cov(y, x)/var(x), and the share of the variance that is left. A covariate without spread
 * gives θ = 0, the plain test. Null where Welch has no answer.
 */
export function cuped(input: {
  arm: CovariateMoments;
  against: CovariateMoments;
  level?: number;
  thetaFrom?: ThetaFrom;
}): { theta: number; effect: TestedEffect; varianceRatio: number } | null {
  const { arm, against, level = 0.95, thetaFrom = 'within' } = input;
  const slope = theta(arm, against, thetaFrom);
  const effect = welch(adjusted(arm, slope), adjusted(against, slope), level);
  const plain = welch(arm, against, level);
  return effect && plain && { theta: slope, effect, varianceRatio: (effect.se / plain.se) ** 2 };
}
