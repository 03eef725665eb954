function requirePs(ps: readonly number[]): void {
  if (!ps.every((p) => p >= 0 && p <= 1)) throw new RangeError('every p must lie between 0 and 1');
}

/** Positions of the values in ascending order. */
function order(ps: readonly number[]): number[] {
  return ps.map((_, index) => index).toSorted((i, j) => (ps[i] ?? 0) - (ps[j] ?? 0));
}

/** p adjusted by Holm's step-down: max over smaller ones of (m − rank)·p, at most 1; family-wise error whatever the dependence (Holm 1979). @throws RangeError for a p outside 0..1 */
export function holm(ps: readonly number[]): number[] {
  requirePs(ps);
  const adjusted = [...ps];
  let highest = 0;
  for (const [rank, index] of order(ps).entries()) {
    highest = Math.min(1, Math.max(highest, (ps.length - rank) * (ps[index] ?? 1)));
    adjusted[index] = highest;
  }
  return adjusted;
}

/** p adjusted by Benjamini and Hochberg's step-up: min over larger ones of m·p/rank; false discovery rate (1995). @throws RangeError for a p outside 0..1 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  requirePs(ps);
  const adjusted = [...ps];
  let lowest = 1;
  for (const [fromLast, index] of order(ps).toReversed().entries()) {
    const own = ps[index] ?? 1;
    // Rounding must not lower a p.
    lowest = Math.min(lowest, Math.max(own, (ps.length * own) / (ps.length - fromLast)));
    adjusted[index] = lowest;
  }
  return adjusted;
}
