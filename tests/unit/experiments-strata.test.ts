import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { welch } from '../../src/experiments/means.ts';
import { nonInferiority } from '../../src/experiments/non-inferiority.ts';
import { postStratifiedMean, postStratifiedRate } from '../../src/experiments/post-stratified.ts';
import { newcombe } from '../../src/experiments/proportions.ts';
import { rateTest } from '../../src/experiments/rate-test.ts';
import type { Counts, Moments } from '../../src/experiments/shapes.ts';
import { oracle } from '../support/oracles.ts';
import { seededRandom } from '../support/seeded-random.ts';

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((entries) => fc.integer({ min: 0, max: entries }).map((converted): Counts => ({ converted, entries })));
const moments = fc.record({
  entries: fc.integer({ min: 2, max: 500 }),
  mean: fc.double({ min: 0, max: 1e4, noNaN: true }),
  m2: fc.double({ min: 1e-3, max: 1e8, noNaN: true }),
});
const nobody: Counts & Moments = { converted: 0, entries: 0, mean: 0, m2: 0 };

describe('one stratum', () => {
  test('gives the pooled result of rates to the digit, beside strata with nobody on one side too', () => {
    fc.assert(
      fc.property(counts, counts, (arm, against) => {
        const plain = { ...newcombe(arm, against), p: rateTest(arm, against)!.p };
        expect(postStratifiedRate([{ arm, against }])).toMatchObject(plain);
        expect(
          postStratifiedRate([
            { arm, against },
            { arm, against: nobody },
          ]),
        ).toMatchObject(plain);
      }),
    );
  });

  test('gives Welch to the digit', () => {
    fc.assert(
      fc.property(moments, moments, (arm, against) => {
        const { value, se, low, high, p } = welch(arm, against)!;
        expect(postStratifiedMean([{ arm, against }])).toEqual({ value, se, low, high, p });
      }),
    );
  });
});

test('without a stratum that has both sides there is no effect', () => {
  const arm = { converted: 3, entries: 9, mean: 1, m2: 2 };
  expect(postStratifiedRate([{ arm, against: nobody }])).toBeNull();
  expect(postStratifiedMean([])).toBeNull();
});

describe('several strata', () => {
  test('are weighted by their entries, whatever the allocation inside', () => {
    const strata = [
      { arm: { converted: 90, entries: 900 }, against: { converted: 5, entries: 100 } },
      { arm: { converted: 20, entries: 100 }, against: { converted: 270, entries: 900 } },
    ];
    const effect = postStratifiedRate(strata)!;
    expect(effect.value).toBeCloseTo(0.5 * (0.1 - 0.05) + 0.5 * (0.2 - 0.3), 12);
  });

  test('hold their estimate, have a width and a p in [0, 1], and turn round with the groups', () => {
    const strata = fc.array(fc.record({ arm: counts, against: counts }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(strata, (list) => {
        const effect = postStratifiedRate(list)!;
        expect(effect.se).toBeGreaterThan(0);
        expect(effect.low).toBeLessThanOrEqual(effect.value);
        expect(effect.high).toBeGreaterThanOrEqual(effect.value);
        expect(effect.p >= 0 && effect.p <= 1).toBe(true);
        const turned = postStratifiedRate(list.map(({ arm, against }) => ({ arm: against, against: arm })))!;
        expect(turned.low).toBeCloseTo(-effect.high, 10);
        expect(turned.p).toBeCloseTo(effect.p, 10);
      }),
    );
  });

  test('a hundred strata with two held out each and no event claim no more than one stratum with all of them', () => {
    const part = { arm: { converted: 0, entries: 18 }, against: { converted: 0, entries: 2 } };
    const many = postStratifiedRate(Array.from({ length: 100 }, () => part))!;
    const one = newcombe({ converted: 0, entries: 1800 }, { converted: 0, entries: 200 });
    expect(many.low).toBeCloseTo(one.low, 3);
    expect(many.p).toBe(1);
  });

  test('a cell without spread takes the spread of its group', () => {
    const arm = { entries: 100, mean: 2, m2: 400 };
    const spread = { arm, against: { entries: 20, mean: 1, m2: 90 } };
    const flat = { arm, against: { entries: 3, mean: 0, m2: 0 } };
    const { se } = postStratifiedMean([spread, flat])!;
    const held = 90 / (19 + 2);
    const [first, second] = [120 / 223, 103 / 223];
    const variance = first ** 2 * (400 / 99 / 100 + 90 / 19 / 20) + second ** 2 * (400 / 99 / 100 + held / 3);
    expect(se).toBeCloseTo(Math.sqrt(variance), 12);
  });
});

test('covers the true difference at small holdouts in strata that changed', () => {
  const random = seededRandom(12);
  const draw = (entries: number, p: number): Counts => {
    let converted = 0;
    for (let entry = 0; entry < entries; entry++) if (random.chance(p)) converted++;
    return { converted, entries };
  };
  const designs = [
    { treated: 380, held: 20, p0: 0.02 },
    { treated: 200, held: 40, p0: 0.1 },
    { treated: 90, held: 10, p0: 0.05 },
  ];
  const rounds = 1500;
  let covered = 0;
  for (let round = 0; round < rounds; round++) {
    const strata = designs.map(({ treated, held, p0 }) => ({ arm: draw(treated, p0 + 0.02), against: draw(held, p0) }));
    const { low, high } = postStratifiedRate(strata)!;
    if (low <= 0.02 && high >= 0.02) covered++;
  }
  expect(covered / rounds).toBeGreaterThan(0.94);
});

interface Judged extends Record<'k1' | 'n1' | 'k0' | 'n0' | 'margin', number> {
  verdict_newcombe: string;
}

describe('non-inferiority', () => {
  test('passes only under the margin, and the oracle agrees', ({ skip }) => {
    for (const c of (oracle('ab.json', skip) as { noninferiority: Judged[] }).noninferiority) {
      const harm = newcombe({ converted: c.k1, entries: c.n1 }, { converted: c.k0, entries: c.n0 });
      const expected = c.verdict_newcombe === 'non-inferior' ? 'pass' : c.verdict_newcombe;
      expect(nonInferiority(harm, c.margin)).toBe(expected);
    }
  });

  test('calls inferior what lies above the margin, and nothing else', () => {
    expect(nonInferiority({ low: 0.003, high: 0.01 }, 0.002)).toBe('inferior');
    expect(nonInferiority({ low: 0.001, high: 0.01 }, 0.002)).toBe('inconclusive');
    expect(nonInferiority({ low: -0.01, high: 0.002 }, 0.002)).toBe('inconclusive');
    expect(nonInferiority({ low: -0.01, high: 0.001 }, 0.002)).toBe('pass');
  });
});
