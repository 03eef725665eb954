const MOST_STEPS = 300;

/** What a search looks at: a function that grows, and its slope. Infinities are allowed; they only say which way to go. */
export interface Ascent {
  value: number;
  slope: number;
}

/** The root of a growing function in [low, high], by Newton steps from `start`, halving wherever one leaves the bracket. */
export function growingRoot(input: { at: (u: number) => Ascent; low: number; high: number; start: number }): number {
  let { low, high } = input;
  let u = Math.min(Math.max(input.start, low), high);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, slope } = input.at(u);
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
