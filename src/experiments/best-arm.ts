import { logIntegral, logProduct } from './distributions/log-concave.ts';
import { betaCurves, type BetaPosterior, normalCurves, type NormalPosterior } from './posteriors.ts';

/** P(arm i is the best) = ∫ f_i·Π F_j for each arm, by adaptive quadrature; they add up to 1. Normal where arms carry `sd`, else Beta. @throws RangeError for shapes or deviations that aren't positive */
export function bestArmProbabilities(posteriors: readonly BetaPosterior[] | readonly NormalPosterior[]): number[] {
  const curves = posteriors.map((posterior) => ('sd' in posterior ? normalCurves(posterior) : betaCurves(posterior)));
  if (curves.length === 1) return [1];
  const chances = curves.map(({ density, centre, width }, own) => {
    const others = curves.flatMap(({ below }, index) => (index === own ? [] : [below]));
    return Math.exp(logIntegral(logProduct([density, ...others]), centre, width));
  });
  const whole = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / whole);
}

/** Shares of traffic by Thompson sampling with a floor: floor + (1 − K·floor)·P(best). @throws RangeError for a floor outside 0 … 1/K */
export function thompsonShares(pBest: readonly number[], floor: number): number[] {
  const free = 1 - pBest.length * floor;
  if (!(floor >= 0 && free >= 0)) throw new RangeError(`floor must lie between 0 and 1/${pBest.length}, not ${floor}`);
  return pBest.map((chance) => floor + free * chance);
}
