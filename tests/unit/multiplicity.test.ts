import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '../../src/experiments/multiplicity.ts';
import { largestError, oracle } from '../support/oracles.ts';

interface Case {
  p: number[];
  holm: number[];
  bh: number[];
}

test('Holm and Benjamini–Hochberg agree with statsmodels', ({ skip }) => {
  for (const { p, holm: stepDown, bh } of (oracle('ab.json', skip) as { multiplicity: Case[] }).multiplicity) {
    expect(largestError(holm(p), stepDown)).toBeLessThan(1e-12);
    expect(largestError(benjaminiHochberg(p), bh)).toBeLessThan(1e-12);
  }
});

// statsmodels.stats.multitest.multipletests, 0.15.0.
test('four p-values keep their order and rise', () => {
  const p = [0.01, 0.04, 0.03, 0.005];
  expect(holm(p)).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(benjaminiHochberg(p)).toEqual([0.02, 0.04, 0.04, 0.02]);
});

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

test('a correction never lowers a p, never passes 1, keeps the order, and Holm is the stricter', () => {
  fc.assert(
    fc.property(ps, (p) => {
      const [strict, mild] = [holm(p), benjaminiHochberg(p)];
      p.forEach((value, i) => {
        expect(mild[i]).toBeGreaterThanOrEqual(value);
        expect(strict[i]).toBeGreaterThanOrEqual(mild[i]! * (1 - 1e-12));
        expect(strict[i]).toBeLessThanOrEqual(1);
        p.forEach((other, j) => {
          if (value < other) expect(strict[i]! <= strict[j]! && mild[i]! <= mild[j]!).toBe(true);
        });
      });
    }),
  );
});

test('nothing to correct is nothing, and a p outside 0..1 is refused', () => {
  expect([holm([]), benjaminiHochberg([])]).toEqual([[], []]);
  expect(() => holm([0.5, Number.NaN])).toThrow(RangeError);
  expect(() => benjaminiHochberg([1.1])).toThrow(RangeError);
});
