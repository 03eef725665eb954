import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import {
  aCell,
  amountSums,
  aStratum,
  GOAL,
  NET,
  rateSums,
  REFUND,
  REVENUE_GOAL,
  someInputs,
  UNSUBSCRIBE,
} from '../support/read-inputs.ts';

/** Paths of numbers that are none. */
function notNumbers(value: unknown, path = 'read'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value === 'string') return /NaN|Infinity|undefined/.test(value) ? [`${path} = ${value}`] : [];
  if (value === undefined) return [`${path} is undefined`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => notNumbers(part, `${path}.${key}`));
}

function verdictOf(overrides: Partial<ReadInputs>): { decision: string; reason: string; sentence: string } {
  const read = readExperiment(someInputs(overrides));
  expect(notNumbers(read)).toEqual([]);
  return read.verdict;
}

test('no entries at all: nobody has entered', () => {
  expect(verdictOf({ cells: [], strata: [] })).toMatchObject({ decision: 'cant_tell', reason: 'no_entries' });
});

test('a window longer than the data: the first day that matures is named', () => {
  const immature = [
    { day: '2026-05-30', entries: 70, maturesAt: '2026-06-13T09:00:00.000Z' },
    { day: '2026-05-29', entries: 50, maturesAt: '2026-06-12T09:00:00.000Z' },
  ];
  const verdict = verdictOf({ cells: [], strata: [], immature });
  expect(verdict).toMatchObject({ decision: 'cant_tell', reason: 'all_immature' });
  expect(verdict.sentence).toMatch(/all 120 entries; the first matures on 2026-06-12/);
});

test('a holdout of 0 %: there is nobody to compare with', () => {
  const strata = [aStratum({ pHoldout: 0, pTreat: 1 })];
  const verdict = verdictOf({ strata, cells: [aCell('mail', 5000, 900)] });
  expect(verdict).toMatchObject({ decision: 'cant_tell', reason: 'no_comparator' });
  expect(verdict.sentence).toMatch(/holdout above 0/);
});

test('a holdout of 100 %: nobody has entered the arm', () => {
  const strata = [aStratum({ pHoldout: 1, pTreat: 0.9 })];
  expect(verdictOf({ strata, cells: [aCell('holdout', 5000, 900)] })).toMatchObject({ reason: 'no_entries' });
});

test('one arm with 0 users: it has no verdict of its own, and the other one does', () => {
  const read = readExperiment(
    someInputs({
      arms: [
        { arm: 'mail', action: 'offer', control: false, sends: true },
        { arm: 'gift', action: 'offer', control: false, sends: true },
      ],
      strata: [aStratum({ armShares: { mail: 0.9999, gift: 0.0001 } })],
    }),
  );
  expect(notNumbers(read)).toEqual([]);
  expect(read.verdicts.map(({ arm, decision, reason }) => [arm, decision, reason])).toEqual([
    ['mail', 'ship', 'better'],
    ['gift', 'cant_tell', 'no_entries'],
  ]);
  expect(read.groups.find((group) => group.group === 'gift')?.values[0]).toMatchObject({
    estimate: null,
    why: 'nobody is in it yet',
  });
});

test('nobody converted, everybody converted: no difference to judge', () => {
  const cells = (share: number) => [
    aCell('mail', 8100, 8100 * share),
    aCell('holdout', 1000, 1000 * share),
    aCell('untreated', 900, 900 * share),
  ];
  expect(verdictOf({ cells: cells(0) })).toMatchObject({
    reason: 'too_few_entries',
    sentence: expect.stringMatching(/nobody reached the goal/),
  });
  expect(verdictOf({ cells: cells(1) })).toMatchObject({
    reason: 'too_few_entries',
    sentence: expect.stringMatching(/everybody reached the goal/),
  });
});

test('everybody in the arm and nobody held out: a winner, with a finite interval', () => {
  const cells = [aCell('mail', 8100, 8100), aCell('holdout', 1000, 0), aCell('untreated', 900, 0)];
  expect(verdictOf({ cells }).decision).toBe('ship');
});

test('3 users in all: too few, never a winner', () => {
  const cells = [aCell('mail', 2, 2), aCell('holdout', 1, 0)];
  const verdict = verdictOf({ cells });
  expect(verdict).toMatchObject({ decision: 'cant_tell', reason: 'too_few_entries' });
  expect(verdict.sentence).toMatch(/2 mature entries and the held-out 1/);
});

test('negative revenue is a number like any other', () => {
  const metrics = { goal: amountSums(400, 8100, -5000) };
  const none = (entries: number) => ({ goal: amountSums(40, entries, 2000) });
  const cells = [
    aCell('mail', 8100, 0, { metrics }),
    aCell('holdout', 1000, 0, { metrics: none(1000) }),
    aCell('untreated', 900, 0, { metrics: none(900) }),
  ];
  const verdict = verdictOf({ metrics: [REVENUE_GOAL, UNSUBSCRIBE], cells });
  expect(verdict).toMatchObject({ decision: 'stop', reason: 'worse' });
});

