import type { EstimatorChoice } from '../../domain/learning.ts';
import { normalSf } from '../../experiments/distributions/normal.ts';
import type { BandSums } from './evidence-sums.ts';

/** Under this the decomposed estimator is given up. It is looked at every week, hence stricter than 0.05. */
const LEVEL = 0.01;
/** Orders on the smaller side, over all strata that can be compared, under which nothing is tested. */
const FEWEST_ORDERS = 30;

interface Stratum {
  difference: number;
  variance: number;
  orders: number;
}

/** Differences of the worth of an order by band, as shares of the policy's worth, with the policy's own spread. */
function strataOf(bands: readonly BandSums[]): Stratum[] {
  const sides = bands.flatMap((band) => [band.treated, band.heldOut]).filter((side) => side.converted > 0);
  const orders = sides.reduce((sum, side) => sum + side.worth.entries, 0);
  const degrees = sides.reduce((sum, side) => sum + Math.max(0, side.worth.entries - 1), 0);
  const mean = sides.reduce((sum, side) => sum + side.worth.entries * side.worth.mean, 0) / orders;
  const spread = sides.reduce((sum, side) => sum + side.worth.m2, 0) / degrees;
  if (!(degrees > 0 && mean > 0 && spread > 0)) return [];
  return bands.flatMap(({ treated, heldOut }) =>
    treated.converted > 0 && heldOut.converted > 0
      ? [
          {
            difference: (treated.worth.mean - heldOut.worth.mean) / mean,
            variance: (spread / mean ** 2) * (1 / treated.worth.entries + 1 / heldOut.worth.entries),
            orders: Math.min(treated.converted, heldOut.converted),
          },
        ]
      : [],
  );
}

/**
 * Does treatment leave the worth of an order alone? Two-sided z test of Σ d/v ÷ √Σ 1/v over segment × band, d the relative
 * difference of the mean worth of an order, v its variance from the pooled spread of the segment. Within bands, because
 * the treated and the held out are spread over them differently.
 */
export function chooseEstimator(policies: readonly (readonly BandSums[])[]): EstimatorChoice {
  const strata = policies.flatMap(strataOf);
  const orders = strata.reduce((sum, stratum) => sum + stratum.orders, 0);
  if (orders < FEWEST_ORDERS) {
    const sentence = `Too few orders on both sides to test whether treatment changes what an order is worth (${orders} of ${FEWEST_ORDERS}), or orders are all worth the same: net value is taken apart into rates and the worth of an order.`;
    return { estimator: 'decomposed', p: null, sentence };
  }
  const precision = strata.reduce((sum, stratum) => sum + 1 / stratum.variance, 0);
  const difference = strata.reduce((sum, stratum) => sum + stratum.difference / stratum.variance, 0) / precision;
  const p = 2 * normalSf(Math.abs(difference) * Math.sqrt(precision));
  const change = `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(1)} %, p = ${p.toFixed(3)}`;
  if (p >= LEVEL) {
    const sentence = `Treatment leaves the worth of an order alone as far as can be seen (${change}): net value is taken apart into rates and the worth of an order.`;
    return { estimator: 'decomposed', p, sentence };
  }
  const sentence = `Treatment changes what an order is worth (${change}): net values are compared as they are, which needs more entries.`;
  return { estimator: 'raw', p, sentence };
}
