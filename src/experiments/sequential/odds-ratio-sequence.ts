import { type ConditionalLaw, conditionalLaw } from '../hypergeometric.ts';
import type { Day, Interval } from '../shapes.ts';
import { lastNegative, stepUntil } from './bracket.ts';
import { cumulantSum } from './cumulant-sum.ts';
import { EFFECTS, logMixture } from './mixture.ts';

const SMALL = 1e-3;
const SMALLEST_LIFT = 1e-10;

/** What the days so far say about the log odds ratio. */
interface Evidence {
  add(law: ConditionalLaw): void;
  /** ln E − ln(1/α) against the null "log odds ratio = value", the mixture centred there: rejected where it isn't under 0. */
  excess(value: number): number;
  /** A value that isn't rejected. */
  accepted(): number;
}

function gatherEvidence(threshold: number): Evidence {
  const sum = cumulantSum();
  const cumulants = new Float64Array(EFFECTS.length);
  /** The arm's conversions above the least possible number, and the largest such number. */
  let [observed, span, last] = [0, 0, 0];
  const excess = (value: number): number => {
    if (value === -Infinity) cumulants.fill(0);
    else if (value === Infinity) EFFECTS.forEach((effect, at) => (cumulants[at] = effect * span));
    else sum.aroundBets(value, cumulants);
    return logMixture(observed, cumulants) - threshold;
  };
  const expectsTooMuch = (value: number): number =>
    sum.at(value + SMALL) - sum.at(value - SMALL) - 2 * SMALL * observed;
  /** The conditional maximum-likelihood value: every bet against it has lost (S is convex, so that E ≤ 1). */
  const likeliest = (): number => {
    if (observed === 0) return stepUntil((value) => excess(value) < 0, 0, -1);
    if (observed === span) return stepUntil((value) => excess(value) < 0, 0, 1);
    const sign = expectsTooMuch(0) < 0 ? 1 : -1;
    const beyond = stepUntil((value) => expectsTooMuch(value) < 0 !== (sign === 1), 0, sign);
    return sign === 1 ? lastNegative(expectsTooMuch, 0, beyond) : lastNegative(expectsTooMuch, beyond, 0);
  };
  return {
    add(law) {
      sum.add(law);
      observed += law.observed;
      span += law.span;
    },
    excess,
    accepted() {
      if (!(excess(last) < 0)) last = likeliest();
      return last;
    },
  };
}

/** The values that the evidence doesn't reject; an end is infinite where there is too little to bound it. */
function acceptedSet({ excess, accepted }: Evidence): Interval {
  const inside = accepted();
  const end = (sign: 1 | -1): number => {
    if (excess(sign * Infinity) < 0) return sign * Infinity;
    const outside = stepUntil((value) => excess(value) >= 0, inside, sign);
    return excess(outside) < 0 ? sign * Infinity : lastNegative(excess, inside, outside);
  };
  return { low: end(-1), high: end(1) };
}

/** What was once rejected stays rejected: an interval that takes the place of one that excluded 0 keeps to its side. */
function withoutZero(today: Interval, before: Interval): Interval {
  const holdsZero = today.low <= 0 && today.high >= 0;
  if (holdsZero && before.low > 0) return { low: SMALLEST_LIFT, high: Math.max(today.high, SMALLEST_LIFT) };
  if (holdsZero && before.high < 0) return { low: Math.min(today.low, -SMALLEST_LIFT), high: -SMALLEST_LIFT };
  return today;
}

/**
 * Always-valid interval of the log odds ratio after each day: all values whose e-process (`eProcess` with the mixture centred at the
 * value) stayed under 1/(1 − level) on every day so far. It excludes 0 exactly when E ≥ 1/(1 − level) was reached. An end is infinite
 * as long as one side has too few events to bound it. When the sets of two days don't meet (a lasting odds ratio does that with a
 * probability of at most 1 − level, so the effect has changed), it starts afresh from all data, but for 0.
 */
export function oddsRatioTrace(days: readonly Day[], level: number): Interval[] {
  const evidence = gatherEvidence(-Math.log(1 - level));
  let running: Interval = { low: -Infinity, high: Infinity };
  return days.map((day) => {
    const law = conditionalLaw(day);
    if (law.span === 0) return running;
    evidence.add(law);
    if (evidence.excess(running.low) < 0 && evidence.excess(running.high) < 0) return running;
    const today = acceptedSet(evidence);
    const both = { low: Math.max(running.low, today.low), high: Math.min(running.high, today.high) };
    running = both.low <= both.high ? both : withoutZero(today, running);
    return running;
  });
}

/** The interval of `oddsRatioTrace` after the last day. Null without days. */
export function oddsRatioSequence(days: readonly Day[], level: number): Interval | null {
  return oddsRatioTrace(days, level).at(-1) ?? null;
}
