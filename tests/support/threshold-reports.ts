import type { BandValue, ThresholdProposal } from '../../src/domain/learning.ts';
import type { LedgerProposal, PolicyVersionLine } from '../../src/domain/threshold-ledger.ts';
import type { ReportedPolicy, ThresholdReport } from '../../src/learning/threshold-report.ts';

const BANDS = 12;

/** The value of a band in minor units, ±120; left alone where even the upper end is far below zero. */
export function aBandValue(band: number, value: number): BandValue {
  return {
    segment: 'shopper',
    action: 'offer',
    band,
    treated: 400,
    heldOut: 60,
    raw: { value, se: 80 },
    posterior: { value, low: value - 120, high: value + 120 },
    sd: 61,
    chancePositive: value > 120 ? 0.98 : value < -120 ? 0.01 : 0.5,
    usersPerWeek: 140,
    leaveAlone: value < -120,
  };
}

/** Version n of the policy of shoppers, n weeks after 1 April 2026. */
export function aVersion(policyVersion: number, over: Partial<PolicyVersionLine> = {}): PolicyVersionLine {
  return {
    segment: 'shopper',
    action: 'offer',
    policyVersion,
    lo: 0.5,
    hi: 1,
    inside: 0.9,
    outside: 0.05,
    exploreWidth: 1 / BANDS,
    treatByBand: null,
    armShares: { nothing: 0.5, pack: 0.5 },
    reason: 'first policy of the file',
    actor: 'ann',
    at: new Date(Date.UTC(2026, 3, 1 + 7 * policyVersion)),
    ...over,
  };
}

const HISTORY = [
  aVersion(3, { lo: 4 / BANDS, hi: 11 / BANDS, reason: 'proposal 4: lower_hi', actor: 'learnThresholds' }),
  aVersion(2, { lo: 5 / BANDS, reason: 'proposal 2 <b>applied</b>', actor: 'bob' }),
  aVersion(1),
  aVersion(1, { segment: '*' }),
];

/** A policy that learning looked at: low scores are better left alone, the middle earns. */
export function aPolicy(over: Partial<ReportedPolicy> = {}): ReportedPolicy {
  const values = [-310, -240, -90, 20, 110, 190, 260, 240, 170, 90, 10, -60];
  return {
    segment: 'shopper',
    action: 'offer',
    inForce: HISTORY[0] ?? aVersion(3),
    mode: 'suggest',
    frozenBy: null,
    freezes: [],
    values: values.map((value, band) => aBandValue(band, value)),
    sentence: null,
    ...over,
  };
}

/** Open proposal 7: shoppers from one band lower on. */
export function aProposal(over: Partial<ThresholdProposal> = {}): LedgerProposal {
  const { lo, hi, treatByBand, armShares } = aVersion(3, { lo: 4 / BANDS, hi: 11 / BANDS });
  return {
    proposalNo: 7,
    cycleNo: 9,
    readNo: 21,
    campaignId: 'spring-offer',
    segment: 'shopper',
    action: 'offer',
    policySegment: 'shopper',
    policyVersion: 3,
    proposal: {
      segment: 'shopper',
      action: 'offer',
      kind: 'extend_lo',
      from: { lo, hi, treatByBand, armShares },
      to: { lo: 3 / BANDS, hi, treatByBand, armShares },
      delta: { value: 42_000, low: 9_000, high: 75_000 },
      chance: 0.973,
      usersPerWeek: 140,
      costPerWeek: 21_000,
      sentence: 'Treat shoppers from 0.25 on instead of 0.333: about 420 CNY a week more.',
      ...over,
    },
    asOf: new Date('2026-05-20T08:00:00Z'),
    proposedBy: 'schedule',
    state: 'open',
    decisions: [],
  };
}

/** The thresholds of a campaign after nine cycles: one policy that learns, one that is frozen, '*' without evidence. */
export function aThresholdReport(over: Partial<ThresholdReport> = {}): ThresholdReport {
  const frozen = aPolicy({
    segment: '高价值客户',
    inForce: HISTORY[3] ?? aVersion(1),
    freezes: [{ reason: 'sample_ratio', sentence: 'Frozen: the groups do not have the sizes that chance gives them.' }],
    values: aPolicy().values.map((value) => ({ ...value, segment: '高价值客户', leaveAlone: false })),
  });
  const rest = aPolicy({
    segment: '*',
    inForce: HISTORY[3] ?? aVersion(1),
    values: [],
    sentence: 'No mature entries yet.',
  });
  return {
    campaignId: 'spring-offer',
    version: 3,
    currency: 'CNY',
    bands: BANDS,
    bounds: { lo: 0.2, hi: 1 },
    cycle: {
      cycleNo: 9,
      readNo: 21,
      asOf: new Date('2026-05-20T08:00:00Z'),
      trigger: 'schedule',
      actor: 'schedule',
      at: new Date('2026-05-20T08:00:03Z'),
      estimator: {
        estimator: 'decomposed',
        p: 0.41,
        sentence: 'Treatment leaves the worth of an order alone (p 0.41).',
      },
      budgetOrder: [
        { segment: 'shopper', action: 'offer', band: 6, weeklyCost: 21_000, within: true },
        { segment: 'shopper', action: 'offer', band: 4, weeklyCost: 24_000, within: false },
      ],
      notes: ['Evidence older than a week counts 0.95 of the week after it.'],
    },
    policies: [rest, aPolicy(), frozen],
    open: [aProposal()],
    proposals: [aProposal()],
    history: HISTORY,
    switches: [],
    ...over,
  };
}
