import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { miettinenNurminen } from '../../src/experiments/miettinen-nurminen.ts';
import { clopperPearson, jeffreys, newcombe, rate, wilson } from '../../src/experiments/proportions.ts';
import { fisherExact, pooledZ, rateTest } from '../../src/experiments/rate-test.ts';
import { relativeRate } from '../../src/experiments/relative-lift.ts';
import type { Counts, Interval } from '../../src/experiments/shapes.ts';
import { largestError, oracle } from '../support/oracles.ts';
import { seededRandom } from '../support/seeded-random.ts';

const EXACT = 1e-9;

type Pair = [number, number];

interface Proportions {
  name: string;
  k1: number;
  n1: number;
  k0: number;
  n0: number;
  wilson95_t: Pair;
  wilson95_c: Pair;
  clopper_pearson95_t: Pair;
  jeffreys95_c: Pair;
  diff_ci95_newcombe: Pair;
  diff_ci95_miettinen_nurminen: Pair;
  z_pooled?: number;
  p_pooled: number;
  log10_p_pooled: number;
  p_fisher?: number;
  gb_ttest_relative: { expected: number; ci: Pair; error: string | null };
}
const ends = ({ low, high }: Interval): number[] => [low, high];

test('intervals and tests of rates agree with the oracle to 1e-9, and its failures have an answer', ({ skip }) => {
  for (const c of (oracle('ab.json', skip) as { proportions: Proportions[] }).proportions) {
    const arm = { converted: c.k1, entries: c.n1 };
    const against = { converted: c.k0, entries: c.n0 };
    if (c.n1 === 0) continue;
    const check = (what: string, actual: number[], expected: number[]): void =>
      expect(largestError(actual, expected), `${c.name}: ${what}`).toBeLessThan(EXACT);
    check('wilson', [...ends(wilson(arm)), ...ends(wilson(against))], [...c.wilson95_t, ...c.wilson95_c]);
    check('clopper-pearson', ends(clopperPearson(arm)), c.clopper_pearson95_t);
    check('jeffreys', ends(jeffreys(against)), c.jeffreys95_c);
    check('newcombe', ends(newcombe(arm, against)), c.diff_ci95_newcombe);
    check('miettinen-nurminen', ends(miettinenNurminen(arm, against)), c.diff_ci95_miettinen_nurminen);
    if (c.p_fisher !== undefined) check('fisher', [fisherExact(arm, against)!], [c.p_fisher]);
    const z = pooledZ(arm, against);
    if (c.z_pooled === undefined) expect(z).toBeNull();
    else check('z', [z!.z, z!.p, z!.log10P], [c.z_pooled, c.p_pooled, c.log10_p_pooled]);
    const relative = relativeRate(arm, against);
    const known = c.gb_ttest_relative;
    if (known.error === null)
      check('relative', [relative!.value, relative!.low, relative!.high], [known.expected, ...known.ci]);
  }
});

// scipy.stats.norm.sf, mpmath at 60 digits: ../shared/oracles/ab.json, huge_underflow.
test('says how small a p is that no double can hold', () => {
  const z = pooledZ({ converted: 1_000_000, entries: 10_000_000 }, { converted: 500_000, entries: 10_000_000 });
  expect(z!.p).toBe(0);
  expect(z!.log10P).toBeCloseTo(-39128.35491615021, 6);
});

