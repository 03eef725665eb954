import { logIntegral, logProduct } from './distributions/log-concave.ts';
import { normalCdf, normalDensity, normalSf } from './distributions/normal.ts';
import { betaCurves, type BetaPosterior, ratePosterior, rateStep } from './posteriors.ts';
import type { Counts } from './shapes.ts';

/** What a posterior says about choosing one of two; losses in the unit of the rate or mean. */
export interface Comparison {
  /** P(arm > against). */
  chanceBetter: number;
  /** E max(against − arm, 0): what choosing the arm is expected to lose. */
  expectedLoss: number;
  /** E max(arm − against, 0): what choosing the comparator is expected to lose. */
  expectedLossAgainst: number;
}

function mean({ alpha, beta }: BetaPosterior): number {
  return alpha / (alpha + beta);
}

/** P(X > Y) = ∫ f_X·F_Y, or ∫ f_Y·(1 − F_X) where Y is the narrower: the integrand then has the narrower one's width. */
function chanceAbove(x: BetaPosterior, y: BetaPosterior): number {
  const [above, below] = [betaCurves(x), betaCurves(y)];
  const [narrow, factors] =
    above.width < below.width ? [above, [above.density, below.below]] : [below, [below.density, above.above]];
  return Math.exp(logIntegral(logProduct(factors), narrow.centre, narrow.width));
}

/** E max(X − Y, 0) = ∫ P(Y < u)·P(X > u) du over the rates u. */
function expectedGain(x: BetaPosterior, y: BetaPosterior): number {
  const [above, below] = [betaCurves(x), betaCurves(y)];
  const start = (above.centre + below.centre) / 2;
  const integrand = logProduct([below.below, above.above, rateStep]);
  return Math.exp(logIntegral(integrand, start, Math.min(above.width, below.width)));
}

/**
 * Two rates with flat priors, exactly: Beta posteriors, by adaptive quadrature over log odds. The rarer side is integrated
 * and the other follows from it, so that both keep their digits. @throws RangeError for counts that aren't any
 */
export function compareRates(arm: Counts, against: Counts): Comparison {
  const [treated, control] = [ratePosterior(arm), ratePosterior(against)];
  const lead = mean(treated) - mean(control);
  const [leader, other] = lead >= 0 ? [treated, control] : [control, treated];
  const upset = chanceAbove(other, leader);
  const loss = expectedGain(other, leader);
  return lead >= 0
    ? { chanceBetter: 1 - upset, expectedLoss: loss, expectedLossAgainst: loss + lead }
    : { chanceBetter: upset, expectedLoss: loss - lead, expectedLossAgainst: loss };
}

/** An effect with normal posterior N(value, se²) against none: Φ(z), and se·(φ(z) − |z|·Φ(−|z|)) for the unlikelier loss. @throws RangeError for a negative or infinite se */
export function compareMeans(effect: { value: number; se: number }): Comparison {
  const { value, se } = effect;
  if (!(se >= 0 && se < Infinity && Math.abs(value) < Infinity))
    throw new RangeError('value and se must be finite, se not negative');
  const z = se > 0 ? value / se : Math.sign(value) * Infinity;
  const size = Math.abs(z);
  const loss = se > 0 && size < Infinity ? Math.max(0, se * (normalDensity(size) - size * normalSf(size))) : 0;
  return {
    chanceBetter: Number.isNaN(z) ? 0.5 : normalCdf(z),
    expectedLoss: value >= 0 ? loss : loss - value,
    expectedLossAgainst: value >= 0 ? loss + value : loss,
  };
}
