/** Two ends of an interval, low ≤ high; same unit as what it is an interval of. */
export interface Interval {
  low: number;
  high: number;
}

/** A rate in counts: `converted` of `entries`, 0 ≤ converted ≤ entries. */
export interface Counts {
  converted: number;
  entries: number;
}

/** A mean in centred sums: `m2` is the sum of squared deviations from `mean`. */
export interface Moments {
  entries: number;
  mean: number;
  m2: number;
}

/** One day (or stratum × day) of a treated group (1) against its comparator (0): entries n, of which k converted. */
export interface Day {
  n1: number;
  k1: number;
  n0: number;
  k0: number;
}
