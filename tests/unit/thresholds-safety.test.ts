import { expect, test } from 'vitest';
import type { EvidenceCell, Freeze, LearnInput } from '../../src/domain/learning.ts';
import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { aLearnInput, aPolicy, cellsOf, goodAndBadBands } from '../support/learning.ts';

const GOOD = goodAndBadBands({ good: [4, 5, 6, 7, 8, 9, 10, 11] });

/** The interval's bands where 3 in 100 of the treated unsubscribe, and the lower half is worth less. */
const HARMED = Array.from({ length: 6 }, (_, at): EvidenceCell[] =>
  cellsOf({
    band: 6 + at,
    treated: { entries: 2_000, converted: 120 + 20 * at, unsubscribed: 60 },
    heldOut: { entries: 2_000, converted: 120, unsubscribed: 2 },
  }),
).flat();

function learn(changes: Partial<LearnInput>, policy: Parameters<typeof aPolicy>[0] = {}) {
  return learnThresholds(aLearnInput({ policies: [aPolicy(policy)], ...changes })).policies[0]!;
}

function frozen(reason: Freeze['reason']): Freeze[] {
  return [{ reason, sentence: `Frozen by ${reason}.` }];
}

test.each(['sample_ratio', 'stale_feed', 'immature', 'by_hand'] as const)(
  'frozen by %s: nothing is proposed, not even probabilities, and it says why',
  (reason) => {
    const learned = learn({ evidence: GOOD }, { freezes: frozen(reason) });
    expect(learned.proposals).toEqual([]);
    expect(learned.sentence).toBe(`Frozen by ${reason}.`);
  },
);

test('mode off proposes nothing', () => {
  const learned = learn({ evidence: GOOD }, { mode: 'off' });
  expect(learned.proposals).toEqual([]);
  expect(learned.freezes.map((freeze) => freeze.reason)).toEqual(['off']);
});

test('after a move the interval rests for an outcome window; its probabilities may follow', () => {
  const resting = learn({ evidence: GOOD, cooldownWeeks: 3 }, { weeksSinceMove: 2 });
  expect(resting.proposals.map((proposal) => proposal.kind)).toEqual(['probabilities']);
  expect(resting.freezes.map((freeze) => freeze.reason)).toEqual(['cooldown']);
  expect(learn({ evidence: GOOD, cooldownWeeks: 3 }, { weeksSinceMove: 3 }).proposals[0]?.kind).toBe('extend_lo');
});

test('harm over the margin retreats one band at once on the side of lower value, in the cooldown too', () => {
  const learned = learn({ evidence: HARMED }, { weeksSinceMove: 0 });
  expect(learned.proposals.map((proposal) => proposal.kind)).toEqual(['retreat']);
  expect(learned.proposals[0]!.to).toMatchObject({ lo: 7 / 12, hi: 1 });
  expect(learned.proposals[0]!.sentence).toMatch(/more of the treated unsubscribe than of the held out/);
});

test.each(['stale_feed', 'immature'] as const)('harm retreats although frozen by %s', (reason) => {
  expect(learn({ evidence: HARMED }, { freezes: frozen(reason) }).proposals[0]?.kind).toBe('retreat');
});

test.each(['sample_ratio', 'by_hand'] as const)('frozen by %s holds even a retreat, and names the harm', (reason) => {
  const learned = learn({ evidence: HARMED }, { freezes: frozen(reason) });
  expect(learned.proposals).toEqual([]);
  expect(learned.sentence).toMatch(/guardrail is inferior all the same/);
});

test('harm within the margin is no reason to retreat', () => {
  expect(learn({ evidence: HARMED, unsubscribeMargin: 0.05 }).proposals[0]?.kind).not.toBe('retreat');
});

test('a guardrail that the read found inferior retreats every policy of its action, and nothing is extended', () => {
  const result = learnThresholds(
    aLearnInput({
      evidence: GOOD,
      policies: [aPolicy(), aPolicy({ segment: 'reader' }), aPolicy({ action: 'tutorial' })],
      inferiorGuardrails: [{ action: 'coupon', sentence: 'Refunds rose by 2.00 USD per entry.' }],
    }),
  );
  expect(result.policies.map((policy) => policy.proposals[0]?.kind)).toEqual(['retreat', 'retreat', undefined]);
  expect(result.policies[0]!.proposals[0]!.sentence).toMatch(/Refunds rose by 2\.00 USD per entry/);
});

