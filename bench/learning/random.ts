import { seededRandom } from '../../tests/support/seeded-random.ts';

/** Draws of one seed: every world and every strategy can be shown again by it. */
export interface Draws {
  uniform(from: number, to: number): number;
  /** Of `trials` with this chance, exactly binomial. */
  binomial(trials: number, chance: number): number;
  /** exp(N(−σ²/2, σ²)), of mean 1, capped. */
  lognormal(sigma: number, cap: number): number;
  /** Parts of 1, Dirichlet(shape, …, shape) for a whole shape. */
  parts(count: number, shape: number): number[];
  /** The whole number below or above, so that the mean is `value`. */
  round(value: number): number;
}

/** The draws of a seed; `stream` tells apart what must not depend on each other (the world, the weeks). */
export function drawsOf(seed: number, stream: number): Draws {
  const { next } = seededRandom(seed * 1009 + stream * 7919 + 1);
  const positive = (): number => 1 - next();
  const normal = (): number => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * next());
  // Second waiting time method (Devroye, Non-Uniform Random Variate Generation, X.4.3): exact, as fast as successes are few.
  const rare = (trials: number, chance: number): number => {
    const scale = Math.log1p(-chance);
    let [successes, waited] = [0, 0];
    for (;;) {
      waited += Math.floor(Math.log(positive()) / scale) + 1;
      if (waited > trials) return successes;
      successes += 1;
    }
  };
  return {
    uniform: (from, to) => from + next() * (to - from),
    binomial: (trials, chance) => {
      if (chance <= 0 || trials <= 0) return 0;
      if (chance >= 1) return trials;
      return chance <= 0.5 ? rare(trials, chance) : trials - rare(trials, 1 - chance);
    },
    lognormal: (sigma, cap) => Math.min(cap, Math.exp(sigma * normal() - sigma ** 2 / 2)),
    parts: (count, shape) => {
      const gammas = Array.from({ length: count }, () =>
        Array.from({ length: shape }, () => -Math.log(positive())).reduce((sum, part) => sum + part, 0),
      );
      const all = gammas.reduce((sum, part) => sum + part, 0);
      return gammas.map((part) => part / all);
    },
    round: (value) => Math.floor(value + next()),
  };
}
