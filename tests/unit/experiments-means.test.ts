import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cuped, type CovariateMoments } from '../../src/experiments/cuped.ts';
import { combineMoments, steadied, studentInterval, type TestedEffect, welch } from '../../src/experiments/means.ts';
import { compareRatios, type RatioMoments } from '../../src/experiments/ratio.ts';
import { relativeMean } from '../../src/experiments/relative-lift.ts';
import type { Moments } from '../../src/experiments/shapes.ts';
import { shrinkEffects } from '../../src/experiments/shrinkage.ts';
import { largestError, oracle } from '../support/oracles.ts';

const EXACT = 1e-9;

function momentsOf(values: readonly number[]): Moments {
  return combineMoments(values.map((mean) => ({ entries: 1, mean, m2: 0 })));
}

type Pair = [number, number];

interface Group {
  n: number;
  mean: number;
  m2: number;
  pre_mean: number;
  pre_m2: number;
  cross_m2: number;
}

interface Revenue {
  name: string;
  t: Group;
  c: Group;
  welch?: { diff: number; t: number; df: number; p: number; ci95: Pair };
  relative_delta: { rel: number };
  gb_raw_relative: { ci: Pair };
  gb_cuped_absolute: { ci: Pair };
  cuped?: {
    theta_pooled: number;
    theta_within: number;
    diff: number;
    se: number;
    p_welch: number;
    df: number;
    var_ratio: number;
  };
}

const fromOracle = (group: Group): CovariateMoments => ({
  entries: group.n,
  mean: group.mean,
  m2: group.m2,
  before: { mean: group.pre_mean, m2: group.pre_m2 },
  cross: group.cross_m2,
});

test('Welch, relative lift and CUPED agree with the oracle to 1e-9, and its failures have no answer', ({ skip }) => {
  for (const c of (oracle('ab.json', skip) as { revenue: Revenue[] }).revenue) {
    const [arm, against] = [fromOracle(c.t), fromOracle(c.c)];
    const check = (what: string, actual: number[], expected: number[]): void =>
      expect(largestError(actual, expected), `${c.name}: ${what}`).toBeLessThan(EXACT);
    const plain = welch(arm, against);
    if (c.welch === undefined) {
      expect([plain, relativeMean(arm, against), cuped({ arm, against })]).toEqual([null, null, null]);
      continue;
    }
    const { diff, t, df, p, ci95 } = c.welch;
    check('welch', [plain!.value, plain!.t, plain!.df, plain!.p, plain!.low, plain!.high], [diff, t, df, p, ...ci95]);
    const relative = relativeMean(arm, against)!;
    check('relative', [relative.value, relative.low, relative.high], [c.relative_delta.rel, ...c.gb_raw_relative.ci]);
    if (c.cuped === undefined) continue;
    const { theta, effect, varianceRatio } = cuped({ arm, against, thetaFrom: 'total' })!;
    const known = c.cuped;
    check(
      'cuped',
      [theta, effect.value, effect.se, effect.p, effect.df, varianceRatio],
      [known.theta_pooled, known.diff, known.se, known.p_welch, known.df, known.var_ratio],
    );
    check('cuped interval', [effect.low, effect.high], c.gb_cuped_absolute.ci);
    const within = cuped({ arm, against });
    if (within) check('theta within', [within.theta], [known.theta_within]);
  }
});

interface RatioGroup {
  n: number;
  num_sum: number;
  num_sq: number;
  den_sum: number;
  den_sq: number;
  cross: number;
}

interface KnownEffect {
  expected: number;
  ci: Pair;
  p: number;
  se: number;
}

interface KnownRatio {
  t: RatioGroup;
  c: RatioGroup;
  gb_absolute: KnownEffect;
  gb_relative: KnownEffect;
}

test('ratio metrics agree with the oracle to 1e-9', ({ skip }) => {
  const moments = (group: RatioGroup): RatioMoments => ({
    entries: group.n,
    numerator: { mean: group.num_sum / group.n, m2: group.num_sq - group.num_sum ** 2 / group.n },
    denominator: { mean: group.den_sum / group.n, m2: group.den_sq - group.den_sum ** 2 / group.n },
    cross: group.cross - (group.num_sum * group.den_sum) / group.n,
  });
  for (const c of (oracle('ab.json', skip) as { ratio: KnownRatio[] }).ratio) {
    const { absolute, relative } = compareRatios(moments(c.t), moments(c.c))!;
    const numbers = (effect: Omit<TestedEffect, 't' | 'df'>): number[] => [
      effect.value,
      effect.low,
      effect.high,
      effect.p,
      effect.se,
    ];
    const known = (effect: KnownEffect): number[] => [effect.expected, ...effect.ci, effect.p, effect.se];
    expect(largestError(numbers(absolute), known(c.gb_absolute))).toBeLessThan(EXACT);
    expect(largestError(numbers(relative!), known(c.gb_relative))).toBeLessThan(EXACT);
  }
});

interface KnownShrinkage {
  tau2: number;
  mu: number;
  posterior_mean: number[];
}

interface Shrinkage {
  effect: number[];
  var: number[];
  dl: KnownShrinkage;
  pm: KnownShrinkage;
}