describe('where libraries give up', () => {
  test('nobody of the arm converted: the relative lift is −100 % with an upper end by the ratio of Wilson limits', () => {
    const relative = relativeRate({ converted: 0, entries: 1000 }, { converted: 12, entries: 1000 })!;
    expect(relative).toMatchObject({ value: -1, low: -1 });
    expect(relative.high).toBeGreaterThan(-0.8);
    expect(relative.high).toBeLessThan(-0.5);
  });

  test('nobody of the comparator converted: there is no relative lift, and the difference has an interval', () => {
    const [arm, against] = [
      { converted: 1, entries: 3 },
      { converted: 0, entries: 2 },
    ];
    expect(relativeRate(arm, against)).toBeNull();
    expect(newcombe(arm, against).low).toBeLessThan(0);
  });

  test('everybody or nobody converted: nothing differs, and p is 1', () => {
    for (const converted of [0, 500]) {
      const group = { converted, entries: 500 };
      expect(rateTest(group, group)).toEqual({ p: 1, method: 'fisher' });
      expect(pooledZ(group, group)).toBeNull();
      expect(newcombe(group, group).high).toBeCloseTo(0.007624340461552245, 12);
    }
  });

  test('an empty group allows any difference and has no test', () => {
    const [nobody, some] = [
      { converted: 0, entries: 0 },
      { converted: 10, entries: 100 },
    ];
    expect(newcombe(nobody, some)).toEqual({ low: -1, high: 1 });
    expect(miettinenNurminen(some, nobody)).toEqual({ low: -1, high: 1 });
    expect(rateTest(nobody, some)).toBeNull();
    expect(pooledZ(nobody, some)).toBeNull();
    expect(relativeRate(nobody, some)).toBeNull();
    expect(wilson(nobody)).toEqual({ low: 0, high: 1 });
  });
});

const counts = fc
  .integer({ min: 1, max: 3000 })
  .chain((entries) => fc.integer({ min: 0, max: entries }).map((converted): Counts => ({ converted, entries })));
const mirrored = ({ low, high }: Interval): Interval => ({ low: -high, high: -low });

describe('for any counts', () => {
  test('an interval holds its estimate, stays in range, and turns round with the groups', () => {
    fc.assert(
      fc.property(counts, counts, (arm, against) => {
        const difference = rate(arm) - rate(against);
        for (const method of [newcombe, miettinenNurminen]) {
          const interval = method(arm, against);
          expect(interval.low).toBeLessThanOrEqual(difference + 1e-12);
          expect(interval.high).toBeGreaterThanOrEqual(difference - 1e-12);
          expect(interval.low).toBeGreaterThanOrEqual(-1);
          expect(interval.high).toBeLessThanOrEqual(1);
          const turned = mirrored(method(against, arm));
          expect(turned.low).toBeCloseTo(interval.low, 9);
          expect(turned.high).toBeCloseTo(interval.high, 9);
        }
        for (const method of [wilson, clopperPearson]) {
          expect(method(arm).low).toBeLessThanOrEqual(rate(arm));
          expect(method(arm).high).toBeGreaterThanOrEqual(rate(arm));
        }
      }),
      {
        examples: [
          [
            { converted: 1, entries: 1 },
            { converted: 1, entries: 4_977 },
          ],
        ],
      },
    );
  });

  test('p lies in [0, 1] and doesn’t care which group comes first', () => {
    fc.assert(
      fc.property(counts, counts, (arm, against) => {
        const [p, turned] = [rateTest(arm, against)!.p, rateTest(against, arm)!.p];
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(turned).toBeCloseTo(p, 9);
      }),
    );
  });

  test('a relative lift holds its estimate and is never without a width', () => {
    fc.assert(
      fc.property(counts, counts, (arm, against) => {
        const relative = relativeRate(arm, against);
        if (against.converted === 0) expect(relative).toBeNull();
        else {
          expect(relative!.low).toBeLessThanOrEqual(relative!.value + 1e-12);
          expect(relative!.high).toBeGreaterThan(relative!.value);
        }
      }),
    );
  });
});

test('Newcombe covers a true difference at a 5 % holdout about as often as it says', () => {
  const random = seededRandom(4);
  const draw = (entries: number, p: number): Counts => {
    let converted = 0;
    for (let entry = 0; entry < entries; entry++) if (random.chance(p)) converted++;
    return { converted, entries };
  };
  const rounds = 600;
  let covered = 0;
  for (let round = 0; round < rounds; round++) {
    const { low, high } = newcombe(draw(1900, 0.05), draw(100, 0.03));
    if (low <= 0.02 && high >= 0.02) covered++;
  }
  expect(covered / rounds).toBeGreaterThan(0.93);
  expect(covered / rounds).toBeLessThan(0.99);
});
