import { describe, expect, test } from 'vitest';
import { detections } from '../../src/app/campaigns/lint/detection.ts';
import type { CampaignFacts } from '../../src/app/campaigns/lint/facts.ts';
import { forecastWave } from '../../src/app/campaigns/lint/forecast.ts';
import { learningFindings } from '../../src/app/campaigns/lint/learning-rules.ts';
import { detectionFindings } from '../../src/app/campaigns/lint/power-rules.ts';
import { holdoutCost } from '../../src/app/campaigns/plan/holdout-cost.ts';
import type { Campaign } from '../../src/domain/campaign.schema.ts';
import { defaultSettings } from '../../src/domain/settings.schema.ts';
import { initialPolicies } from '../../src/policy/initial-policies.ts';
import { candidateMoves } from '../../src/policy/thresholds/interval-moves.ts';
import { entriesToSee } from '../../src/experiments/power.ts';
import { aCampaign } from '../support/campaigns.ts';

const margin = { costs: { margin: 5 } };
const found = (over: Record<string, unknown>): string[] =>
  learningFindings(aCampaign(over)).map(
    ({ severity, rule, path, fix }) => `${severity} ${rule} ${path.join('.')}: ${fix}`,
  );

test('a sound campaign leaves nothing to say', () => {
  expect(found(margin)).toEqual([]);
});

test.each([
  [{}, 'warning no_margin costs: add costs.margin: what one goal event earns'],
  [
    { goal: { event: 'purchase', value: 'revenue' } },
    'warning no_margin costs: add costs.margin: the share of revenue that is margin',
  ],
  [{ learning: { mode: 'auto' } }, 'warning auto_without_margin costs: add costs.margin: what one goal event earns'],
  [{ ...margin, policy: { lo: 0.4 } }, 'warning band_edge policy.lo: use 0.333 or 0.417'],
  [{ ...margin, policy: { lo: 0.5, bounds: { lo: 0.35 } } }, 'warning band_edge policy.bounds.lo: use 0.333 or 0.417'],
  [{ ...margin, policy: { lo: 0.4, bands: 20, hi: 0.97 } }, 'warning band_edge policy.hi: use 0.95 or 1'],
  [
    { ...margin, policy: { lo: 0.5, segments: { gold: { lo: 0.55 } } } },
    'warning band_edge policy.segments.gold.lo: use 0.5 or 0.583',
  ],
  [
    { ...margin, learning: { armShares: 'thompson', armFloor: 0.5 }, actions: [threeArms()] },
    'error arm_floor learning.armFloor: use at most 0.333',
  ],
])('warns of %o', (over, expected) => {
  expect(found(over)).toEqual([expected]);
});

test('edges written with three decimals, fixed shares and learning that is off are left alone', () => {
  expect(found({ ...margin, policy: { lo: 0.583, hi: 0.917 } })).toEqual([]);
  expect(found({ ...margin, learning: { armFloor: 0.5 }, actions: [threeArms()] })).toEqual([]);
  expect(found({ ...margin, learning: { mode: 'off' }, policy: { lo: 0.4 } })).toEqual([]);
});

test('a threshold written with three decimals starts on its edge, and moves from there by whole bands', () => {
  const policy = { lo: 0.583, hi: 0.917, bounds: { lo: 0.333 } };
  const [live] = initialPolicies(aCampaign({ policy }));
  expect(live).toMatchObject({ lo: 7 / 12, hi: 11 / 12 });
  // 0.4 is meant as it is.
  expect(initialPolicies(aCampaign({ policy: { lo: 0.4 } }))[0]?.lo).toBe(0.4);
  const lowest = candidateMoves({ lo: 4 / 12, hi: 1 }, { lo: 0.333, hi: 1 }, 12);
  expect(lowest.map(({ kind }) => kind)).toEqual(['raise_lo', 'lower_hi']);
});

function threeArms(): Record<string, unknown> {
  const sms = [{ channels: ['sms'], contents: { sms: { text: { en: 'Hi' } } } }];
  const arms = ['a', 'b', 'c'].map((id, i) => ({ id, share: [0.4, 0.3, 0.3][i], steps: sms }));
  return { id: 'offer', kind: 'content', arms };
}

/** 1,000 users in the audience: 600 inside, 200 in the exploration band; 100 are warned a day. */
function facts(over: Partial<CampaignFacts> = {}): CampaignFacts {
  const cell = {
    segment: 'shopper',
    action: 'offer',
    users: 1000,
    inside: 600,
    exploring: 200,
    entered: 0,
    freshInside: 600,
    freshExploring: 200,
    treatedInside: 540,
    treatedExploring: 10,
  };
  return {
    decisionAt: new Date('2026-05-20T12:00:00Z'),
    settings: { ...defaultSettings, globalHoldout: 0 },
    catalogue: [],
    names: { models: [], segments: [], reasons: [], eventTypes: [] },
    audience: [cell],
    reasons: [],
    warnedPerDay: 100,
    measured: { warnings: 1000, rate: 0.15, averageMinor: 5000, spreadMinor: 4000 },
    pools: [],
    others: [],
    live: [],
    reservedMinor: 0,
    ...over,
  };
}

const detect = (campaign: Campaign, given = facts()) => detections(campaign, given, forecastWave(campaign, given));

