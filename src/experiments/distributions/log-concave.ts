import { panelIntegral } from './gauss-legendre.ts';

/** Logarithm of a positive function and its derivative at a point. */
export interface LogValue {
  log: number;
  slope: number;
}

/** The product of positive functions, in logarithms. */
export function logProduct(factors: readonly ((z: number) => LogValue)[]): (z: number) => LogValue {
  return (z) => {
    const sum = { log: 0, slope: 0 };
    for (const factor of factors) {
      const { log, slope } = factor(z);
      sum.log += log;
      sum.slope += slope;
    }
    return sum;
  };
}

const MOST_SPLITS = 200;
const PRECISION = 1e-11;
/** A panel that adds less is the last: beyond it a log-concave function falls faster still. */
const NEGLIGIBLE = 1e-15;
/** A panel goes on until the logarithm has fallen by about this much. */
const PANEL_FALL = 4;

/** A point within half a standard deviation of the mode, and that deviation, by halving a bracket of the falling slope. */
function findPeak(f: (z: number) => LogValue, start: number, scale: number): { mode: number; sd: number } {
  const at = (z: number): { z: number; slope: number } => ({ z, slope: f(z).slope });
  let [low, high] = [at(start - scale), at(start + scale)];
  for (let step = 2 * scale; low.slope < 0; step *= 2) [low, high] = [at(low.z - step), low];
  for (let step = 2 * scale; high.slope > 0; step *= 2) [low, high] = [high, at(high.z + step)];
  for (;;) {
    const width = high.z - low.z;
    const sd = Math.sqrt(width / (low.slope - high.slope));
    const middle = at((low.z + high.z) / 2);
    if (!(width > sd / 2) || middle.z <= low.z || middle.z >= high.z) return { mode: middle.z, sd };
    if (middle.slope > 0) low = middle;
    else high = middle;
  }
}

/** A distance from the mode (negative: to its left) over which the logarithm falls by about PANEL_FALL. */
function panelWidth(f: (z: number) => LogValue, mode: number, sd: number): number {
  const peak = f(mode).log;
  const fall = (width: number): number => peak - f(mode + width).log;
  let width = 2 * sd;
  while (fall(width) < PANEL_FALL / 2) width *= 2;
  while (fall(width) > PANEL_FALL * 2) width /= 2;
  return width;
}

/** ∫ of one panel, halved until two halves agree with the whole: a step of another function may hide in it. */
function refined(
  g: (z: number) => number,
  panel: { from: number; to: number; whole: number },
  state: { tolerance: number; splits: number },
): number {
  const middle = (panel.from + panel.to) / 2;
  const left = panelIntegral(g, panel.from, middle);
  const right = panelIntegral(g, middle, panel.to);
  if (Math.abs(left + right - panel.whole) <= state.tolerance || state.splits >= MOST_SPLITS) return left + right;
  state.splits++;
  return (
    refined(g, { from: panel.from, to: middle, whole: left }, state) +
    refined(g, { from: middle, to: panel.to, whole: right }, state)
  );
}

/** ∫ on one side of the mode, panel after panel until one adds nothing. */
function sideIntegral(g: (z: number) => number, mode: number, width: number): number {
  const state = { tolerance: 0, splits: 0 };
  let sum = 0;
  for (let from = mode; ; from += width) {
    const whole = Math.abs(panelIntegral(g, from, from + width));
    state.tolerance = Math.max(state.tolerance, whole * PRECISION);
    const [low, high] = width > 0 ? [from, from + width] : [from + width, from];
    const added = refined(g, { from: low, to: high, whole }, state);
    sum += added;
    if (!(added > NEGLIGIBLE * sum)) return sum;
  }
}

/**
 * ln ∫ f over the real line for a log-concave f, by adaptive Gauss–Legendre panels outward from its mode: a narrow peak is
 * found by its slope, never by a grid. `start` and `scale`: where to look first, and in what steps.
 */
export function logIntegral(f: (z: number) => LogValue, start: number, scale: number): number {
  const { mode, sd } = findPeak(f, start, scale);
  const peak = f(mode).log;
  const g = (z: number): number => Math.exp(f(z).log - peak);
  const left = sideIntegral(g, mode, panelWidth(f, mode, -sd));
  const right = sideIntegral(g, mode, panelWidth(f, mode, sd));
  return peak + Math.log(left + right);
}
