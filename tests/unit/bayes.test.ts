import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareMeans, compareRates } from '../../src/experiments/bayes.ts';
import { largestError, oracle } from '../support/oracles.ts';

interface Case {
  name: string;
  k1: number;
  n1: number;
  k0: number;
  n0: number;
  bayes_beta11?: { p_t_gt_c: number; expected_loss_choose_t: number; expected_loss_choose_c: number };
}

const rates = (k1: number, n1: number, k0: number, n0: number) =>
  compareRates({ converted: k1, entries: n1 }, { converted: k0, entries: n0 });

test('chance to be better and both losses agree with the oracle to 1e-9', ({ skip }) => {
  for (const { name, k1, n1, k0, n0, bayes_beta11: exact } of (oracle('ab.json', skip) as { proportions: Case[] })
    .proportions) {
    if (exact === undefined) continue;
    const { chanceBetter, expectedLoss, expectedLossAgainst } = rates(k1, n1, k0, n0);
    const expected = [exact.p_t_gt_c, exact.expected_loss_choose_t, exact.expected_loss_choose_c];
    expect(largestError([chanceBetter, expectedLoss, expectedLossAgainst], expected), `case ${name}`).toBeLessThan(
      1e-9,
    );
  }
});

// EXPERIMENTS.md, table of chapter 1: a normal approximation says 0.5 here.
test('7 of 1000 against none of 1000 is better with 0.996', () => {
  expect(rates(7, 1000, 0, 1000).chanceBetter).toBeCloseTo(0.996, 3);
});

/** P(X > Y) for integer α of X: Σ B(αY + i, βX + βY)/((βX + i)·B(1 + i, βX)·B(αY, βY)) (Evan Miller), an exact finite sum. */
function chanceByFiniteSum(k1: number, n1: number, k0: number, n0: number): number {
  const logFactorials = [0];
  for (let i = 1; i <= n1 + n0 + 4; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  const logB = (a: number, b: number): number =>
    logFactorials[a - 1]! + logFactorials[b - 1]! - logFactorials[a + b - 1]!;
  const [ax, bx, ay, by] = [1 + k1, 1 + n1 - k1, 1 + k0, 1 + n0 - k0];
  let sum = 0;
  for (let i = 0; i < ax; i++)
    sum += Math.exp(logB(ay + i, bx + by) - Math.log(bx + i) - logB(1 + i, bx) - logB(ay, by));
  return sum;
}

const counts = fc
  .integer({ min: 0, max: 400 })
  .chain((entries) => fc.record({ entries: fc.constant(entries), converted: fc.integer({ min: 0, max: entries }) }));

test('the chance is the exact finite sum, turns round with the groups, and the losses differ by the lead', () => {
  fc.assert(
    fc.property(counts, counts, (arm, against) => {
      const there = compareRates(arm, against);
      const back = compareRates(against, arm);
      const exact = chanceByFiniteSum(arm.converted, arm.entries, against.converted, against.entries);
      expect(there.chanceBetter).toBeCloseTo(exact, 10);
      expect(there.chanceBetter + back.chanceBetter).toBeCloseTo(1, 12);
      expect(there.expectedLoss).toBeCloseTo(back.expectedLossAgainst, 12);
      const lead = (1 + arm.converted) / (2 + arm.entries) - (1 + against.converted) / (2 + against.entries);
      expect(there.expectedLossAgainst - there.expectedLoss).toBeCloseTo(lead, 12);
    }),
    { numRuns: 60 },
  );
});

test('a peak of a billion entries beside a wide one is not missed', () => {
  const { chanceBetter, expectedLoss } = rates(3, 10, 1e8, 1e9);
  // Against a rate that is all but known: P(Beta(4, 8) > 0.1) and E max(0.1 − X, 0), exact polynomials.
  expect(chanceBetter).toBeCloseTo(0.9814652388, 8);
  expect(expectedLoss).toBeCloseTo(0.00041036169666666667, 8);
});

test('groups that nobody entered leave the prior, and hopeless ones no NaN', () => {
  expect(rates(0, 0, 0, 0)).toEqual({
    chanceBetter: expect.closeTo(0.5, 12),
    expectedLoss: expect.closeTo(1 / 6, 12),
    expectedLossAgainst: expect.closeTo(1 / 6, 12),
  });
  expect(rates(1e9, 1e9, 0, 1e9)).toEqual({
    chanceBetter: 1,
    expectedLoss: 0,
    expectedLossAgainst: expect.closeTo(1, 8),
  });
});

// z = 2: Φ(2), and se·(φ(2) − 2Φ(−2)) = 0.5 × 0.00849070261682963 (mpmath).
test('means compare by their normal posterior', () => {
  expect(compareMeans({ value: 1, se: 0.5 })).toEqual({
    chanceBetter: expect.closeTo(0.9772498680518208, 14),
    expectedLoss: expect.closeTo(0.004245351308414815, 14),
    expectedLossAgainst: expect.closeTo(1.0042453513084149, 14),
  });
  expect(compareMeans({ value: 0, se: 0 })).toEqual({ chanceBetter: 0.5, expectedLoss: 0, expectedLossAgainst: 0 });
  expect(compareMeans({ value: -3, se: 0 })).toEqual({ chanceBetter: 0, expectedLoss: 3, expectedLossAgainst: 0 });
});

test('counts and errors that make no sense are refused', () => {
  expect(() => rates(2, 1, 0, 1)).toThrow(/converted must/);
  expect(() => rates(-1, 1, 0, 1)).toThrow(/converted must/);
  expect(() => rates(Number.NaN, 1, 0, 1)).toThrow(RangeError);
  expect(() => compareMeans({ value: Number.NaN, se: 1 })).toThrow(RangeError);
  expect(() => compareMeans({ value: 1, se: -1 })).toThrow(RangeError);
});
