import type { CampaignRead, Contrast, Estimate, GroupRead, GroupRole } from '../../src/domain/read.ts';
import type { MetricDefinition } from '../../src/domain/read-inputs.ts';

const METRICS: MetricDefinition[] = [
  { id: 'goal', label: 'purchase', kind: 'rate', role: 'goal', margin: null, capMinor: null },
  { id: 'returned', label: 'came back', kind: 'rate', role: 'secondary', margin: null, capMinor: null },
  { id: 'net_value', label: 'net value', kind: 'mean', role: 'money', margin: null, capMinor: null },
  { id: 'unsubscribe', label: 'unsubscribed', kind: 'rate', role: 'guardrail', margin: 0.005, capMinor: null },
  { id: 'refund', label: 'refunds', kind: 'mean', role: 'guardrail', margin: null, capMinor: null },
];

/** A value with an interval of ± so much. */
export function around(value: number, half: number): Estimate {
  return { value, low: value - half, high: value + half };
}

/** A group of the action "offer" with its rates of purchase and return. */
export function aGroup(group: string, role: GroupRole, over: Partial<GroupRead> = {}): GroupRead {
  const value = (metric: string, converted: number) => ({
    metric,
    entries: 4000,
    converted,
    total: converted,
    estimate: around(converted / 4000, 0.01),
    why: null,
  });
  return {
    action: 'offer',
    group,
    role,
    entries: 4000,
    values: [value('goal', 480), value('returned', 900)],
    ...over,
  };
}

/** A contrast of the goal against the held out: +3 points, clear, unless overridden. */
export function aContrast(over: Partial<Contrast> = {}): Contrast {
  return {
    action: 'offer',
    arm: 'pack',
    against: 'held_out',
    metric: 'goal',
    method: 'pooled',
    entries: 4000,
    entriesAgainst: 4000,
    absolute: { value: 0.03, low: 0.016, high: 0.044 },
    relative: { value: 0.25, low: 0.12, high: 0.38 },
    p: 0.00003,
    pAdjusted: null,
    alwaysValid: { low: 0.008, high: 0.052, level: 0.975, p: 0.0004 },
    chanceBetter: 0.99997,
    expectedLoss: 0.0000001,
    why: null,
    ...over,
  };
}

/** A read of two treated arms and a control, with everything that a page can show; parts may be overridden. */
export function aRead(over: Partial<CampaignRead> = {}): CampaignRead {
  const worse = { absolute: around(-0.021, 0.012), relative: around(-0.17, 0.1), chanceBetter: 0.0004 };
  const open = { absolute: around(0.004, 0.014), relative: around(0.03, 0.11), chanceBetter: 0.71 };
  const wide = { low: -0.1, high: 0.31, level: 0.975, p: 1 };
  return {
    campaignId: 'spring-offer',
    version: 3,
    asOf: '2026-05-20T08:00:00.000Z',
    by: null,
    currency: 'CNY',
    metrics: METRICS,
    entries: 16_000,
    explorationEntries: 812,
    immature: [{ day: '2026-05-19', entries: 371, maturesAt: '2026-06-02T02:00:00.000Z' }],
    verdict: {
      decision: 'ship',
      reason: 'better',
      sentence: 'pack brings 3.0 pp more purchases [0.8, 5.2] and 4.12 CNY per entry; no guardrail is harmed.',
      days: null,
    },
    verdicts: [
      {
        decision: 'ship',
        reason: 'better',
        sentence: 'The interval lies above zero.',
        days: null,
        action: 'offer',
        arm: 'pack',
        against: 'held_out',
      },
      {
        decision: 'keep_running',
        reason: 'not_yet',
        sentence: 'The interval holds zero.',
        days: 12,
        action: 'offer',
        arm: 'letter',
        against: 'held_out',
      },
    ],
    sampleRatio: [
      {
        action: 'offer',
        groups: [
          { group: 'pack', observed: 4012, expected: 4000 },
          { group: 'letter', observed: 3991, expected: 4000 },
          { group: 'nothing', observed: 3990, expected: 4000 },
          { group: 'holdout', observed: 4007, expected: 4000 },
        ],
        chi2: 0.08,
        df: 3,
        p: 0.9941,
        sequentialP: 1,
        leaks: [],
        alarm: false,
        sentence: 'The groups have the sizes that chance should have given them.',
      },
    ],
    groups: [
      aGroup('pack', 'arm'),
      aGroup('letter', 'arm'),
      aGroup('nothing', 'control'),
      aGroup('holdout', 'holdout'),
      aGroup('untreated', 'untreated', { entries: 0, values: [] }),
    ],
    contrasts: [
      aContrast(),
      aContrast({ arm: 'letter', ...open, alwaysValid: wide, p: 0.57, expectedLoss: 0.0021 }),
      aContrast({ arm: 'letter', against: 'control', ...worse, alwaysValid: null, p: 0.0006 }),
      aContrast({ metric: 'returned', pAdjusted: 0.002, alwaysValid: null }),
      aContrast({
        arm: 'letter',
        metric: 'returned',
        absolute: null,
        relative: null,
        p: null,
        why: 'nobody came back',
      }),
      aContrast({ metric: 'unsubscribe', absolute: around(0.001, 0.0016), alwaysValid: null, chanceBetter: 0.89 }),
    ],
    guardrails: [
      {
        action: 'offer',
        arm: 'pack',
        against: 'held_out',
        metric: 'unsubscribe',
        harm: around(0.001, 0.0016),
        margin: 0.005,
        verdict: 'pass',
        sentence: 'pack: at most 0.26 pp more unsubscribe, under the margin of 0.5 pp.',
      },
      {
        action: 'offer',
        arm: 'letter',
        against: 'held_out',
        metric: 'unsubscribe',
        harm: around(0.009, 0.003),
        margin: 0.005,
        verdict: 'inferior',
        sentence: 'letter: at least 0.6 pp more unsubscribe, above the margin of 0.5 pp.',
      },
      {
        action: 'offer',
        arm: 'pack',
        against: 'held_out',
        metric: 'refund',
        harm: around(12, 30),
        margin: null,
        verdict: 'unjudged',
        sentence: 'No margin is set for refunds.',
      },
    ],
    money: [
      {
        action: 'offer',
        arm: 'pack',
        against: 'held_out',
        perEntry: around(412, 180),
        total: around(1_648_000, 720_000),
        entries: 4000,
        why: null,
      },
      {
        action: 'offer',
        arm: 'letter',
        against: 'held_out',
        perEntry: null,
        total: null,
        entries: 4000,
        why: 'costs.margin is missing',
      },
    ],
    novelty: [
      {
        action: 'offer',
        arm: 'pack',
        against: 'held_out',
        days: [0, 1, 2, 3, 4, 5, 6, 7].map((day) => ({
          daysSince: day,
          difference: around(0.03 * (1 - Math.exp(-day / 2)), 0.011),
        })),
        sentence: 'Most of the difference comes in the first four days and then stays.',
      },
    ],
    slices: [],
    notes: [
      'Two arms are compared, so that the level of each is 97.5 %.',
      'Amounts are capped at 990.00 CNY (12 of them).',
    ],
    ...over,
  };
}
