import { expect, test } from 'vitest';
import { sampleRatio, sequentialSampleRatio } from '../../src/experiments/sample-ratio.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { largestError, oracle } from '../support/oracles.ts';

interface Ratio {
  name: string;
  users: number[];
  weights: number[];
  chi2: number;
  chi2_p: number;
}

interface Sequence {
  name: string;
  batches: number[][];
  probs: number[];
  trace: { log_bf: number; p: number }[];
}

test('sizes are tested as scipy does, and an arm of weight 0 that has users is a leak', ({ skip }) => {
  for (const { name, users, weights, chi2, chi2_p } of (oracle('ab.json', skip) as { srm: Ratio[] }).srm) {
    const ratio = sampleRatio({ observed: users, weights });
    expect(largestError([ratio.chi2!, ratio.p!], [chi2, chi2_p]), `case ${name}`).toBeLessThan(1e-9);
    expect(Math.abs(ratio.p! / chi2_p - 1), `case ${name}`).toBeLessThan(1e-10);
    expect(ratio.leaks, `case ${name}`).toEqual(name === 'zero_weight_arm_leak' ? [2] : []);
  }
});

// The oracle adds lnΓ of large numbers and loses half its digits with its largest batch; hence 1e-7 here, and mpmath below.
test('sizes looked at batch by batch agree with the oracle', ({ skip }) => {
  for (const { name, batches, probs, trace } of (oracle('ab.json', skip) as { srm_sequential: Sequence[] })
    .srm_sequential) {
    const steps = sequentialSampleRatio(batches, probs);
    const flat = steps.flatMap((step) => [step.logBayesFactor, step.p]);
    expect(
      largestError(
        flat,
        trace.flatMap((step) => [step.log_bf, step.p]),
      ),
      `case ${name}`,
    ).toBeLessThan(1e-7);
  }
});

// mpmath at 40 digits: lnΓ by loggamma.
test('ten million users keep all digits', () => {
  const steps = sequentialSampleRatio(
    [
      [50_000, 49_000],
      [500_000, 498_000],
      [5_000_000, 4_990_000],
    ],
    [0.5, 0.5],
  );
  const exact = [3.3928582990813427, 1.7116126043156192, 4.108725588379179];
  expect(
    largestError(
      steps.map((step) => step.logBayesFactor),
      exact,
    ),
  ).toBeLessThan(1e-13);
});

test('a fair coin looked at every day seldom raises an alarm, a crooked one soon does', () => {
  const random = seededRandom(5);
  const days = (share: number): number[][] =>
    Array.from({ length: 28 }, () => {
      let first = 0;
      for (let user = 0; user < 200; user++) if (random.chance(share)) first++;
      return [first, 200 - first];
    });
  const alarm = (share: number): boolean => sequentialSampleRatio(days(share), [0.5, 0.5]).at(-1)!.p < 0.05;
  const alarms = (share: number): number => Array.from({ length: 200 }, () => alarm(share)).filter(Boolean).length;
  expect(alarms(0.5)).toBeLessThanOrEqual(10);
  expect(alarms(0.55)).toBeGreaterThanOrEqual(190);
});

test('where there is nothing to compare there is no p, and a group of probability 0 is left to the leaks', () => {
  expect(sampleRatio({ observed: [0, 0], weights: [1, 1] })).toEqual({ chi2: null, df: 1, p: null, leaks: [] });
  expect(sampleRatio({ observed: [5, 1], weights: [1, 0] })).toEqual({ chi2: null, df: 0, p: null, leaks: [1] });
  expect(sequentialSampleRatio([[0, 0]], [0.5, 0.5])).toEqual([{ logBayesFactor: 0, p: 1 }]);
  const leaky = sequentialSampleRatio([[105, 95, 9]], [0.5, 0.5, 0]);
  expect(leaky).toEqual(sequentialSampleRatio([[105, 95]], [0.5, 0.5]));
});

test('counts and weights that make no sense are refused', () => {
  expect(() => sampleRatio({ observed: [1], weights: [1, 1] })).toThrow(/as many/);
  expect(() => sampleRatio({ observed: [-1, 2], weights: [1, 1] })).toThrow(/counts must/);
  expect(() => sequentialSampleRatio([[1, 2]], [-0.5, 1.5])).toThrow(/weights must/);
});
