import { expect, test } from 'vitest';
import type { ReadCell, Stratum } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import type { SampleRatioRead } from '../../src/domain/read.ts';
import { aCell, aStratum, someInputs } from '../support/read-inputs.ts';

function ratioOf(cells: ReadCell[], strata: Stratum[] = [aStratum()]): SampleRatioRead {
  const [ratio] = readExperiment(someInputs({ cells, strata })).sampleRatio;
  if (!ratio) throw new Error('no sample ratio');
  return ratio;
}

test('compares each group with its probability', () => {
  const ratio = ratioOf([aCell('mail', 8100, 0), aCell('holdout', 1000, 0), aCell('untreated', 900, 0)]);
  expect(ratio).toMatchObject({ df: 2, alarm: false, leaks: [] });
  expect(ratio.chi2).toBeCloseTo(0, 12);
  expect(ratio.p).toBeCloseTo(1, 12);
  expect(ratio.groups).toEqual([
    { group: 'mail', observed: 8100, expected: expect.closeTo(8100, 9) },
    { group: 'holdout', observed: 1000, expected: expect.closeTo(1000, 9) },
    { group: 'untreated', observed: 900, expected: expect.closeTo(900, 9) },
  ]);
});

test('a fifth of the holdout lost is an alarm, with sizes in the sentence', () => {
  const ratio = ratioOf([aCell('mail', 8100, 0), aCell('holdout', 800, 0), aCell('untreated', 900, 0)]);
  expect(ratio.alarm).toBe(true);
  expect(ratio.sentence).toMatch(/holdout 800 for 980/);
});

test('one entry in a group of probability 0 is a hard failure', () => {
  const strata = [aStratum({ pHoldout: 0 }), aStratum({ stratum: 1 })];
  const cells = [
    aCell('mail', 9000, 0),
    aCell('untreated', 1000, 0),
    aCell('holdout', 1, 0),
    aCell('holdout', 100, 0, { stratum: 1 }),
    aCell('mail', 810, 0, { stratum: 1 }),
    aCell('untreated', 90, 0, { stratum: 1 }),
  ];
  expect(ratioOf(cells, strata)).toMatchObject({ alarm: true, leaks: ['holdout'] });
});

test('the global holdout is not part of the check: its members may enter again and again', () => {
  const cells = [aCell('mail', 8100, 0), aCell('holdout', 1000, 0), aCell('untreated', 900, 0)];
  const ratio = ratioOf([...cells, aCell('global_holdout', 5000, 0)], [aStratum({ pGlobalHoldout: 0.05 })]);
  expect(ratio.alarm).toBe(false);
  expect(ratio.groups.map(({ group }) => group)).toEqual(['mail', 'holdout', 'untreated']);
});

test('looks into the exploration band too, by its own probabilities', () => {
  const band = aStratum({ stratum: 1, inInterval: false, pTreat: 0.05 });
  const cells = [aCell('mail', 8100, 0), aCell('holdout', 1000, 0), aCell('untreated', 900, 0)];
  const within = [
    aCell('mail', 45, 0, { stratum: 1 }),
    aCell('holdout', 100, 0, { stratum: 1 }),
    aCell('untreated', 855, 0, { stratum: 1 }),
  ];
  expect(ratioOf([...cells, ...within], [aStratum(), band])).toMatchObject({ alarm: false, df: 4 });
  const treatedTooOften = [aCell('mail', 145, 0, { stratum: 1 }), ...within.slice(1)];
  expect(ratioOf([...cells, ...treatedTooOften], [aStratum(), band]).alarm).toBe(true);
});

test('a handful of entries raises no alarm by the χ² of tiny expectations', () => {
  expect(ratioOf([aCell('mail', 3, 0), aCell('untreated', 3, 0)])).toMatchObject({ chi2: null, p: null, alarm: false });
});
