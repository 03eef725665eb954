import { expect, test } from 'vitest';
import type { EvidenceCell } from '../../src/domain/learning.ts';
import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { aCell, aLearnInput, aPolicy, cellsOf, everyNumber, goodAndBadBands } from '../support/learning.ts';

test('no evidence gives a sentence, never a number that is none', () => {
  const result = learnThresholds(aLearnInput({ evidence: [] }));
  expect(result.policies).toHaveLength(1);
  expect(result.policies[0]?.proposals).toEqual([]);
  expect(result.policies[0]?.sentence).toMatch(/nothing to learn from yet/);
  expect(everyNumber(result)).toBe(true);
});

test.each<[string, EvidenceCell[], RegExp]>([
  ['nobody held out', [aCell({ band: 6, treated: true, entries: 5_000, converted: 500 })], /nobody to compare/],
  [
    'nobody converted',
    cellsOf({ band: 6, treated: { entries: 900, converted: 0 }, heldOut: { entries: 100, converted: 0 } }),
    /Nobody has reached the goal yet/,
  ],
  [
    'no margin',
    cellsOf({ band: 6, treated: { entries: 900, converted: 90 }, heldOut: { entries: 100, converted: 5 }, margin: 0 }),
    /costs\.margin/,
  ],
])('%s is said in words, and nothing moves', (_, evidence, words) => {
  const result = learnThresholds(aLearnInput({ evidence }));
  expect(result.policies[0]?.proposals.filter((proposal) => proposal.kind !== 'probabilities')).toEqual([]);
  expect(`${result.policies[0]?.sentence} ${result.notes.join(' ')}`).toMatch(words);
  expect(everyNumber(result)).toBe(true);
});

test('three entries, one band, everybody converted, no costs: numbers stay numbers', () => {
  const evidence = cellsOf({
    band: 7,
    treated: { entries: 2, converted: 2 },
    heldOut: { entries: 1, converted: 1 },
    offer: 0,
    send: 0,
  });
  const result = learnThresholds(aLearnInput({ evidence, unsubscribeCost: 0 }));
  expect(everyNumber(result)).toBe(true);
  expect(result.policies[0]?.proposals.every((proposal) => proposal.kind === 'probabilities')).toBe(true);
});

test('a good band beside the interval is taken in, one band a cycle, with the reason in words', () => {
  const result = learnThresholds(aLearnInput({ evidence: goodAndBadBands({ good: [4, 5, 6, 7, 8, 9, 10, 11] }) }));
  const [proposal, ...more] = result.policies[0]!.proposals;
  expect(more).toEqual([]);
  expect(proposal).toMatchObject({ kind: 'extend_lo', to: { lo: 5 / 12, hi: 1 }, usersPerWeek: 100 });
  expect(proposal!.chance).toBeGreaterThanOrEqual(0.95);
  expect(proposal!.delta!.value).toBeGreaterThan(0);
  expect(proposal!.sentence).toMatch(/Treat scores from 0\.42 instead of scores from 0\.50/);
  expect(proposal!.sentence).toMatch(/a gain with a chance of (9\d|over 99|100) %/);
  expect(proposal!.sentence).toMatch(/100 more people a week/);
});

test('a band that loses is given up on its side, and its people are named as better left alone', () => {
  const result = learnThresholds(aLearnInput({ evidence: goodAndBadBands({ good: [7, 8, 9], bad: [6, 10, 11] }) }));
  const [proposal] = result.policies[0]!.proposals;
  expect(['raise_lo', 'lower_hi']).toContain(proposal!.kind);
  expect(proposal!.usersPerWeek).toBeLessThan(0);
  expect(proposal!.costPerWeek).toBeLessThan(0);
  expect(result.notes.join(' ')).toMatch(/Better left alone in shopper, coupon: .*0\.92/);
});

