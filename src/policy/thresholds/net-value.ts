import type { EstimatorChoice } from '../../domain/learning.ts';
import type { BandSums, SideSums } from './evidence-sums.ts';
import { PSEUDO_ENTRIES, steadyRates, type SteadyRates } from './steady-rates.ts';

/** Orders' worth of the action's mean that steadies a segment's worth of an order. */
const PSEUDO_ORDERS = 20;

/** Net value per treated entry of one band before shrinking, in minor units. */
export interface BandEstimate {
  /** Null: a side has no entries. */
  raw: { value: number; variance: number } | null;
  /** What treating would be worth if it changed nothing: its costs alone, below 0. The prior of the shrinking. */
  withoutEffect: number;
  /** Worth of an order: what an effect on the rate is multiplied by. Above 0. */
  perOrder: number;
  treated: number;
  heldOut: number;
  /** What treating one entry costs: sends, and offers where they are used. */
  costPerTreated: number;
}

/** Means over many bands that the estimates of one band lean on. */
interface Pool {
  netVariance: number;
  /** Worth of an order: mean, variance of a single one, and decayed orders. */
  worth: number;
  worthVariance: number;
  orders: number;
  offerCostPerOrder: number;
  costPerTreated: number;
  sendCost: number;
  /** Unsubscribes that treatment adds, per treated entry. */
  unsubscribedExcess: number;
}

function sum(sides: readonly SideSums[], amount: (side: SideSums) => number): number {
  return sides.reduce((total, side) => total + amount(side), 0);
}

function ratio(numerator: number, denominator: number, otherwise: number): number {
  return denominator > 0 ? numerator / denominator : otherwise;
}

/** Means of the bands, leaning on those of `wider` with pseudo-entries; without it on hardly anything. */
function poolOf(bands: readonly BandSums[], wider: Pool | null): Pool {
  const treated = bands.map((band) => band.treated);
  const sides = [...treated, ...bands.map((band) => band.heldOut)];
  const lean = wider ? PSEUDO_ENTRIES : 1;
  const nets = sum(sides, (side) => side.net.entries);
  const orders = sum(sides, (side) => side.worth.entries);
  const worthLean = wider ? PSEUDO_ORDERS : 0;
  const weightedOrders = sum(treated, (side) => side.weighted.converted);
  const offers = sum(treated, (side) => side.weighted.offerCost);
  const costs = offers + sum(treated, (side) => side.weighted.sendCost);
  const heldOut = bands.map((band) => band.heldOut);
  const harmed = (side: SideSums): number => side.weighted.unsubscribed;
  const weight = (list: readonly SideSums[]): number => sum(list, (side) => side.weight);
  return {
    sendCost: ratio(
      sum(treated, (side) => side.weighted.sendCost),
      weight(treated),
      wider?.sendCost ?? 0,
    ),
    unsubscribedExcess:
      ratio(sum(treated, harmed), weight(treated), 0) - ratio(sum(heldOut, harmed), weight(heldOut), 0),
    netVariance: ratio(sum(sides, (side) => side.net.m2) + lean * (wider?.netVariance ?? 0), nets + lean, 0),
    worth: ratio(
      sum(sides, (side) => side.worth.entries * side.worth.mean) + worthLean * (wider?.worth ?? 0),
      orders + worthLean,
      0,
    ),
    worthVariance: ratio(
      sum(sides, (side) => side.worth.m2) + worthLean * (wider?.worthVariance ?? 0),
      orders + worthLean,
      0,
    ),
    orders: orders + worthLean,
    offerCostPerOrder: ratio(offers, weightedOrders, wider?.offerCostPerOrder ?? 0),
    costPerTreated: ratio(
      costs,
      sum(treated, (side) => side.weight),
      wider?.costPerTreated ?? 0,
    ),
  };
}

/** Entries that the weights leave (Kish): (Σw)² / Σw². */
function effective(side: SideSums): number {
  return side.weight ** 2 / side.weightSquares;
}

