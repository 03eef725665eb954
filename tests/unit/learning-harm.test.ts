import { expect, test } from 'vitest';
import type { EvidenceCell } from '../../src/domain/learning.ts';
import type { GuardrailRead } from '../../src/domain/read.ts';
import { standingHarm } from '../../src/learning/standing-harm.ts';

const guardrail = (over: Partial<GuardrailRead> = {}): GuardrailRead => ({
  action: 'offer',
  arm: 'mail',
  against: 'held_out',
  metric: 'unsubscribe',
  harm: { value: 0.05, low: 0.03, high: 0.07 },
  margin: 0.005,
  verdict: 'inferior',
  sentence: 'harm',
  ...over,
});

const cell = (over: Partial<EvidenceCell>): EvidenceCell => ({
  segment: 's',
  action: 'offer',
  band: 6,
  ageWeeks: 1,
  treated: true,
  probability: 0.9,
  entries: 1000,
  converted: 0,
  worthSum: 0,
  worthM2: 0,
  offersUsed: 0,
  offerCostSum: 0,
  sendCostSum: 0,
  unsubscribed: 0,
  complained: 0,
  netSum: 0,
  netM2: 0,
  ...over,
});

const standing = (of: { since: number | null; unsubscribed: number; metric?: string }): number =>
  standingHarm({
    read: { guardrails: [guardrail({ metric: of.metric ?? 'unsubscribe' }), guardrail({ verdict: 'inconclusive' })] },
    evidence: [
      cell({ unsubscribed: of.unsubscribed }),
      cell({ treated: false }),
      cell({ ageWeeks: 5, unsubscribed: 200 }),
      cell({ ageWeeks: 5, treated: false }),
    ],
    cooldownWeeks: 2,
    weeksSinceRetreat: () => of.since,
  }).length;

test('an inferior guardrail calls for a retreat, an inconclusive one does not', () => {
  expect(standing({ since: null, unsubscribed: 0 })).toBe(1);
});

test('after a retreat only what was opened since then calls for the next', () => {
  expect(standing({ since: 2, unsubscribed: 60 })).toBe(1);
  expect(standing({ since: 2, unsubscribed: 3 })).toBe(0);
  expect(standing({ since: 1, unsubscribed: 60 })).toBe(0);
  expect(standing({ since: 6, unsubscribed: 0 })).toBe(1);
});

test('harm that the evidence does not count waits for a whole window', () => {
  expect(standing({ since: 1, unsubscribed: 0, metric: 'refund' })).toBe(0);
  expect(standing({ since: 2, unsubscribed: 0, metric: 'refund' })).toBe(1);
});
