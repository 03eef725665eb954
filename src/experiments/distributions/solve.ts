const MOST_STEPS = 300;

/** What a search looks at: a function that grows, and its slope by ln x. Infinities are allowed; they only say which way to go. */
export interface Ascent {
  value: number;
  slope: number;
}

function logRoot(at: (x: number) => Ascent, bracket: { low: number; high: number; start: number }): number {
  let { low, high } = bracket;
  let u = Math.min(Math.max(bracket.start, low), high);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, slope } = at(Math.exp(u));
    if (value === 0) return u;
    if (value < 0) low = u;
    else high = u;
    const newton = u - value / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - u) <= Number.EPSILON * Math.abs(next) || high - low <= Number.EPSILON * Math.abs(u))
      return next;
    u = next;
  }
  return u;
}

/**
 * The root x > 0 of a growing function, by Newton steps on ln x from `start`, halving wherever one leaves [low, high]; all
 * three are logarithms. A last step on x itself gives back the digits that ln x has no room for.
 */
export function positiveRoot(at: (x: number) => Ascent, bracket: { low: number; high: number; start: number }): number {
  const x = Math.exp(logRoot(at, bracket));
  const { value, slope } = at(x);
  const correction = value / slope;
  return Math.abs(correction) < 1e-9 ? x * (1 - correction) : x;
}