/** One band with all that its estimate leans on. */
interface BandInput {
  band: BandSums;
  pool: Pool;
  converted: SteadyRates;
  unsubscribed: SteadyRates;
  unsubscribeCost: number;
}

/** The costs of treating who would have returned anyhow, and of those whom it drives away. */
function costsAlone({ pool, converted, unsubscribeCost }: BandInput): number {
  return pool.offerCostPerOrder * converted.both + pool.sendCost + unsubscribeCost * pool.unsubscribedExcess;
}

/** Variance of one entry that converts with this rate. */
function spread(rate: number): number {
  return rate * (1 - rate);
}

/** θ̂ = (M − c)·p₁ − M·p₀ − send − U·(u₁ − u₀), rates by Hájek weights (EXPERIMENTS.md §2, step 2). */
function decomposed({ band, pool, unsubscribeCost, ...rates }: BandInput): { value: number; variance: number } {
  const { treated, heldOut } = band;
  const [p1, p0] = [treated.weighted.converted / treated.weight, heldOut.weighted.converted / heldOut.weight];
  const unsubscribed = treated.weighted.unsubscribed / treated.weight - heldOut.weighted.unsubscribed / heldOut.weight;
  const send =
    (treated.weighted.sendCost - (heldOut.weighted.sendCost / heldOut.weight) * treated.weight) / treated.weight;
  const offer = pool.offerCostPerOrder;
  const [n1, n0] = [effective(treated), effective(heldOut)];
  const [order, harm] = [rates.converted, rates.unsubscribed];
  return {
    value: (pool.worth - offer) * p1 - pool.worth * p0 - send - unsubscribeCost * unsubscribed,
    variance:
      ((pool.worth - offer) ** 2 * spread(order.treated)) / n1 +
      (pool.worth ** 2 * spread(order.heldOut)) / n0 +
      unsubscribeCost ** 2 * (spread(harm.treated) / n1 + spread(harm.heldOut) / n0) +
      (pool.orders > 0 ? pool.worthVariance / pool.orders : 0) * (p1 - p0) ** 2,
  };
}

/** The difference of mean net values as they are. */
function undivided({ band, pool }: BandInput): { value: number; variance: number } {
  const { treated, heldOut } = band;
  const entries = treated.net.entries + heldOut.net.entries;
  const perEntry = (treated.net.m2 + heldOut.net.m2 + PSEUDO_ENTRIES * pool.netVariance) / (entries + PSEUDO_ENTRIES);
  return {
    value: treated.weighted.net / treated.weight - heldOut.weighted.net / heldOut.weight,
    variance: perEntry * (1 / effective(treated) + 1 / effective(heldOut)),
  };
}

/** Net value per treated entry by policy and band, for the policies of one action. */
export function estimateNetValue(input: {
  policies: readonly (readonly BandSums[])[];
  estimator: EstimatorChoice['estimator'];
  unsubscribeCost: number;
}): BandEstimate[][] {
  const action = poolOf(input.policies.flat(), null);
  const converted = steadyRates(input.policies, (side) => side.converted);
  const unsubscribed = steadyRates(input.policies, (side) => side.unsubscribed);
  return input.policies.map((bands, policy) => {
    const pool = poolOf(bands, action);
    return bands.map((band, at): BandEstimate => {
      const known: BandInput = {
        band,
        pool,
        converted: converted[policy]![at]!,
        unsubscribed: unsubscribed[policy]![at]!,
        unsubscribeCost: input.unsubscribeCost,
      };
      const compared = band.treated.entries > 0 && band.heldOut.entries > 0;
      const estimate = input.estimator === 'raw' ? undivided : decomposed;
      return {
        raw: compared ? estimate(known) : null,
        withoutEffect: -costsAlone(known),
        // A segment of refunds alone must not turn the unit round.
        perOrder: Math.max(pool.worth, action.worth / 10),
        treated: band.treated.entries,
        heldOut: band.heldOut.entries,
        costPerTreated: band.treated.entries > 0 ? poolOf([band], null).costPerTreated : pool.costPerTreated,
      };
    });
  });
}
