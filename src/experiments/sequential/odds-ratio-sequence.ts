import { conditionalLaw } from '../hypergeometric.ts';
import type { Day, Interval } from '../shapes.ts';
import { type CumulantSum, cumulantSum } from './cumulant-sum.ts';
import { logMixture } from './mixture.ts';

const SMALL = 1e-3;
const FIRST_STEP = 0.5;
const TOLERANCE = 1e-11;
const EVERYTHING: Interval = { low: -Infinity, high: Infinity };

/** What has been seen so far: S(t), the arm's conversions above the least possible number, and the largest such number. */
interface Evidence {
  sum: CumulantSum;
  observed: number;
  span: number;
}

/** ln E against the null "log odds ratio = value": the mixture is centred there, and the hypergeometric law tilted to it. */
function logEvidenceAgainst(value: number, { sum, observed, span }: Evidence): number {
  if (value === -Infinity) return logMixture(observed, () => 0);
  if (value === Infinity) return logMixture(observed, (effect) => effect * span);
  const base = sum.at(value);
  return logMixture(observed, (effect) => sum.at(value + effect) - base);
}

/** Goes from `from` in growing steps in the direction of `sign` until `found`. */
function stepUntil(found: (value: number) => boolean, from: number, sign: 1 | -1): number {
  let step = FIRST_STEP;
  while (!found(from + sign * step)) step *= 2;
  return from + sign * step;
}

/** Halves between a value where `holds` is true and one where it is false; gives back the former, `TOLERANCE` from the change. */
function lastWhere(holds: (value: number) => boolean, inside: number, outside: number): number {
  let [within, out] = [inside, outside];
  const split = (value: number): void => {
    if (holds(value)) within = value;
    else out = value;
  };
  // So that 0 falls on the side that its own e-value says.
  if (within * out < 0) split(0);
  while (Math.abs(out - within) > TOLERANCE) split((within + out) / 2);
  return within;
}

/** A value that isn't rejected: the conditional maximum-likelihood one, where every bet has lost (S is convex, so that E ≤ 1). */
function acceptedValue(evidence: Evidence, accepts: (value: number) => boolean): number {
  const { sum, observed, span } = evidence;
  if (observed === 0) return stepUntil(accepts, 0, -1);
  if (observed === span) return stepUntil(accepts, 0, 1);
  const expectsLess = (value: number): boolean => sum.at(value + SMALL) - sum.at(value - SMALL) < 2 * SMALL * observed;
  const start = expectsLess(0) ? 1 : -1;
  const beyond = stepUntil((value) => expectsLess(value) === (start === -1), 0, start);
  return lastWhere((value) => expectsLess(value) === (start === 1), 0, beyond);
}

/** The log odds ratios that the evidence so far doesn't reject. */
function acceptedSet(evidence: Evidence, accepts: (value: number) => boolean): Interval {
  const inside = acceptedValue(evidence, accepts);
  const end = (sign: 1 | -1): number => {
    if (accepts(sign * Infinity)) return sign * Infinity;
    return lastWhere(
      accepts,
      inside,
      stepUntil((value) => !accepts(value), inside, sign),
    );
  };
  return { low: end(-1), high: end(1) };
}

/** What was once rejected stays rejected: an interval that takes the place of one that excluded 0 keeps to its side. */
function withoutZero(today: Interval, before: Interval): Interval {
  const holdsZero = today.low <= 0 && today.high >= 0;
  if (holdsZero && before.low > 0) return { low: TOLERANCE, high: Math.max(today.high, TOLERANCE) };
  if (holdsZero && before.high < 0) return { low: Math.min(today.low, -TOLERANCE), high: -TOLERANCE };
  return today;
}

/**
 * Always-valid interval of the log odds ratio, one entry per day: all values whose e-process (`eProcess` with the mixture centred at
 * the value) stayed under 1/(1 − level) on every day so far. It excludes 0 exactly when E ≥ 1/(1 − level) was reached. An end is
 * infinite as long as one side has too few events to bound it. When the sets of two days don't meet (a lasting odds ratio does that
 * with a probability of at most 1 − level, so the effect has changed), it starts afresh from all data, but for 0. Null without days.
 */
export function oddsRatioSequence(days: readonly Day[], level: number): Interval | null {
  if (days.length === 0) return null;
  const threshold = -Math.log(1 - level);
  const evidence: Evidence = { sum: cumulantSum(), observed: 0, span: 0 };
  const accepts = (value: number): boolean => logEvidenceAgainst(value, evidence) < threshold;
  let running = EVERYTHING;
  for (const day of days) {
    const law = conditionalLaw(day);
    if (law.span === 0) continue;
    evidence.sum.add(law);
    evidence.observed += law.observed;
    evidence.span += law.span;
    if (accepts(running.low) && accepts(running.high)) continue;
    const today = acceptedSet(evidence, accepts);
    const both = { low: Math.max(running.low, today.low), high: Math.min(running.high, today.high) };
    running = both.low <= both.high ? both : withoutZero(today, running);
  }
  return running;
}
