import type { Random } from '../../tests/support/seeded-random.ts';

/** ln n! up to the largest wave. */
const LARGEST = 100_000;
const LOG_FACTORIALS = new Float64Array(LARGEST + 1);
for (let n = 2; n <= LARGEST; n++) LOG_FACTORIALS[n] = LOG_FACTORIALS[n - 1]! + Math.log(n);

/**
 * An exact binomial draw by inversion outwards from the mode: about one standard deviation of steps, whatever n (Kemp 1986). `n` up to
 * 100,000.
 */
export function binomial(random: Random, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const logMode =
    LOG_FACTORIALS[n]! -
    LOG_FACTORIALS[mode]! -
    LOG_FACTORIALS[n - mode]! +
    mode * Math.log(p) +
    (n - mode) * Math.log(1 - p);
  let [below, above] = [mode - 1, mode + 1];
  let down = Math.exp(logMode);
  let up = down;
  let left = random.next() - down;
  while (left > 0 && (below >= 0 || above <= n)) {
    if (below >= 0) {
      down *= (below + 1) / ((n - below) * odds);
      left -= down;
      if (left <= 0) return below;
      below--;
    }
    if (above <= n) {
      up *= ((n - above + 1) * odds) / above;
      left -= up;
      if (left <= 0) return above;
      above++;
    }
  }
  return mode;
}
