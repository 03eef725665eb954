import { expect, test } from 'vitest';
import type { ReadCell } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { aCell, amountSums, REVENUE_GOAL, someInputs } from '../support/read-inputs.ts';

/** So many days of 500 entries each, all alike: 405 treated, 50 in the holdout, 45 untreated. */
function daysOf(days: number, cells: (day: string) => ReadCell[]): ReadCell[] {
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
    return cells(day);
  }).flat();
}

const rates = (treated: number) => (day: string) => [
  aCell('mail', 405, Math.round(405 * treated), { day }),
  aCell('holdout', 50, 50 * 0.2, { day }),
  aCell('untreated', 45, 45 * 0.2, { day }),
];

const amounts = (treated: number) => (day: string) => [
  aCell('mail', 405, 0, { day, metrics: { goal: amountSums(81, 405, treated) } }),
  aCell('holdout', 50, 0, { day, metrics: { goal: amountSums(10, 50, 2000) } }),
  aCell('untreated', 45, 0, { day, metrics: { goal: amountSums(9, 45, 2000) } }),
];

test.each([
  { what: 'rates', cells: rates(0.24), metrics: someInputs().metrics },
  { what: 'a harm in rates', cells: rates(0.16), metrics: someInputs().metrics },
  { what: 'amounts', cells: amounts(2250), metrics: [REVENUE_GOAL] },
])('the days that are left for $what are about those after which it is decided, if things go on as they are', (of) => {
  const at = (days: number) =>
    readExperiment(someInputs({ cells: daysOf(days, of.cells), metrics: of.metrics })).verdict;
  const now = at(10);
  expect(now.decision).toBe('keep_running');
  const more = (now.days ?? 0) - someInputs().goal.windowDays;
  expect(more).toBeGreaterThan(0);
  expect(at(Math.floor(10 + more * 0.8)).decision).toBe('keep_running');
  expect(['ship', 'stop']).toContain(at(Math.ceil(10 + more * 1.2)).decision);
});

test('an effect smaller than the one that would matter is waited for as if it were that large, until that is ruled out', () => {
  const few = readExperiment(someInputs({ cells: daysOf(10, rates(0.201)) })).verdict;
  const goal = { ...someInputs().goal, minLift: 0.3 };
  const sooner = readExperiment(someInputs({ goal, cells: daysOf(10, rates(0.201)) })).verdict;
  expect(sooner.days ?? 0).toBeLessThan(few.days ?? 0);
  const ruledOut = readExperiment(someInputs({ goal, cells: daysOf(200, rates(0.201)) })).verdict;
  expect(ruledOut).toMatchObject({ decision: 'cant_tell', reason: 'not_in_time' });
});
