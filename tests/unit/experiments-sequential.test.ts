import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceSequence } from '../../src/experiments/sequential/confidence-sequence.ts';
import { eProcess } from '../../src/experiments/sequential/e-process.ts';
import { oddsRatioSequence } from '../../src/experiments/sequential/odds-ratio-sequence.ts';
import type { Day } from '../../src/experiments/shapes.ts';
import { largestError, oracle } from '../support/oracles.ts';
import { seededRandom } from '../support/seeded-random.ts';

const LEVEL = 0.95;

type Batch = [n1: number, k1: number, n0: number, k0: number];

interface EProcesses {
  eprocess: { cases: { batches_n1_k1_n0_k0: Batch[]; trace: { logE: number; p: number }[] }[] };
}

interface Sequences {
  acs: { n: number; sigma: number; alpha: number; tuning: number; halfwidth: number }[];
}

test('the e-process agrees with the oracle to 1e-9 on every day', ({ skip }) => {
  for (const { batches_n1_k1_n0_k0: batches, trace } of (oracle('extra.json', skip) as EProcesses).eprocess.cases) {
    const days = batches.map(([n1, k1, n0, k0]): Day => ({ n1, k1, n0, k0 }));
    const actual = eProcess(days).flatMap(({ logE, p }) => [logE, p]);
    const known = trace.flatMap(({ logE, p }) => [logE, p]);
    expect(largestError(actual, known)).toBeLessThan(1e-9);
  }
});

test('the confidence sequence of a mean agrees with the oracle to 1e-9', ({ skip }) => {
  for (const { halfwidth, ...input } of (oracle('ab.json', skip) as Sequences).acs) {
    expect(largestError([confidenceSequence({ ...input, entries: input.n })], [halfwidth])).toBeLessThan(1e-9);
  }
});

// extra.json, eprocess.cases[1]: own exact code at 60 digits.
test('a lift of 18 against 2 conversions is worth e^3.26 after five days', () => {
  const days = [0, 3, 5, 6, 4].map((k1, at) => ({ n1: 500, k1, n0: 500, k0: [0, 0, 1, 0, 1][at]! }));
  expect(eProcess(days).at(-1)!.logE).toBeCloseTo(3.2592857928633236, 9);
});

describe('days that say nothing', () => {
  test.each([
    { name: 'nobody converted', day: { n1: 1000, k1: 0, n0: 50, k0: 0 } },
    { name: 'everybody converted', day: { n1: 10, k1: 10, n0: 20, k0: 20 } },
    { name: 'nobody was held out', day: { n1: 1000, k1: 30, n0: 0, k0: 0 } },
    { name: 'nobody was treated', day: { n1: 0, k1: 0, n0: 40, k0: 3 } },
  ])('change nothing: $name', ({ day }) => {
    const informative = { n1: 100, k1: 12, n0: 50, k0: 3 };
    expect(eProcess([day])[0]!.logE).toBeCloseTo(0, 12);
    expect(oddsRatioSequence([day], LEVEL)).toEqual({ low: -Infinity, high: Infinity });
    expect(eProcess([informative, day]).at(-1)!.logE).toBeCloseTo(eProcess([informative])[0]!.logE, 12);
    expect(oddsRatioSequence([day, informative], LEVEL)).toEqual(oddsRatioSequence([informative], LEVEL));
  });

  test('no days, no interval', () => {
    expect(oddsRatioSequence([], LEVEL)).toBeNull();
    expect(eProcess([])).toEqual([]);
  });
});

test('an interval has no lower end while nobody treated converted, and no upper one while nobody held out did', () => {
  const high = oddsRatioSequence([{ n1: 200, k1: 0, n0: 200, k0: 40 }], LEVEL)!;
  expect(high.low).toBe(-Infinity);
  expect(high.high).toBeLessThan(0);
  const low = oddsRatioSequence([{ n1: 200, k1: 40, n0: 200, k0: 0 }], LEVEL)!;
  expect(low.high).toBe(Infinity);
  expect(low.low).toBeCloseTo(-high.high, 9);
});

const size = fc.integer({ min: 0, max: 400 });
const day = fc
  .tuple(size, size, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n1, n0, a, b]): Day => ({ n1, k1: Math.round(n1 * a), n0, k0: Math.round(n0 * b) }));
const experiment = fc.array(day, { minLength: 1, maxLength: 12 });

describe('for any days', () => {
  test('the interval excludes no difference exactly when E has reached 1/α', () => {
    fc.assert(
      fc.property(experiment, (days) => {
        const { p } = eProcess(days).at(-1)!;
        fc.pre(Math.abs(p - 0.05) > 1e-9);
        const interval = oddsRatioSequence(days, LEVEL)!;
        expect(interval.low > 0 || interval.high < 0).toBe(p < 0.05);
      }),
      { numRuns: 300 },
    );
  });

  test('p only falls, and both turn round with the groups', () => {
    fc.assert(
      fc.property(experiment, (days) => {
        const trace = eProcess(days);
        trace.forEach(({ p }, at) => expect(p).toBeLessThanOrEqual(trace[at - 1]?.p ?? 1));
        const turned = days.map(({ n1, k1, n0, k0 }) => ({ n1: n0, k1: k0, n0: n1, k0: k1 }));
        expect(eProcess(turned).at(-1)!.logE).toBeCloseTo(trace.at(-1)!.logE, 8);
        const [interval, mirror] = [oddsRatioSequence(days, LEVEL)!, oddsRatioSequence(turned, LEVEL)!];
        expect(mirror.low === -interval.high || Math.abs(mirror.low + interval.high) < 1e-7).toBe(true);
      }),
    );
  });
});

test('E is a fair bet: its mean over all outcomes of a day is 1', () => {
  const [n1, n0, all] = [30, 12, 9];
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
  const total = choose(n1 + n0, all);
  let mean = 0;
  for (let k1 = 0; k1 <= all; k1++) {
    const weight = (choose(n1, k1) * choose(n0, all - k1)) / total;
    mean += weight * Math.exp(eProcess([{ n1, k1, n0, k0: all - k1 }])[0]!.logE);
  }
  expect(mean).toBeCloseTo(1, 12);
});

test('a year of 5,000 conversions a day is inverted in under a second', () => {
  const random = seededRandom(9);
  const days = Array.from({ length: 365 }, () => {
    const k0 = Math.round(500 + 60 * (random.next() - 0.5));
    return { n1: 90_000, k1: Math.round(4500 + 180 * (random.next() - 0.5)), n0: 10_000, k0 };
  });
  const started = process.cpuUsage();
  const interval = oddsRatioSequence(days, LEVEL)!;
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000);
  expect(interval.low).toBeLessThan(0);
  // The bets lie 0.1 apart, so that the interval never gets narrower than about that.
  expect(interval.high - interval.low).toBeLessThan(0.12);
});