describe('what it takes', () => {
  test('counts entries inside the interval, against the control, at daily looks, until their window is over', () => {
    const campaign = aCampaign(margin);
    const [one] = detect(campaign);
    const share = 0.9 * 0.9 * 0.5;
    expect(one).toMatchObject({
      arm: 'plain',
      against: 'control',
      arms: 1,
      metric: 'rate',
      entriesToday: 600,
      entriesPerDay: 60,
    });
    expect(one?.shareTreated).toBeCloseTo(share);
    expect(one?.shareControl).toBeCloseTo(share);
    const design = {
      baseline: { kind: 'rate', rate: 0.2 },
      shareTreated: share,
      shareControl: share,
      alpha: 0.05,
    } as const;
    const needed = entriesToSee({ ...design, looks: 'daily' }, 0.1);
    expect(one?.entriesNeeded).toBe(needed);
    expect(one?.days).toBe(Math.ceil((needed - 600) / 60) + 14);
    expect(one?.daysAtOneLook).toBeLessThan(one?.days ?? 0);
    expect(one?.horizons.map(({ days, entries }) => [days, entries])).toEqual([
      [28, 600 + 14 * 60],
      [90, 600 + 76 * 60],
    ]);
    expect(one?.horizons[1]?.power).toBeGreaterThan(one?.horizons[0]?.power ?? 1);
  });

  test('several arms share the chance of a false verdict, so each needs more', () => {
    const [two] = detect(aCampaign({ ...margin, actions: [threeArms()] }));
    expect(two).toMatchObject({ arms: 3, against: 'holdout' });
    const design = { baseline: { kind: 'rate', rate: 0.2 }, shareTreated: 0.81 * 0.3, shareControl: 0.19 } as const;
    expect(two?.entriesNeeded).toBe(entriesToSee({ ...design, alpha: 0.05 / 3, looks: 'daily' }, 0.1));
  });

  test('revenue needs its amounts, and their spread', () => {
    const campaign = aCampaign({ goal: { event: 'purchase', value: 'revenue', baseRate: 0.2 } });
    const [one] = detect(campaign);
    const share = 0.9 * 0.9 * 0.5;
    // r(s² + m²) − (rm)²
    const sd = Math.sqrt(0.2 * (4000 ** 2 + 5000 ** 2) - 1000 ** 2);
    const design = { baseline: { kind: 'mean', mean: 1000, sd }, shareTreated: share, shareControl: share } as const;
    expect(one).toMatchObject({
      metric: 'revenue',
      entriesNeeded: entriesToSee({ ...design, alpha: 0.05, looks: 'daily' }, 0.1),
    });
    const unknown = facts({ measured: { warnings: 1000, rate: 0.2, averageMinor: null, spreadMinor: null } });
    expect(detect(campaign, unknown)).toEqual([]);
    expect(detectionFindings(campaign, [], unknown)[0]?.what).toContain('no amounts of purchase are known');
  });

  test('the planned end sets the horizon: its last entries are counted when their window is over', () => {
    const [one] = detect(aCampaign({ schedule: { at: '09:00', until: '2026-06-18' } }));
    expect(one?.horizons.map(({ days }) => days)).toEqual([30 + 14]);
    const [short] = detect(aCampaign({ goal: { event: 'purchase', baseRate: 0.2, windowDays: 60 } }));
    expect(short?.horizons[0]).toEqual({ days: 28, entries: 0, power: 0, lift: null });
  });

  test('learned probabilities count as they are, and who is in an entry already still tells how the next are treated', () => {
    const learned = facts();
    learned.audience[0]!.treatedInside = 300;
    expect(forecastWave(aCampaign(margin), learned)[0]?.inside).toEqual({ entries: 600, treated: 0.45 });
    const entered = facts();
    Object.assign(entered.audience[0]!, { freshInside: 0, freshExploring: 0, treatedInside: 0, treatedExploring: 0 });
    expect(forecastWave(aCampaign(margin), entered)[0]?.inside.treated).toBeCloseTo(0.81);
    expect(detect(aCampaign(margin), entered)[0]?.days).toBeGreaterThan(14);
  });

  test('the holdout costs what the held-out inside the interval would bring', () => {
    const campaign = aCampaign(margin);
    const cost = holdoutCost(campaign, facts(), forecastWave(campaign, facts()));
    // 19 % of 600 today, of 60 a day in a week; 0.2 × 0.1 goals more each, 5.00 a goal.
    expect(cost.usersToday).toBeCloseTo(114);
    expect(cost.usersPerWeek).toBeCloseTo(79.8);
    expect([cost.todayMinor, cost.perWeekMinor]).toEqual([1140, 798]);
    expect(holdoutCost(aCampaign(), facts(), forecastWave(aCampaign(), facts())).todayMinor).toBeNull();
  });

  test('warns where a guardrail can not pass within a year, in one line, and not where it can', () => {
    const lint = (campaign: Campaign): string[] =>
      detectionFindings(campaign, detect(campaign), facts())
        .filter(({ rule }) => rule === 'guardrail_power')
        .map(({ path, fix }) => `${path.join('.')}: ${fix}`);
    expect(lint(aCampaign(margin))).toEqual([]);
    const tiny = { ...margin, holdout: 0.001, policy: { lo: 0.5, inside: 0.995 }, actions: [threeArms()] };
    const few = facts();
    few.audience[0]!.treatedInside = 597;
    const campaign = aCampaign(tiny);
    const findings = detectionFindings(campaign, detect(campaign, few), few);
    expect(findings.filter(({ rule }) => rule === 'guardrail_power')).toMatchObject([
      { path: ['guardrails', 'unsubscribeMargin'], fix: expect.stringContaining('give the holdout a larger share') },
      { path: ['guardrails', 'complaintMargin'] },
    ]);
  });
});
