import { normalCdf } from '../../src/experiments/distributions/normal.ts';
import { drawsOf, type Draws } from './random.ts';

export const BANDS = 12;
export const SEGMENTS = 12;
/** Minor units of the currency. */
export const CENTS = 100;
/** Spread and cap of what an order brings, as a multiple of the segment's margin. */
export const ORDER = { sigma: 1, cap: 12 };
/** Cost of a message and of an unsubscribe, in major units. */
export const COSTS = { send: 0.05, unsubscribe: 8 };

/** E[min(X, cap)] of the capped lognormal: a little under 1. */
const ORDER_MEAN =
  normalCdf((Math.log(ORDER.cap) - ORDER.sigma ** 2 / 2) / ORDER.sigma) +
  ORDER.cap * (1 - normalCdf((Math.log(ORDER.cap) + ORDER.sigma ** 2 / 2) / ORDER.sigma));

/** One score band of one segment as it really is. Rates per entry, money in major units. */
export interface BandTruth {
  users: number;
  returnUntreated: number;
  returnTreated: number;
  unsubscribe: number;
}

export interface SegmentTruth {
  name: string;
  /** Margin per order, and what the offer costs on a treated order. */
  margin: number;
  coupon: number;
  bands: BandTruth[];
}

/** How a world differs from the mixed one (EXPERIMENTS.md §2, "The generator"). */
export interface WorldKind {
  name: string;
  /** Effect of treatment on the return rate in a band, from the segment's draws. */
  effect: (draws: Draws) => (x: number) => number;
  unsubscribeFactor: number;
  usersFactor: number;
  /** What treatment makes of an order's worth. */
  orderFactor: (seed: number) => number;
  /** Weeks until an entry is mature, and the share of returns that come within them. */
  windowWeeks: number;
  seenInWindow: number;
  /** How much more unsubscribing the guardrail tolerates. */
  unsubscribeMargin: number;
}

function bump(factor: number): WorldKind['effect'] {
  return (draws) => {
    const [height, centre, width] = [draws.uniform(0.01, 0.06), draws.uniform(0.35, 0.75), draws.uniform(0.12, 0.3)];
    return (x) => factor * height * Math.exp(-0.5 * ((x - centre) / width) ** 2);
  };
}

const MIXED: WorldKind = {
  name: 'mixed',
  effect: bump(1),
  unsubscribeFactor: 1,
  usersFactor: 1,
  orderFactor: () => 1,
  windowWeeks: 0,
  seenInWindow: 1,
  // Harm counts by its price alone here; the guardrail has a run of its own.
  unsubscribeMargin: 1,
};

/** The worlds of the table. */
export const WORLDS: readonly WorldKind[] = [
  MIXED,
  { ...MIXED, name: 'mixed ×4', usersFactor: 4 },
  { ...MIXED, name: 'null', effect: bump(0) },
  { ...MIXED, name: 'harmful', unsubscribeFactor: 8 },
  {
    ...MIXED,
    name: 'monotone',
    effect: (draws) => {
      const height = draws.uniform(0.01, 0.06);
      return (x) => height * (0.1 + x);
    },
  },
  { ...MIXED, name: 'weak', effect: bump(0.35) },
  {
    ...MIXED,
    name: 'jagged',
    effect: (draws) => (x) => bump(1)(draws)(x),
  },
  { ...MIXED, name: 'delayed', windowWeeks: 4, seenInWindow: 0.92 },
  { ...MIXED, name: 'order value', orderFactor: (seed) => (seed % 2 === 0 ? 0.85 : 1.15) },
];

/** A world of one seed. */
export interface World {
  kind: WorldKind;
  seed: number;
  orderFactor: number;
  segments: SegmentTruth[];
}

/** Draws the world of a seed; the same seed gives every kind the same segments. */
export function createWorld(kind: WorldKind, seed: number): World {
  const segments = Array.from({ length: SEGMENTS }, (_, at): SegmentTruth => {
    const draws = drawsOf(seed, 100 + at);
    const users = kind.usersFactor * Math.exp(draws.uniform(Math.log(150), Math.log(6_000)));
    const parts = draws.parts(BANDS, 6);
    const margin = draws.uniform(18, 40);
    const coupon = draws.uniform(3, 7);
    const level = draws.uniform(0.7, 1.3);
    const effect = kind.effect(draws);
    const bands = parts.map((part, band) => {
      const x = band / (BANDS - 1);
      const returnUntreated = 0.3 * Math.exp(-3.2 * x) * level;
      return {
        users: users * part,
        returnUntreated,
        returnTreated: Math.min(1, returnUntreated + effect(x)),
        unsubscribe: Math.min(1, kind.unsubscribeFactor * (0.001 + 0.004 * x)),
      };
    });
    return { name: `segment-${String(at + 1).padStart(2, '0')}`, margin, coupon, bands };
  });
  return { kind, seed, orderFactor: kind.orderFactor(seed), segments };
}

/** True net value of treating one entry of a band, in minor units: what the learning has to find. */
export function trueValue(world: World, segment: SegmentTruth, band: BandTruth): number {
  const worth = segment.margin * ORDER_MEAN;
  return (
    CENTS *
    ((worth * world.orderFactor - segment.coupon) * band.returnTreated -
      worth * band.returnUntreated -
      COSTS.send -
      COSTS.unsubscribe * band.unsubscribe)
  );
}
