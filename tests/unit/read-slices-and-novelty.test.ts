import { expect, test } from 'vitest';
import type { NoveltyCell } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { aCell, someInputs } from '../support/read-inputs.ts';

test('slices are compared within themselves, corrected among each other, and decide nothing', () => {
  const slice = (name: string, treated: number, heldOut: number) => [
    aCell('mail', 1000, treated, { slice: name }),
    aCell('holdout', 1000, heldOut, { slice: name }),
  ];
  const cells = [...someInputs().cells, ...slice('a', 100, 100), ...slice('b', 150, 100), ...slice('c', 130, 100)];
  const read = readExperiment(someInputs({ by: 'segment', cells }));
  expect(read.entries).toBe(10_000);
  const goal = read.slices.map(({ contrasts }) => contrasts[0]);
  expect(read.slices.map(({ slice: name }) => name)).toEqual(['a', 'b', 'c']);
  expect(goal.map((contrast) => contrast?.absolute?.value.toFixed(3))).toEqual(['0.000', '0.050', '0.030']);
  expect(goal[1]?.pAdjusted).toBeCloseTo(3 * (goal[1]?.p ?? 0), 12);
  expect(goal[2]?.pAdjusted).toBeCloseTo(1.5 * (goal[2]?.p ?? 0), 12);
  expect(goal[1]).toMatchObject({ alwaysValid: null, why: expect.stringMatching(/exploring/) });
  expect(read.notes.join('\n')).toMatch(/3 slices by segment are for exploring/);
});

test('a slice without held-out people says why it has no answer', () => {
  const cells = [...someInputs().cells, aCell('mail', 50, 5, { slice: 'tiny' })];
  const read = readExperiment(someInputs({ by: 'segment', cells }));
  expect(read.slices[0]?.contrasts[0]).toMatchObject({
    absolute: null,
    p: null,
    why: expect.stringMatching(/nobody .* is in the held-out/),
  });
});

/** First goal events per day since the entry, in the first week and in the second. */
function course(early: number, late: number, heldOutEarly: number, heldOutLate: number): NoveltyCell[] {
  return Array.from({ length: 14 }, (_, daysSince) => [
    { stratum: 0, group: 'mail', daysSince, converted: daysSince < 7 ? early : late },
    { stratum: 0, group: 'holdout', daysSince, converted: daysSince < 7 ? heldOutEarly : heldOutLate },
  ]).flat();
}

test.each([
  { course: course(100, 30, 10, 14), says: /^Wears off: after day 7/ },
  { course: course(43, 43, 10, 10), says: /^No change/ },
  { course: course(150, 150, 10, 10), says: /^Grows: after day 7/ },
  { course: course(150, 100, 10, 22), says: /^Steady: the effect is there by day 7/ },
  { course: course(100, 150, 22, 10), says: /^Grows: the effect comes only after day 7/ },
  { course: [], says: /^No goal events/ },
])('tells the course of the effect over the days since the entry: $says', ({ course: novelty, says }) => {
  const read = readExperiment(someInputs({ novelty }));
  expect(read.novelty[0]?.sentence).toMatch(says);
});

test('the effect adds up over the days to that of the whole window', () => {
  const read = readExperiment(someInputs({ novelty: course(69, 69, 11, 10) }));
  const days = read.novelty[0]?.days ?? [];
  expect(days).toHaveLength(14);
  expect(days.at(-1)?.difference.value).toBeCloseTo((69 * 14) / 8100 - (11 * 7 + 10 * 7) / 1900, 12);
});
