import type { LogOddsCell } from '../../domain/warning-accuracy.ts';
import type { Estimate } from '../../domain/read.ts';
import { criticalZ } from '../proportions.ts';

/** Logistic regression of having left on the score's log odds: logit P(left) = intercept + slope·logit(score). */
export interface Recalibration {
  slope: Estimate;
  intercept: Estimate;
}

const MOST_ROUNDS = 60;
const SETTLED = 1e-10;
/** A coefficient beyond it runs away: some log odds part those who left from those who came back. */
const RUNAWAY = 30;

/** Sums of the score equations and of the information matrix at given coefficients. */
function equations(cells: readonly LogOddsCell[], [intercept, slope]: readonly [number, number]) {
  const sums = { u0: 0, u1: 0, i00: 0, i01: 0, i11: 0 };
  for (const { logOdds, entries, left } of cells) {
    const chance = 1 / (1 + Math.exp(-(intercept + slope * logOdds)));
    const residual = left - entries * chance;
    const weight = entries * chance * (1 - chance);
    sums.u0 += residual;
    sums.u1 += residual * logOdds;
    sums.i00 += weight;
    sums.i01 += weight * logOdds;
    sums.i11 += weight * logOdds * logOdds;
  }
  return { ...sums, determinant: sums.i00 * sums.i11 - sums.i01 * sums.i01 };
}

/** Fits by Newton's method (IRLS; Cox 1958), with Wald intervals. Null where no finite fit exists: one outcome only, one score only, or scores that part the outcomes. */
export function recalibrate(cells: readonly LogOddsCell[], level = 0.95): Recalibration | null {
  let at: [number, number] = [0, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { u0, u1, i00, i01, i11, determinant } = equations(cells, at);
    if (!(determinant > Number.EPSILON * i00 * i11)) return null;
    const step: [number, number] = [(i11 * u0 - i01 * u1) / determinant, (i00 * u1 - i01 * u0) / determinant];
    at = [at[0] + clamp(step[0]), at[1] + clamp(step[1])];
    if (Math.abs(at[0]) > RUNAWAY || Math.abs(at[1]) > RUNAWAY) return null;
    if (Math.abs(step[0]) < SETTLED && Math.abs(step[1]) < SETTLED) return withErrors(cells, at, criticalZ(level));
  }
  return null;
}

/** A far start must not throw a step beyond recall. */
function clamp(step: number): number {
  return Math.max(-2, Math.min(2, step));
}

function withErrors(cells: readonly LogOddsCell[], at: readonly [number, number], z: number): Recalibration {
  const { i00, i11, determinant } = equations(cells, at);
  const around = (value: number, variance: number): Estimate => {
    const half = z * Math.sqrt(variance);
    return { value, low: value - half, high: value + half };
  };
  return { intercept: around(at[0], i11 / determinant), slope: around(at[1], i00 / determinant) };
}
