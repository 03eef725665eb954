import { type ConditionalLaw, logSum } from '../hypergeometric.ts';
import { BETS_PER_UNIT, EFFECTS } from './mixture.ts';

/**
 * Nodes per cell of width 1. A day's cumulant function is analytic for |Im t| < π (the polynomial Σ P(x)·z^x has only negative
 * roots), so that Chebyshev interpolation on ±½ gains a factor of 12.6 per node: 16 reach the rounding of doubles.
 */
const NODES = 16;
const ANGLES = Array.from({ length: NODES }, (_, at) => (Math.PI * (2 * at + 1)) / (2 * NODES));
const POSITIONS = Float64Array.from(ANGLES, (angle) => 0.5 - 0.5 * Math.cos(angle));
const WEIGHTS = Float64Array.from(ANGLES, (angle, at) => (at % 2 === 0 ? 1 : -1) * Math.sin(angle));

/** S(t) = Σ_d ln Σ_x P_d(x)·e^(t·x) over the days added so far. */
export interface CumulantSum {
  add(law: ConditionalLaw): void;
  at(t: number): number;
  /** S(t + effect_j) − S(t) for every bet of the mixture, into `into`. */
  aroundBets(t: number, into: Float64Array): void;
}

/** Interpolates the sum over days cell by cell, each made when first asked for: then any t costs the same however many days there are. */
export function cumulantSum(): CumulantSum {
  const laws: ConditionalLaw[] = [];
  const cells = new Map<number, Float64Array>();
  const cellOf = (cell: number): Float64Array => {
    const known = cells.get(cell);
    if (known) return known;
    const values = new Float64Array(NODES);
    for (const law of laws) extend(cell, values, law);
    cells.set(cell, values);
    return values;
  };
  const at = (t: number): number => {
    const cell = Math.floor(t);
    return dot(cellOf(cell), interpolationWeights(t - cell));
  };
  return {
    add(law) {
      laws.push(law);
      for (const [cell, values] of cells) extend(cell, values, law);
    },
    at,
    aroundBets(t, into) {
      const base = at(t);
      // The bets lie a tenth apart, so that their ten positions within a cell come again in the next.
      for (let residue = 0; residue < BETS_PER_UNIT; residue++) {
        const start = t + EFFECTS[residue]!;
        const cell = Math.floor(start);
        const weights = interpolationWeights(start - cell);
        for (let bet = residue, step = 0; bet < EFFECTS.length; bet += BETS_PER_UNIT, step++) {
          into[bet] = dot(cellOf(cell + step), weights) - base;
        }
      }
    },
  };
}

function extend(cell: number, values: Float64Array, law: ConditionalLaw): void {
  for (let node = 0; node < NODES; node++) values[node]! += logSum(law, cell + POSITIONS[node]!);
}

/** Reused: a hundred thousand small arrays per read would cost more than the arithmetic. */
const scratch = new Float64Array(NODES);

/** What each node counts at a position in [0, 1): the barycentric formula of the second kind. */
function interpolationWeights(position: number): Float64Array {
  let total = 0;
  for (let node = 0; node < NODES; node++) {
    const distance = position - POSITIONS[node]!;
    if (distance === 0) return scratch.fill(0).fill(1, node, node + 1);
    const weight = WEIGHTS[node]! / distance;
    scratch[node] = weight;
    total += weight;
  }
  for (let node = 0; node < NODES; node++) scratch[node]! /= total;
  return scratch;
}

function dot(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let node = 0; node < NODES; node++) sum += values[node]! * weights[node]!;
  return sum;
}
