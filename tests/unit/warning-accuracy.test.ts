import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccuracySlice } from '../../src/domain/warning-accuracy.ts';
import { aucEstimate, aucOf, aucVariance } from '../../src/experiments/accuracy/auc.ts';
import { driftOf } from '../../src/experiments/accuracy/drift.ts';
import { recalibrate } from '../../src/experiments/accuracy/recalibration.ts';
import { sliceAccuracy } from '../../src/experiments/accuracy/slice-accuracy.ts';
import { warningAccuracy } from '../../src/experiments/accuracy/warning-accuracy.ts';
import { type Judged, sliceOf, sumsOf } from '../support/accuracy.ts';
import { logisticScores } from '../support/logistic-regression.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** People whose chance to leave is their score, bent: log odds × slope + shift. */
function people(seed: number, size: number, bend = { slope: 1, shift: 0 }): Judged[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, () => {
    const score = Math.round(random.between(0.05, 0.95) * 1000) / 1000;
    const logOdds = bend.slope * Math.log(score / (1 - score)) + bend.shift;
    return { score, left: random.chance(1 / (1 + Math.exp(-logOdds))) };
  });
}

describe('AUC', () => {
  test('is the share of pairs in the right order, ties half', () => {
    const one = [
      { score: 0.9, left: true },
      { score: 0.5, left: true },
      { score: 0.5, left: false },
      { score: 0.1, left: false },
    ];
    const { left, entries, pairsWon } = sumsOf(one);
    expect(aucOf({ positives: left, negatives: entries - left, pairsWon })).toBe(3.5 / 4);
  });

  // Hanley and McNeil 1982, table III: θ = 0.8 with 50 and 50 has a standard error of 0.0445.
  test('has the standard error of Hanley and McNeil', () => {
    const variance = aucVariance(0.8, { positives: 50, negatives: 50, pairsWon: 0 });
    expect(Math.sqrt(variance)).toBeCloseTo(0.0445, 3);
  });

  test('has an interval around it, within 0..1, that narrows with people and never has width 0', () => {
    const size = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), (positives, negatives, area) => {
        const pairsWon = area * positives * negatives;
        const { value, low, high } = aucEstimate({ positives, negatives, pairsWon });
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high - low).toBeGreaterThan(0);
        const more = aucEstimate({ positives: 4 * positives, negatives: 4 * negatives, pairsWon: 16 * pairsWon });
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });

  test('has an interval that holds the truth in about 95 of 100 samples', () => {
    const truth = sliceAccuracy(sliceOf(people(1, 20_000)), 10).auc!.value;
    let hits = 0;
    for (let seed = 100; seed < 400; seed++) {
      const { low, high } = sliceAccuracy(sliceOf(people(seed, 80)), 10).auc!;
      if (low <= truth && truth <= high) hits++;
    }
    expect(hits / 300).toBeGreaterThan(0.92);
  });
});

describe('calibration', () => {
  test('finds slope and intercept of bent scores', () => {
    const fit = recalibrate(sliceOf(people(3, 20_000, { slope: 0.5, shift: 0.4 })).logOdds)!;
    for (const [estimate, truth] of [
      [fit.slope, 0.5],
      [fit.intercept, 0.4],
    ] as const) {
      expect(estimate.low).toBeLessThan(truth);
      expect(estimate.high).toBeGreaterThan(truth);
      expect(estimate.high - estimate.low).toBeLessThan(0.15);
    }
  });

  // glm(left ~ qlogis(score), binomial) by hand: two scores and counts make the fit exact.
  test('passes through the rates of two scores', () => {
    const fit = recalibrate([
      { logOdds: -1, entries: 100, left: 20 },
      { logOdds: 1, entries: 100, left: 60 },
    ])!;
    const [low, high] = [Math.log(20 / 80), Math.log(60 / 40)];
    expect(fit.slope.value).toBeCloseTo((high - low) / 2, 9);
    expect(fit.intercept.value).toBeCloseTo((high + low) / 2, 9);
    expect((fit.slope.high - fit.slope.low) / 2).toBeCloseTo((1.959964 * Math.sqrt(1 / 16 + 1 / 24)) / 2, 5);
  });

  test('has no fit for one outcome, one score, or scores that part the outcomes', () => {
    expect(recalibrate([{ logOdds: 1, entries: 10, left: 4 }])).toBeNull();
    expect(recalibrate([])).toBeNull();
    const cells = (left: number[]) => left.map((own, at) => ({ logOdds: at, entries: 5, left: own }));
    expect(recalibrate(cells([0, 0, 5, 5]))).toBeNull();
    expect(recalibrate(cells([5, 5, 5]))).toBeNull();
  });
});

