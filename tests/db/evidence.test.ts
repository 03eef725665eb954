import { beforeEach, expect, test } from 'vitest';
import { loadArmEvidence, loadEvidence, loadUsersPerWeek } from '../../src/db/queries/evidence.ts';
import type { EvidenceCell } from '../../src/domain/learning.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { aCampaign, aMessage, aUser, aWarning, hoursAfter, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const WEEK_HOURS = 7 * 24;
const LATER = hoursAfter(NOON, 3 * WEEK_HOURS);
let world: ReadWorld;

beforeEach(async () => {
  await db.raw('truncate users, warnings, events, entries, ways, messages, waves, campaigns, attributes cascade');
  world = new ReadWorld(db);
});

const STEPS = [{ channels: ['email' as const], contents: {} }];
const COSTS = { email: 0.1, sms: 0, push: 0, task: 0, margin: 20, unsubscribe: 5 };

/** Two arms that send, a control that sends and one that gets nothing; holdout 10 %. */
function anExperiment(costs: Partial<typeof COSTS> = COSTS): Promise<unknown> {
  return aCampaign(db, {
    costs,
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { id: 'mail', share: 0.4, steps: STEPS, offer: { cost: 3 } },
          { id: 'other', share: 0.2, steps: STEPS },
          { id: 'usual-mail', share: 0.3, steps: STEPS, control: true },
          { id: 'nothing', share: 0.1, control: true },
        ],
      },
    ],
  });
}

const load = (): Promise<EvidenceCell[]> => loadEvidence(db, { campaignId: 'winback', asOf: LATER });

test('a silent control counts as not treated, one that sends on neither side, the global holdout not at all', async () => {
  await anExperiment();
  for (const arm of ['mail', 'other', 'usual-mail', 'nothing']) await world.entered({ arm });
  for (const assignment of ['holdout', 'untreated', 'global_holdout'] as const) await world.entered({ assignment });
  const cells = await load();
  const sides = cells.map(({ treated, entries, probability }) => ({ treated, entries, probability }));
  // Treated 0.9 · 0.9 · (0.4 + 0.2); not treated 1 − 0.9 · 0.9 · (1 − 0.1).
  expect(sides).toEqual([
    { treated: false, entries: 3, probability: expect.closeTo(0.271, 12) },
    { treated: true, entries: 2, probability: expect.closeTo(0.486, 12) },
  ]);
});

test('the exploration band has its own probabilities, and immature entries are no evidence', async () => {
  await anExperiment();
  await world.entered({ score: 0.45, columns: { in_interval: false, p_treat: 0.05 } });
  await world.entered({ score: 0.45, assignment: 'untreated', columns: { in_interval: false, p_treat: 0.05 } });
  await world.entered({ openedAt: hoursAfter(NOON, 8 * 24) });
  const cells = await load();
  expect(cells.map(({ band, ageWeeks, treated, probability }) => [band, ageWeeks, treated, probability])).toEqual([
    [5, 3, true, expect.closeTo(0.9 * 0.05 * 0.6, 12)],
    [5, 3, false, expect.closeTo(1 - 0.9 * 0.05 * 0.9, 12)],
  ]);
});

test('worth, costs and net value of a band are those of its entries', async () => {
  await anExperiment();
  const bought = await world.entered();
  await aMessage(db, { ...bought, state: 'DELIVERED' });
  await world.event(bought.userNo, { at: hoursAfter(NOON, 1) });
  await world.event(bought.userNo, { at: hoursAfter(NOON, 2) });
  const left = await world.entered();
  await aMessage(db, { ...left, state: 'DELIVERED' });
  await world.event(left.userNo, { type: 'unsubscribe', at: hoursAfter(NOON, 1) });
  const once = await world.entered({ arm: 'other' });
  await world.event(once.userNo, { at: hoursAfter(NOON, 1) });
  expect(await load()).toEqual([
    {
      segment: 'shopper',
      action: 'offer',
      band: 8,
      ageWeeks: 3,
      treated: true,
      probability: expect.closeTo(0.486, 12),
      entries: 3,
      converted: 2,
      // Two purchases of one user and one of another, at 20 each.
      worthSum: 6000,
      worthM2: 2_000_000,
      offersUsed: 1,
      offerCostSum: 300,
      sendCostSum: 20,
      unsubscribed: 1,
      complained: 0,
      // 4000 − 300 − 10, −10 − 500, 2000
      netSum: 5180,
      netM2: expect.closeTo((3690 - 5180 / 3) ** 2 + (-510 - 5180 / 3) ** 2 + (2000 - 5180 / 3) ** 2, 4),
    },
  ]);
});

test('the arms of the interval, without those of the exploration band', async () => {
  await anExperiment();
  const { userNo } = await world.entered();
  await world.event(userNo, { at: hoursAfter(NOON, 1) });
  await world.entered({ arm: 'usual-mail' });
  await world.entered({ columns: { in_interval: false } });
  await world.entered({ assignment: 'holdout' });
  expect(await loadArmEvidence(db, { campaignId: 'winback', asOf: LATER })).toEqual([
    { action: 'offer', arm: 'mail', entries: 1, converted: 1, netSum: 1700, netM2: 0 },
    { action: 'offer', arm: 'usual-mail', entries: 1, converted: 0, netSum: 0, netM2: 0 },
  ]);
});

test('without a margin there is no evidence of net value', async () => {
  await anExperiment({ email: 0.1, sms: 0, push: 0, task: 0, unsubscribe: 5 });
  await world.entered();
  expect(await load()).toEqual([]);
});

test('users a week: the newest warning of each in 28 days whom the campaign means, by band', async () => {
  await db('attributes').insert({ name: 'purchases', type: 'number', sample: '3' });
  await aCampaign(db, { audience: { segments: ['shopper'], filter: 'purchases > 1.0' } });
  const warned = async (fields: { score: number; daysAgo: number; segment?: string; purchases?: number }) => {
    const userNo = await aUser(db, { attributes: { purchases: fields.purchases ?? 3 } });
    await aWarning(db, { userNo, ...fields, raisedAt: hoursAfter(NOON, -24 * fields.daysAgo) });
    return userNo;
  };
  await warned({ score: 0.95, daysAgo: 0 });
  const again = await warned({ score: 0.95, daysAgo: 14 });
  await aWarning(db, { userNo: again, score: 0.2, raisedAt: hoursAfter(NOON, -24) });
  await warned({ score: 0.95, daysAgo: 14 });
  await warned({ score: 0.95, daysAgo: 40 });
  await warned({ score: 0.95, daysAgo: 1, segment: 'gamer' });
  await warned({ score: 0.95, daysAgo: 1, purchases: 1 });
  const perWeek = await loadUsersPerWeek(db, { campaignId: 'winback', asOf: NOON });
  expect(perWeek).toEqual([
    { segment: 'shopper', action: 'offer', band: 2, users: 0.5 },
    { segment: 'shopper', action: 'offer', band: 11, users: 1 },
  ]);
});
