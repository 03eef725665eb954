import { describe, expect, test } from 'vitest';
import { groupFinder } from '../../src/app/experiment/groups.ts';
import { planOutcomes } from '../../src/app/experiment/outcome-columns.ts';
import { aCampaign } from '../support/campaigns.ts';

const arm = (id: string) => ({ id, share: 1 });
const twoActions = aCampaign({
  actions: [
    { id: 'cheap', kind: 'coupon', reasons: ['price'], arms: [arm('big-coupon'), arm('plain')] },
    { id: 'help', kind: 'tutorial', reasons: ['stuck'], arms: [arm('plain')] },
  ],
});

describe('the group of a recorded row', () => {
  const find = groupFinder(twoActions);

  test.each([
    ['big-coupon', [], 'cheap', 'big-coupon'],
    [' Big  Coupon! ', [], 'cheap', 'big-coupon'],
    ['plain', ['stuck'], 'help', 'plain'],
    ['Plain', ['price', 'stuck'], 'cheap', 'plain'],
    ['plain', ['other'], 'cheap', 'plain'],
  ])('%s with the reasons %j is of %s', (name, reasons, action, found) => {
    expect(find({ arm: name, reasons })).toEqual({ action, assignment: 'arm', arm: found });
  });

  test.each([
    ['holdout', ['stuck'], 'help', 'holdout'],
    ['Hold-out', [], 'cheap', 'holdout'],
    ['GLOBAL_HOLDOUT', [], 'cheap', 'global_holdout'],
  ])('%s with the reasons %j is held out of %s', (name, reasons, action, assignment) => {
    expect(find({ arm: name, reasons })).toEqual({ action, assignment, arm: null });
  });

  test('that the campaign does not have is told with those it has', () => {
    expect(find({ arm: 'control', reasons: [] })).toEqual({
      reason: 'the campaign has no arm control: it has big-coupon, plain; holdout',
    });
  });
});

describe('the outcome columns of a recorded experiment', () => {
  const typesOf = (columns: string[], over: Record<string, unknown> = {}) => {
    const plan = planOutcomes(columns, aCampaign(over));
    return { ...plan, types: Object.fromEntries([...plan.byColumn].map(([column, { type }]) => [column, type])) };
  };

  test('returned is the first return event that has no column', () => {
    expect(typesOf(['returned', 'revenue'], { goal: { event: 'order', value: 'revenue' } })).toMatchObject({
      types: { returned: 'purchase', revenue: 'order' },
      goalFromAmount: true,
      hasGoal: true,
    });
    expect(typesOf(['purchased', 'returned']).types).toEqual({ purchased: 'purchase', returned: 'visit' });
    expect(typesOf(['returned'])).toMatchObject({ types: { returned: 'purchase' }, hasGoal: true });
  });

  test('returned is left out where every return event has a column, with a remark', () => {
    const plan = typesOf(['purchase', 'visit', 'returned']);
    expect(plan.types).toEqual({ purchase: 'purchase', visit: 'visit' });
    expect(plan.remarks).toEqual([expect.stringContaining('column returned is not used')]);
  });

  test('a time says the same as its column, and stands for it where there is none', () => {
    expect(typesOf(['Purchase_at', 'visit', 'visit_at', 'unsubscribed_at']).types).toEqual({
      Purchase_at: 'purchase',
      visit: 'visit',
      visit_at: 'visit',
      unsubscribed_at: 'unsubscribe',
    });
  });

  test('an amount alone is no goal that is counted', () => {
    expect(typesOf(['revenue']).hasGoal).toBe(false);
    expect(typesOf(['conversion', 'goal_event', 'spend'])).toMatchObject({
      types: { conversion: 'purchase', goal_event: 'goal_event', spend: 'spend' },
      hasGoal: true,
    });
  });
});