test('weak evidence moves nothing and says how much is missing', () => {
  const evidence = goodAndBadBands({ good: [5, 6, 7, 8, 9, 10, 11], scale: 0.03 });
  const learned = learnThresholds(aLearnInput({ evidence })).policies[0]!;
  expect(learned.proposals.filter((proposal) => proposal.kind !== 'probabilities')).toEqual([]);
});

test('probabilities follow the chance of a gain: 0.80 to 0.95 inside, 0.02 to 0.10 beside, 0 beyond', () => {
  const evidence = goodAndBadBands({ good: [6, 7, 8, 9, 10, 11], bad: [5] });
  const [proposal] = learnThresholds(aLearnInput({ evidence })).policies[0]!.proposals;
  const e = proposal!.to.treatByBand!;
  expect(e.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(e.slice(4, 6)).toEqual([0.02, 0.02]);
  expect(e.slice(6).every((inside) => inside >= 0.8 && inside <= 0.95)).toBe(true);
  expect(Math.max(...e)).toBe(0.95);
});

test('a file that forbids exploring is obeyed', () => {
  const evidence = goodAndBadBands({ good: [6, 7, 8, 9, 10, 11], bad: [5] });
  const policies = [aPolicy({ outside: 0 })];
  const [proposal] = learnThresholds(aLearnInput({ evidence, policies })).policies[0]!.proposals;
  expect(proposal!.to.treatByBand!.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('an interval that cuts a band moves to its edge first, and keeps the probabilities of the file until then', () => {
  const evidence = goodAndBadBands({ good: [4, 5, 6, 7, 8, 9, 10, 11] });
  const policies = [aPolicy({ lo: 0.45, hi: 0.97 })];
  const [proposal] = learnThresholds(aLearnInput({ evidence, policies })).policies[0]!.proposals;
  expect([5 / 12, 0.45]).toContain(proposal!.to.lo);
  expect([0.97, 1]).toContain(proposal!.to.hi);
  expect(proposal!.to.treatByBand).toBeNull();
  expect(Math.abs(proposal!.usersPerWeek)).toBeLessThan(100);
});

test('the bounds of the file hold', () => {
  const evidence = goodAndBadBands({ good: [4, 5, 6, 7, 8, 9, 10, 11] });
  const learned = learnThresholds(aLearnInput({ evidence, bounds: { lo: 0.5, hi: 1 } })).policies[0]!;
  expect(learned.proposals.every((proposal) => proposal.to.lo >= 0.5)).toBe(true);
});

test('old evidence weighs less than new', () => {
  const bad = cellsOf({
    band: 5,
    treated: { entries: 4_000, converted: 300 },
    heldOut: { entries: 4_000, converted: 500 },
  });
  const good = cellsOf({
    band: 5,
    treated: { entries: 4_000, converted: 500 },
    heldOut: { entries: 4_000, converted: 300 },
  });
  const rest = goodAndBadBands({ good: [6, 7, 8, 9, 10, 11] });
  const aged = (cells: EvidenceCell[]): EvidenceCell[] => cells.map((cell) => ({ ...cell, ageWeeks: 30 }));
  const value = (evidence: EvidenceCell[]): number =>
    learnThresholds(aLearnInput({ evidence: [...rest, ...evidence] })).policies[0]!.values[5]!.raw!.value;
  expect(value([...good, ...aged(bad)])).toBeGreaterThan(0);
  expect(value([...aged(good), ...bad])).toBeLessThan(0);
});

test('weights undo the probabilities: a week of another e changes the noise, not the value', () => {
  const week = (e: number, ageWeeks: number): EvidenceCell[] =>
    cellsOf({
      band: 6,
      treated: { entries: e * 10_000, converted: e * 1_000 },
      heldOut: { entries: (1 - e) * 10_000, converted: (1 - e) * 600 },
      probability: e,
      ageWeeks,
    });
  const raw = (evidence: EvidenceCell[]): number =>
    learnThresholds(aLearnInput({ evidence })).policies[0]!.values[6]!.raw!.value;
  expect(raw([...week(0.9, 0), ...week(0.05, 0)])).toBeCloseTo(raw(week(0.5, 0)), 6);
});
