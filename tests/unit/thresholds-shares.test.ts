import { expect, test } from 'vitest';
import type { ArmEvidence, LearnInput } from '../../src/domain/learning.ts';
import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { aLearnInput, aPolicy } from '../support/learning.ts';

type Thompson = NonNullable<LearnInput['thompson']>;

function arm(name: string, converted: number, entries = 1_000): ArmEvidence {
  const netSum = 2_000 * converted;
  return { action: 'coupon', arm: name, entries, converted, netSum, netM2: 2_000 ** 2 * converted };
}

function sampled(changes: Partial<Thompson>, armShares = { big: 0.4, none: 0.2, small: 0.4 }, freezes = {}) {
  const thompson: Thompson = {
    floor: 0.05,
    fixedPart: 0.2,
    goal: 'count',
    fileShares: { coupon: { big: 0.4, none: 0.2, small: 0.4 } },
    controlArms: { coupon: ['none'] },
    arms: [arm('big', 150), arm('small', 60), arm('none', 50)],
    ...changes,
  };
  const policies = [aPolicy({ armShares, ...freezes })];
  return learnThresholds(aLearnInput({ thompson, policies })).policies[0]!;
}

test.each(['count', 'revenue'] as const)('the better arm by %s gets more, the control arm keeps its share', (goal) => {
  const [proposal] = sampled({ goal }).proposals;
  expect(proposal?.kind).toBe('arm_shares');
  const shares = proposal!.to.armShares;
  expect(shares.none).toBe(0.2);
  // fixedPart·0.4 + 0.8·0.8·(0.05 + 0.9·P) with P ≈ 1 and ≈ 0.
  expect(shares.big).toBeCloseTo(0.08 + 0.64 * 0.95, 3);
  expect(shares.small).toBeCloseTo(0.08 + 0.64 * 0.05, 3);
  expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(proposal!.sentence).toMatch(/big 69 % \(best with a chance of (over 99|100) %\), small 11 %/);
});

test('under 100 entries of an arm the shares stay', () => {
  expect(sampled({ arms: [arm('big', 90, 500), arm('small', 9, 99), arm('none', 5)] }).proposals).toEqual([]);
});

test('shares that fit already are no new version', () => {
  const [first] = sampled({}).proposals;
  expect(sampled({}, first!.to.armShares as never).proposals).toEqual([]);
});

test('a sample-ratio alarm holds the shares as well', () => {
  const freezes = [{ reason: 'sample_ratio', sentence: 'Sample ratio.' }];
  expect(sampled({}, undefined, { freezes }).proposals).toEqual([]);
});

test('one arm beside the control leaves nothing to sample', () => {
  const fileShares = { coupon: { big: 0.8, none: 0.2 } };
  expect(sampled({ fileShares }, { big: 0.8, none: 0.2 } as never).proposals).toEqual([]);
});

test('floors that add up to more than everything share evenly', () => {
  const [proposal] = sampled({ floor: 0.5, fixedPart: 0 }, { big: 0.6, none: 0.2, small: 0.2 }).proposals;
  expect(proposal!.to.armShares).toEqual({ big: 0.4, none: 0.2, small: 0.4 });
});
