import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LivePolicy } from '../../src/domain/assignment.ts';
import {
  assign,
  drawEntry,
  drawGlobalHoldout,
  pickArm,
  scoreBand,
  treatProbability,
} from '../../src/experiments/assign.ts';

const policy: LivePolicy = {
  segment: '*',
  action: 'offer',
  policyVersion: 1,
  lo: 0.5,
  hi: 0.9,
  inside: 0.9,
  outside: 0.05,
  exploreWidth: 0.1,
  treatByBand: null,
  armShares: { control: 0.2, a: 0.5, b: 0.3 },
};

const USERS = 40_000;

function z(count: number, n: number, p: number): number {
  return Math.abs(count - n * p) / Math.sqrt(n * p * (1 - p));
}

test('the draws of sha256("salt:user:1") are fixed for ever', () => {
  // python3: h = hashlib.sha256(b"salt:user:1").hexdigest(); [int(h[i:i+12], 16) / 2**48 for i in (0, 12, 24)]
  const { holdout, treat, arm } = drawEntry({ salt: 'salt', userId: 'user', n: 1 });
  expect([holdout, treat, arm]).toEqual([0.012492746268286226, 0.8586218459696155, 0.2011622416368084]);
});

test('shares come out even, and the layers do not depend on each other', () => {
  const results = Array.from({ length: USERS }, (_, i) =>
    assign({
      draws: drawEntry({ salt: 'x', userId: `u${i}`, n: 1 }),
      globalDraw: drawGlobalHoldout({ salt: 'g', userId: `u${i}` }),
      globalHoldout: 0.05,
      holdout: 0.1,
      policy,
      score: 0.7,
    }),
  );
  const count = (of: (r: (typeof results)[number]) => boolean): number => results.filter(of).length;
  const past = count((r) => r.assignment !== 'global_holdout');
  expect(z(USERS - past, USERS, 0.05)).toBeLessThan(4);
  expect(
    z(
      count((r) => r.assignment === 'holdout'),
      past,
      0.1,
    ),
  ).toBeLessThan(4);
  const eligible = past - count((r) => r.assignment === 'holdout');
  const treated = count((r) => r.assignment === 'arm');
  expect(z(treated, eligible, 0.9)).toBeLessThan(4);
  for (const [arm, share] of Object.entries(policy.armShares)) {
    expect(
      z(
        count((r) => r.arm === arm),
        treated,
        share,
      ),
    ).toBeLessThan(4);
  }
});

test('changed shares move no boundary that did not change, and every draw has an arm', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9999999, noNaN: true }), (draw) => {
      expect(Object.keys(policy.armShares)).toContain(pickArm(policy.armShares, draw));
    }),
  );
  expect(pickArm({ b: 0.5, a: 0.5 }, 0.2)).toBe('a');
  expect(pickArm({ a: 0, b: 1 }, 0)).toBe('b');
  expect(() => pickArm({ a: 0 }, 0.5)).toThrow(/no arm/);
});

test('e is the inside share in [lo, hi), the outside share in the band beside it, 0 beyond', () => {
  const at = (score: number): number => treatProbability(policy, score);
  expect([0.39, 0.4, 0.49, 0.5, 0.89, 0.9, 0.99, 1].map(at)).toEqual([0, 0.05, 0.05, 0.9, 0.9, 0.05, 0.05, 0]);
  expect(treatProbability({ ...policy, hi: 1 }, 1)).toBe(0.9);
});

test('the last score band is closed', () => {
  expect([0, 0.0833, 0.0834, 0.999, 1].map((score) => scoreBand(score, 12))).toEqual([0, 0, 1, 11, 11]);
});