test('the last band goes too; where nobody is treated any more a guardrail has nothing left to do', () => {
  expect(learn({ evidence: HARMED }, { lo: 11 / 12 }).proposals[0]!.to).toMatchObject({ lo: 11 / 12, hi: 11 / 12 });
  const empty = learn(
    { inferiorGuardrails: [{ action: 'coupon', sentence: 'Complaints rose.' }], evidence: HARMED },
    { lo: 0.5, hi: 0.5 },
  );
  expect(empty.proposals).toEqual([]);
  expect(empty.sentence).toMatch(/Nobody is treated any more/);
});

test('an interval that shrank to nothing may grow again', () => {
  expect(learn({ evidence: GOOD }, { lo: 0.5, hi: 0.5 }).proposals[0]?.kind).toMatch(/extend/);
});

test('the budget goes to cells by value per cost; a step that it does not pay for waits', () => {
  const rich = learnThresholds(aLearnInput({ evidence: GOOD, budgetPerWeek: 1_000_000 }));
  expect(rich.policies[0]!.proposals[0]?.kind).toBe('extend_lo');
  expect(rich.budgetOrder!.every((cell) => cell.within)).toBe(true);
  const poor = learnThresholds(aLearnInput({ evidence: GOOD, budgetPerWeek: 8_000 }));
  expect(poor.policies[0]!.proposals.map((proposal) => proposal.kind)).not.toContain('extend_lo');
  const paid = poor.budgetOrder!.filter((cell) => cell.within);
  expect(paid.reduce((sum, cell) => sum + cell.weeklyCost, 0)).toBeLessThanOrEqual(8_000);
  expect(paid.length).toBeGreaterThan(0);
  expect(poor.budgetOrder!.findIndex((cell) => !cell.within)).toBe(paid.length);
});

test('where treatment changes what an order is worth, net values are compared as they are', () => {
  const bands = (orderFactor: number): EvidenceCell[] =>
    [6, 7, 8, 9].flatMap((band) =>
      cellsOf({
        band,
        orderFactor,
        treated: { entries: 5_000, converted: 500 },
        heldOut: { entries: 5_000, converted: 450 },
      }),
    );
  const same = learnThresholds(aLearnInput({ evidence: bands(1) }));
  expect(same.estimator).toMatchObject({ estimator: 'decomposed' });
  expect(same.estimator.p).toBeCloseTo(1, 6);
  const smaller = learnThresholds(aLearnInput({ evidence: bands(0.7) }));
  expect(smaller.estimator.estimator).toBe('raw');
  // 0.7 · 3,000 · 0.1 − 500 · 0.1 − 5 − 3,000 · 0.09: smaller orders eat up the gain.
  expect(smaller.policies[0]!.values[6]!.raw!.value).toBeCloseTo(-115, 6);
});

test('what one action does says nothing of another', () => {
  const policies = [aPolicy(), aPolicy({ action: 'tutorial' })];
  const alone = learnThresholds(aLearnInput({ evidence: GOOD }));
  const both = learnThresholds(aLearnInput({ evidence: GOOD, policies }));
  expect(both.policies[0]!.values).toEqual(alone.policies[0]!.values);
  expect(both.policies[1]!.values).toEqual([]);
});

test('a segment without entries of its own leans on the others, and has the wider interval', () => {
  const segments = ['shopper', 'member', 'player', 'viewer', 'reader'];
  const policies = segments.map((segment) => aPolicy({ segment }));
  const evidence = segments.slice(0, -1).flatMap((segment) => GOOD.map((cell) => ({ ...cell, segment })));
  const { policies: learned } = learnThresholds(aLearnInput({ evidence, policies }));
  const [known, unknown] = [learned[0]!.values[8]!, learned[4]!.values[8]!];
  expect(unknown.raw).toBeNull();
  expect(unknown.posterior.value).toBeGreaterThan(0);
  expect(unknown.sd).toBeGreaterThan(known.sd);
});
