import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectableLift, entriesNeeded } from '../../src/experiments/power.ts';

// Golden numbers: ../shared/oracles/ab.json, power[0..1].n_treat_unpooled (own exact code, statsmodels agrees to 0.2 %).
test.each([
  { baseRate: 0.05, lift: 0.2, power: 0.8, treated: 8154.986043988702 },
  { baseRate: 0.005, lift: 0.2, power: 0.9, treated: 114940.70086909895 },
] as const)('needs $treated treated users to find a lift of $lift on $baseRate', ({ treated, ...contrast }) => {
  const entries = entriesNeeded({ ...contrast, shareTreated: 0.5, shareControl: 0.5 });
  expect(entries / 2).toBeCloseTo(treated, 0);
});

test('an empty group, an impossible rate or no lift can never be told', () => {
  const contrast = { baseRate: 0.1, shareTreated: 0.5, shareControl: 0.5, lift: 0.1 };
  expect(entriesNeeded({ ...contrast, shareControl: 0 })).toBe(Infinity);
  expect(entriesNeeded({ ...contrast, baseRate: 1 })).toBe(Infinity);
  expect(entriesNeeded({ ...contrast, baseRate: 0 })).toBe(Infinity);
  expect(detectableLift({ ...contrast, entries: 1 })).toBe(Infinity);
});

test('the detectable lift is the one whose need is met exactly', () => {
  const rate = fc.double({ min: 0.005, max: 0.5, noNaN: true });
  const share = fc.double({ min: 0.05, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(rate, share, share, fc.integer({ min: 5_000, max: 1_000_000 }), (baseRate, a, b, entries) => {
      const contrast = { baseRate, shareTreated: a, shareControl: b };
      const lift = detectableLift({ ...contrast, entries });
      fc.pre(Number.isFinite(lift));
      expect(entriesNeeded({ ...contrast, lift })).toBeLessThanOrEqual(entries);
      expect(entriesNeeded({ ...contrast, lift: lift * 0.999 })).toBeGreaterThan(entries * 0.99);
    }),
  );
});