test('an arm that the campaign does not have is a leak, and nothing is decided', () => {
  const read = readExperiment(someInputs({ cells: [...someInputs().cells, aCell('stranger', 1, 1)] }));
  expect(notNumbers(read)).toEqual([]);
  expect(read.sampleRatio[0]).toMatchObject({ leaks: ['stranger'], alarm: true });
  expect(read.verdict.reason).toBe('sample_ratio');
});

test('entries of an arm that only an old version had are compared with the held-out of that time', () => {
  const read = readExperiment(
    someInputs({
      arms: [
        { arm: 'mail', action: 'offer', control: false, sends: true },
        { arm: 'old', action: 'offer', control: false, sends: true },
      ],
      strata: [aStratum({ armShares: { old: 1 } }), aStratum({ stratum: 1, armShares: { mail: 1 } })],
      cells: [
        aCell('old', 8100, 810),
        aCell('holdout', 1000, 80),
        aCell('untreated', 900, 72),
        ...someInputs().cells.map((cell) => ({ ...cell, stratum: 1, day: '2026-05-10' })),
      ],
    }),
  );
  const old = read.contrasts.find((contrast) => contrast.arm === 'old' && contrast.metric === 'goal');
  expect(old).toMatchObject({ method: 'pooled', entries: 8100, entriesAgainst: 1900 });
  expect(read.verdicts.find((verdict) => verdict.arm === 'old')?.reason).toBe('not_in_time');
  expect(read.notes.join(' ')).toMatch(/offer\/old gets no new entries/);
  expect(read.notes.join(' ')).toMatch(/offer\/old .*1,900 entries came at times when one of the two had no chance/);
});

test('40 arms: each is judged at its part of the error', () => {
  const names = Array.from({ length: 40 }, (_, index) => `arm-${index}`);
  const read = readExperiment(
    someInputs({
      arms: names.map((arm) => ({ arm, action: 'offer', control: false, sends: true })),
      strata: [aStratum({ armShares: Object.fromEntries(names.map((arm) => [arm, 1 / 40])) })],
      cells: [...names.map((arm) => aCell(arm, 203, 24)), aCell('holdout', 1000, 80), aCell('untreated', 900, 72)],
    }),
  );
  expect(notNumbers(read)).toEqual([]);
  expect(read.verdicts).toHaveLength(40);
  expect(read.verdicts.filter((verdict) => verdict.decision === 'ship')).toEqual([]);
  expect(read.contrasts[0]?.alwaysValid?.level).toBeCloseTo(1 - 0.05 / 40, 12);
});

test('no arms at all: nobody has entered one', () => {
  expect(verdictOf({ arms: [], cells: [], strata: [] }).reason).toBe('no_entries');
});

const group = fc.constantFrom('mail', 'usual', 'holdout', 'untreated', 'global_holdout', 'stranger');
const amount = fc.oneof(fc.constant(0), fc.integer({ min: -5_000_000, max: 5_000_000 }));
const cell = fc
  .record({
    group,
    entries: fc.oneof(fc.nat(3), fc.nat(2000)),
    stratum: fc.nat(3),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .chain((base) =>
    fc.record({ base: fc.constant(base), goal: fc.nat(base.entries), unsubscribed: fc.nat(base.entries), amount }),
  )
  .map(({ base, goal, unsubscribed, amount: each }) =>
    aCell(base.group, base.entries, goal, {
      stratum: base.stratum,
      day: `2026-05-${String(base.day).padStart(2, '0')}`,
      metrics: {
        unsubscribe: rateSums(unsubscribed, base.entries),
        ...(base.entries > 0
          ? { net_value: amountSums(goal, base.entries, each), refund: amountSums(unsubscribed, base.entries, each) }
          : {}),
      },
    }),
  );
const share = fc.constantFrom(0, 0.02, 0.1, 0.5, 0.9, 1);
const stratum = fc.record({ pHoldout: share, pTreat: share, pGlobalHoldout: fc.constantFrom(0, 0.05), mail: share });

test('whatever the counts, no figure and no sentence of a read is NaN or infinite', () => {
  fc.assert(
    fc.property(
      fc.array(cell, { maxLength: 25 }),
      fc.array(stratum, { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      (cells, designs, revenue) => {
        const metrics = [revenue ? REVENUE_GOAL : GOAL, NET, UNSUBSCRIBE, REFUND];
        const own = revenue
          ? cells.map((one) => ({ ...one, metrics: { ...one.metrics, goal: one.metrics.net_value ?? rateSums(0, 0) } }))
          : cells;
        const strata = designs.map(({ mail, ...design }, index) =>
          aStratum({ stratum: index, inInterval: index < 3, ...design, armShares: { mail, usual: 1 - mail } }),
        );
        const arms = ['mail', 'usual'].map((arm) => ({ arm, action: 'offer', control: arm === 'usual', sends: true }));
        const slices = own.map((one) => ({ ...one, slice: one.day }));
        const novelty = own
          .filter((one) => one.entries > 0)
          .map((one) => ({ ...one, daysSince: 3, converted: Math.min(one.entries, 2) }));
        const read = readExperiment(
          someInputs({ arms, metrics, strata, cells: [...own, ...slices], by: 'day', novelty }),
        );
        expect(notNumbers(read)).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});