test('shrinkage agrees with the oracle to 1e-9 by both estimators', ({ skip }) => {
  for (const c of (oracle('ab.json', skip) as { shrinkage: Shrinkage[] }).shrinkage) {
    const effects = c.effect.map((value, at) => ({ value, variance: c.var[at]! }));
    for (const [method, known] of [['dersimonian_laird', c.dl] as const, ['paule_mandel', c.pm] as const]) {
      const shrunk = shrinkEffects(effects, method)!;
      const actual = [shrunk.tau2, shrunk.mu, ...shrunk.posterior.map(({ mean }) => mean)];
      expect(largestError(actual, [known.tau2, known.mu, ...known.posterior_mean])).toBeLessThan(EXACT);
    }
  }
});

// By hand: equal variances v, so both estimators are var(y) − v and mu the plain mean.
test.each(['dersimonian_laird', 'paule_mandel'] as const)('%s finds the variance between effects', (method) => {
  const effects = [-2, 0, 2].map((value) => ({ value, variance: 1 }));
  const { tau2, mu, posterior } = shrinkEffects(effects, method)!;
  expect(tau2).toBeCloseTo(3, 12);
  expect(mu).toBeCloseTo(0, 12);
  expect(posterior[2]!.mean).toBeCloseTo(1.5, 12);
  expect(posterior[2]!.sd).toBeCloseTo(Math.sqrt(0.75), 12);
});

test('effects without a variance can’t be shrunk', () => {
  expect(shrinkEffects([], 'paule_mandel')).toBeNull();
  expect(shrinkEffects([{ value: 1, variance: 0 }], 'dersimonian_laird')).toBeNull();
});

describe('centred sums', () => {
  // EXPERIMENTS.md §1: at mean 10⁶ and sd 1.4 sums of squares are off by 3·10⁻⁴.
  test('keep the variance of large amounts with a small spread', () => {
    const values = Array.from({ length: 10_000 }, (_, at) => 1e6 + (at % 2 === 0 ? 1.4 : -1.4));
    const { mean, m2 } = momentsOf(values);
    expect(mean).toBeCloseTo(1e6, 6);
    expect(m2 / values.length / 1.96 - 1).toBeCloseTo(0, 9);
  });

  test('come out the same in whatever parts they are joined', () => {
    const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1 }), fc.nat(), (values, cut) => {
        const at = cut % values.length;
        const joined = combineMoments([momentsOf(values.slice(0, at)), momentsOf(values.slice(at))]);
        const whole = momentsOf(values);
        expect(joined.entries).toBe(values.length);
        expect(joined.mean).toBeCloseTo(whole.mean, 6);
        expect(Math.abs(joined.m2 - whole.m2)).toBeLessThanOrEqual(1e-9 * (1 + whole.m2));
      }),
    );
  });
});

const group = fc.record({
  entries: fc.integer({ min: 2, max: 10_000 }),
  mean: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  m2: fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
});

test('an effect turns round with the groups, and its interval holds it', () => {
  fc.assert(
    fc.property(group, group, (arm, against) => {
      const [effect, turned] = [welch(arm, against)!, welch(against, arm)!];
      expect(turned.value + effect.value).toBe(0);
      expect(turned.p).toBe(effect.p);
      expect(turned.low).toBeCloseTo(-effect.high, 6);
      expect(effect.p).toBeGreaterThanOrEqual(0);
      expect(effect.p).toBeLessThanOrEqual(1);
      expect(effect.low <= effect.value && effect.value <= effect.high).toBe(true);
      expect(effect.low > 0 || effect.high < 0).toBe(effect.p < 0.05);
    }),
  );
});

test('groups that can’t tell their spread get no interval', () => {
  const [one, flat] = [
    { entries: 1, mean: 5, m2: 0 },
    { entries: 50, mean: 2, m2: 0 },
  ];
  expect(welch(one, { entries: 9, mean: 1, m2: 4 })).toBeNull();
  expect(welch(flat, flat)).toBeNull();
  expect(studentInterval(one)).toBeNull();
  expect(studentInterval(flat)).toBeNull();
  expect(relativeMean({ entries: 9, mean: 1, m2: 4 }, { entries: 9, mean: 0, m2: 4 })).toBeNull();
});

test('one enormous order moves the mean and widens its interval instead of winning', () => {
  const whale = momentsOf([100_000, ...Array.from({ length: 999 }, () => 0)]);
  const rest = momentsOf(Array.from({ length: 1000 }, (_, at) => (at < 20 ? 50 : 0)));
  const effect = welch(whale, rest)!;
  expect(effect.value).toBeCloseTo(99, 9);
  expect(effect.low).toBeLessThan(0);
});

describe('the variance of a small holdout', () => {
  const large = { entries: 9000, mean: 2, m2: 9000 * 100 };

  test('is held up near the pooled one, so that a low mean doesn’t look certain', () => {
    const missedTheLargeOrders = { entries: 450, mean: 1.2, m2: 450 * 20 };
    const { arm, against } = steadied(large, missedTheLargeOrders);
    const pooled = (large.m2 + missedTheLargeOrders.m2) / 9448;
    expect(arm).toEqual(large);
    expect(against.m2).toBeCloseTo(0.95 * pooled * 449, 6);
    expect(welch(large, missedTheLargeOrders)!.p).toBeLessThan(0.01);
    expect(welch(arm, against)!.p).toBeGreaterThan(0.05);
  });

  test('stays where it is high already, and between groups of one size', () => {
    const own = { entries: 450, mean: 2, m2: 450 * 300 };
    expect(steadied(large, own).against).toEqual(own);
    const [quiet, loud] = [
      { entries: 500, mean: 2, m2: 10 },
      { entries: 500, mean: 2, m2: 10_000 },
    ];
    expect(steadied(quiet, loud)).toEqual({ arm: quiet, against: loud });
  });
});