describe('a slice', () => {
  test('has precision, recall, Brier score and bands as their definitions say', () => {
    const own = people(5, 400);
    const slice = sliceAccuracy(sliceOf(own), 10);
    const called = own.filter(({ score }) => score >= 0.5);
    const left = own.filter((person) => person.left);
    expect(slice.precision!.value).toBe(called.filter((person) => person.left).length / called.length);
    expect(slice.recall!.value).toBe(called.filter((person) => person.left).length / left.length);
    const errors = own.map(({ score, left: gone }) => (Number(gone) - score) ** 2);
    expect(slice.brier).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / own.length, 12);
    expect(slice.bands.reduce((sum, band) => sum + band.entries, 0)).toBe(400);
    expect(slice.bands.every(({ from, to, meanScore }) => from <= meanScore && meanScore <= to)).toBe(true);
    expect(slice.why).toEqual([]);
  });

  test.each<[string, Judged[], RegExp]>([
    ['nobody', [], /no held-out entry/],
    ['everybody gone', people(1, 30).map((own) => ({ ...own, left: true })), /nobody came back/],
    ['everybody back', people(1, 30).map((own) => ({ ...own, left: false })), /everybody came back/],
    ['one score', people(1, 30).map((own) => ({ ...own, score: 0.7 })), /every score is the same/],
    ['3 people', people(1, 3).map((own, at) => ({ ...own, left: at === 0 })), /too few/],
    ['nobody called', people(1, 60).map((own) => ({ ...own, called: false })), /no precision/],
  ])('says why something can not be told: %s', (_, own, reason) => {
    const slice = sliceAccuracy(sliceOf(own), 10);
    expect(slice.why.join('; ')).toMatch(reason);
    expect(JSON.stringify(slice)).not.toContain('null,null');
    for (const number of JSON.stringify(slice, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value,
    ).matchAll(/NOT FINITE/g)) {
      expect(number).toBeUndefined();
    }
  });
});

function periods(...parts: Judged[][]): AccuracySlice[] {
  return parts.map((own, at) =>
    sliceOf(own, { dimension: 'period', value: `2026-05-${String(4 + 7 * at).padStart(2, '0')}` }),
  );
}

describe('drift', () => {
  test('is no alarm where nothing changes, in 98 of 100 worlds and more', () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const weeks = [0, 1, 2, 3].map((week) => people(1000 + 10 * seed + week, 200));
      if (driftOf(periods(...weeks), 'week').alarm) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(6);
  });

  test('is found when scores stop to rank, lose their level, or move', () => {
    const before = [people(1, 800), people(2, 800)];
    const tests = (own: Judged[]): string[] =>
      driftOf(periods(...before, own), 'week')
        .tests.filter(({ pAdjusted }) => pAdjusted < 0.01)
        .map(({ what }) => what);
    expect(tests(people(3, 800, { slope: 0, shift: 0 }))).toContain('ranking');
    expect(tests(people(3, 800, { slope: 1, shift: 1 }))).toContain('calibration');
    expect(tests(people(3, 1600).filter(({ score }) => score > 0.4))).toContain('scores');
    expect(driftOf(periods(...before, people(3, 800, { slope: 0, shift: 0 })), 'week')).toMatchObject({
      alarm: true,
      period: '2026-05-18',
      sentence: expect.stringMatching(
        /^In the week from 2026-05-18 the warnings have changed: scores rank worse than before: AUC/,
      ),
    });
  });

  test('is judged on the newest period that has enough, and not at all without two', () => {
    const few = people(9, 5);
    expect(driftOf(periods(people(1, 200), people(2, 200), few), 'week').period).toBe('2026-05-11');
    expect(driftOf(periods(people(1, 200), few), 'week')).toMatchObject({
      period: null,
      alarm: false,
      sentence: expect.stringContaining('two weeks'),
    });
    expect(driftOf([], 'month').sentence).toContain('no month');
  });
});

test('without anybody held out it says so, and what to do', () => {
  const inputs = {
    slices: [],
    bands: 10,
    period: 'week',
    immature: 0,
    unmeasured: 0,
    contactedElsewhere: 0,
    thresholds: null,
  } as const;
  const asked = { asOf: '2026-05-20T00:00:00.000Z', campaignId: null, model: null };
  expect(warningAccuracy({ ...inputs, slices: [] }, asked).sentence).toMatch(/nobody was held out/);
  expect(warningAccuracy({ ...inputs, slices: [], immature: 4 }, asked).sentence).toMatch(/windows of all 4/);
});

const TELCO = new URL('../../../shared/data/telco_customer_churn_ibm.csv', import.meta.url);

// EXPERIMENTS.md §3: AUC 0.833 and Brier 0.139 for a logistic regression whose columns it doesn't name. With four of them ours has
// 0.827 and 0.143 (five folds), with all of them 0.845 and 0.135: the reference lies between.
test('IBM telco: a logistic regression has the AUC and Brier score of the reference, and is calibrated', ({ skip }) => {
  if (!existsSync(TELCO)) skip(`${TELCO.pathname} is missing`);
  const customers = parse(readFileSync(TELCO, 'utf8'), { columns: true }) as Record<string, string>[];
  const own = logisticScores(customers);
  const slice = sliceAccuracy(sliceOf(own), 10);
  expect(slice.entries).toBe(7043);
  expect(slice.left).toBe(1869);
  expect(slice.auc!.value).toBeGreaterThan(0.828);
  expect(slice.auc!.value).toBeLessThan(0.848);
  expect(slice.brier).toBeCloseTo(0.139, 2);
  expect(slice.slope!.low).toBeLessThan(1);
  expect(slice.slope!.high).toBeGreaterThan(0.95);
});
