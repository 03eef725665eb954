import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRates } from '../../src/experiments/bayes.ts';
import { bestArmProbabilities, thompsonShares } from '../../src/experiments/best-arm.ts';
import { largestError, oracle } from '../support/oracles.ts';

interface Case {
  name: string;
  beta?: [number, number][];
  normal_mean_se?: [number, number][];
  p_best: number[];
  'weights_floor_0.02': number[];
}

test('chances to be the best arm, and the shares drawn from them, agree with the oracle to 1e-9', ({ skip }) => {
  for (const c of (oracle('ab.json', skip) as { best_arm: Case[] }).best_arm) {
    const best = bestArmProbabilities(
      c.beta?.map(([alpha, beta]) => ({ alpha, beta })) ?? c.normal_mean_se!.map(([mean, sd]) => ({ mean, sd })),
    );
    expect(largestError(best, c.p_best), `case ${c.name}`).toBeLessThan(1e-9);
    expect(largestError(thompsonShares(best, 0.02), c['weights_floor_0.02']), `case ${c.name}`).toBeLessThan(1e-9);
  }
});

// The oracle's first and second case, so that the test says something without the folder.
test('three close arms share the chance, and a dominated one keeps its digits', () => {
  const close = bestArmProbabilities([
    { alpha: 31, beta: 971 },
    { alpha: 36, beta: 966 },
    { alpha: 28, beta: 974 },
  ]);
  expect(largestError(close, [0.23167795631863888, 0.6657442614493613, 0.10257778223189973])).toBeLessThan(1e-12);
  const dominant = bestArmProbabilities([
    { alpha: 501, beta: 9501 },
    { alpha: 301, beta: 9701 },
  ]);
  expect(dominant[1]! / 2.1e-13).toBeGreaterThan(0.5);
  expect(bestArmProbabilities([{ mean: 3, sd: 1 }])).toEqual([1]);
});

const posterior = fc.record({
  alpha: fc.double({ min: 0.5, max: 1e6, noNaN: true }),
  beta: fc.double({ min: 0.5, max: 1e6, noNaN: true }),
});

test('chances add up to 1, and equal arms have equal ones', () => {
  fc.assert(
    fc.property(fc.array(posterior, { minLength: 1, maxLength: 4 }), (posteriors) => {
      const chances = bestArmProbabilities([...posteriors, posteriors[0]!]);
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
      expect(chances.every((chance) => chance >= 0)).toBe(true);
      expect(chances.at(-1)).toBeCloseTo(chances[0]!, 12);
    }),
    { numRuns: 30 },
  );
});

test('two arms agree with their comparison', () => {
  const [best] = bestArmProbabilities([
    { alpha: 8, beta: 994 },
    { alpha: 1, beta: 1001 },
  ]);
  const { chanceBetter } = compareRates({ converted: 7, entries: 1000 }, { converted: 0, entries: 1000 });
  expect(best).toBeCloseTo(chanceBetter, 12);
});

test('shares never fall under the floor, and a floor that leaves nothing is refused', () => {
  expect(thompsonShares([1, 0, 0], 0.1)).toEqual([expect.closeTo(0.8, 15), 0.1, 0.1]);
  expect(() => thompsonShares([0.5, 0.5], 0.6)).toThrow(/floor must/);
  expect(() =>
    bestArmProbabilities([
      { mean: 1, sd: 0 },
      { mean: 2, sd: 1 },
    ]),
  ).toThrow(RangeError);
  expect(() =>
    bestArmProbabilities([
      { alpha: 0, beta: 1 },
      { alpha: 1, beta: 1 },
    ]),
  ).toThrow(RangeError);
});
