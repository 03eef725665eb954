import { describe, expect, it } from 'vitest';
import type { SwitchLine } from '../../src/domain/threshold-ledger.ts';
import { switchesOf } from '../../src/learning/switches.ts';
import { changedNumbers, hasNumbers } from '../../src/policy/policy-numbers.ts';
import { weeklyBudget } from '../../src/policy/weekly-budget.ts';
import { aCampaign } from '../support/campaigns.ts';

let switchNo = 0;
const turn = (over: Partial<SwitchLine>): SwitchLine => ({
  switchNo: (switchNo += 1),
  segment: '*',
  mode: null,
  frozen: null,
  reason: 'x',
  actor: 'cli:ana',
  at: new Date(0),
  ...over,
});

describe('the switches of a segment', () => {
  const of = { segment: 'new', campaignMode: 'suggest' as const };

  it('are the file’s without any turn', () => {
    expect(switchesOf([], of)).toEqual({ mode: 'suggest', frozenBy: null });
  });

  it('follow the newest turn that names it or the whole campaign, mode and brake each by itself', () => {
    const own = turn({ segment: 'new', mode: 'auto' });
    const brake = turn({ frozen: true });
    const other = turn({ segment: 'old', mode: 'off', frozen: false });
    expect(switchesOf([own, brake, other], of)).toEqual({ mode: 'auto', frozenBy: brake });
    expect(switchesOf([other, turn({ mode: 'off' }), brake, own], of).mode).toBe('off');
    expect(switchesOf([brake, turn({ segment: 'new', frozen: false })], of).frozenBy).toBeNull();
    expect(switchesOf([brake, turn({ segment: 'new', frozen: false })], { ...of, segment: 'old' }).frozenBy).toBe(
      brake,
    );
  });
});

describe('numbers of a policy', () => {
  const numbers = { lo: 0.5, hi: 1, treatByBand: null, armShares: { a: 0.4, b: 0.6 } };

  it('differ where a value differs, in whatever order shares come', () => {
    const to = { ...numbers, lo: 0.4, armShares: { b: 0.6, a: 0.4 } };
    expect(changedNumbers(numbers, to)).toEqual({ lo: 0.4 });
    expect(changedNumbers(numbers, { ...numbers, treatByBand: [0, 0.9] })).toEqual({ treatByBand: [0, 0.9] });
    expect(changedNumbers({ ...numbers, treatByBand: [0] }, numbers)).toEqual({ treatByBand: null });
  });

  it('are held by a policy that has all of them', () => {
    expect(hasNumbers(numbers, { lo: 0.5, armShares: { b: 0.6, a: 0.4 } })).toBe(true);
    expect(hasNumbers(numbers, { lo: 0.4 })).toBe(false);
    expect(hasNumbers({ ...numbers, treatByBand: [0.9] }, { treatByBand: null })).toBe(false);
  });
});

describe('the budget of a week', () => {
  it('is none, that of its waves, or what is left of the whole', () => {
    const schedule = { at: '09:00', days: ['mon', 'thu'] };
    expect(weeklyBudget(aCampaign(), 0)).toBeNull();
    expect(weeklyBudget(aCampaign({ budget: { perWave: 10 }, schedule }), 0)).toBe(2_000);
    expect(weeklyBudget(aCampaign({ budget: { perWave: 10 } }), 0)).toBe(7_000);
    expect(weeklyBudget(aCampaign({ budget: { perWave: 10, total: 100 }, schedule }), 9_500)).toBe(500);
    expect(weeklyBudget(aCampaign({ budget: { total: 100 } }), 12_000)).toBe(0);
  });
});
