import { beforeEach, expect, test } from 'vitest';
import { loadReadInputs } from '../../src/db/queries/read-inputs/load-read-inputs.ts';
import type { MetricSums, ReadDimension, ReadInputs } from '../../src/domain/read-inputs.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { aCampaign, aCouponCode, aMessage, hoursAfter, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const HOURS_OF_WINDOW = 14 * 24;
const LATER = hoursAfter(NOON, HOURS_OF_WINDOW);
let world: ReadWorld;

beforeEach(async () => {
  await db.raw(
    'truncate users, warnings, events, entries, ways, messages, waves, campaigns, coupon_codes, coupon_pools cascade',
  );
  world = new ReadWorld(db);
});

const COSTS = { email: 0.1, sms: 0, push: 0, task: 0, margin: 20, unsubscribe: 5 };

function load(fields: { asOf?: Date; by?: ReadDimension } = {}): Promise<ReadInputs> {
  return loadReadInputs(db, { campaignId: 'winback', asOf: fields.asOf ?? LATER, by: fields.by ?? null });
}

/** The sums of a group over all its cells of the whole, or of one slice. */
function sumsOf(
  inputs: ReadInputs,
  group: string,
  slice: string | null = null,
): Record<string, MetricSums> & { n: number } {
  const cells = inputs.cells.filter((cell) => cell.group === group && cell.slice === slice);
  const found: Record<string, MetricSums> = {};
  for (const cell of cells) {
    for (const [id, sums] of Object.entries(cell.metrics)) {
      const own = found[id] ?? { converted: 0, sum: 0, m2: 0 };
      found[id] = { converted: own.converted + sums.converted, sum: own.sum + sums.sum, m2: own.m2 + sums.m2 };
    }
  }
  return Object.assign(found, { n: cells.reduce((n, cell) => n + cell.entries, 0) });
}

test('an event counts after the entry and up to the end of the window, for treated and held out alike', async () => {
  await aCampaign(db);
  const at = [0, 0.001, HOURS_OF_WINDOW, HOURS_OF_WINDOW + 0.001];
  for (const assignment of ['arm', 'holdout'] as const) {
    for (const hours of at) {
      const { userNo } = await world.entered({ assignment });
      await world.event(userNo, { at: hoursAfter(NOON, hours) });
    }
  }
  const inputs = await load();
  expect(sumsOf(inputs, 'mail')).toMatchObject({ n: 4, goal: { converted: 2, sum: 2, m2: 1 } });
  expect(sumsOf(inputs, 'holdout')).toMatchObject({ n: 4, goal: { converted: 2 } });
  expect(inputs.remarks.eventsBeforeEntry).toBe(2);
});

test('a late event changes the read, a second one of the same kind does not change the rate', async () => {
  await aCampaign(db);
  const { userNo } = await world.entered();
  expect(sumsOf(await load(), 'mail').goal?.converted).toBe(0);
  await world.event(userNo, { at: hoursAfter(NOON, 3) });
  await world.event(userNo, { at: hoursAfter(NOON, 5) });
  const inputs = await load();
  expect(sumsOf(inputs, 'mail').goal).toEqual({ converted: 1, sum: 1, m2: 0 });
  expect(inputs.novelty).toEqual([{ stratum: 0, group: 'mail', daysSince: 0, converted: 1 }]);
});

test('an event of an unknown user counts once the user arrived', async () => {
  await aCampaign(db);
  const { userNo } = await world.entered();
  await world.event(userNo, { at: hoursAfter(NOON, 3) });
  await db('events').update({ user_no: null });
  expect(sumsOf(await load(), 'mail').goal?.converted).toBe(0);
  await db('events').update({ user_no: userNo });
  expect(sumsOf(await load(), 'mail').goal?.converted).toBe(1);
});

test('an event counts in each entry of its user whose window holds it, and in no other', async () => {
  await aCampaign(db);
  const { userNo } = await world.entered();
  await world.entered({ userNo, openedAt: hoursAfter(NOON, 60 * 24), assignment: 'holdout' });
  await world.event(userNo, { at: hoursAfter(NOON, 3) });
  await world.event(userNo, { at: hoursAfter(NOON, 61 * 24) });
  await world.event(userNo, { at: hoursAfter(NOON, 62 * 24) });
  const inputs = await load({ asOf: hoursAfter(NOON, 90 * 24) });
  expect(sumsOf(inputs, 'mail')).toMatchObject({ n: 1, goal: { converted: 1 } });
  expect(sumsOf(inputs, 'holdout')).toMatchObject({ n: 1, goal: { converted: 1 } });
  expect(inputs.remarks.eventsBeforeEntry).toBe(0);
});

test('entries whose window is not over are named and left out; a read of the past is the read of then', async () => {
  await aCampaign(db);
  const { userNo } = await world.entered();
  await world.event(userNo, { at: hoursAfter(NOON, 3) });
  await world.entered({ openedAt: hoursAfter(NOON, 24) });
  await world.entered({ openedAt: hoursAfter(NOON, 24), assignment: 'untreated' });
  const early = await load();
  expect(early.cells).toHaveLength(1);
  expect(early.immature).toEqual([
    { day: '2026-05-21', entries: 2, maturesAt: hoursAfter(NOON, 24 + HOURS_OF_WINDOW).toISOString() },
  ]);
  expect(early.entriesPerDay).toBe(1);
  const late = await load({ asOf: hoursAfter(NOON, 24 + HOURS_OF_WINDOW) });
  expect(late.immature).toEqual([]);
  expect(late.cells.map(({ day, group, entries }) => [day, group, entries])).toEqual([
    ['2026-05-20', 'mail', 1],
    ['2026-05-21', 'mail', 1],
    ['2026-05-21', 'untreated', 1],
  ]);
  const atOnce = await load({ asOf: NOON });
  expect(atOnce.cells).toEqual([]);
  expect(atOnce.immature.map(({ day }) => day)).toEqual(['2026-05-20']);
  expect(atOnce.remarks.newestEventAt).toBeNull();
});

test('revenue in another currency is refused and counted; the purchase itself stays a purchase', async () => {
  await aCampaign(db, { goal: { event: 'purchase', value: 'revenue' } });
  const { userNo } = await world.entered();
  await world.event(userNo, { at: hoursAfter(NOON, 1), value: 1000 });
  await world.event(userNo, { at: hoursAfter(NOON, 2), value: 250 });
  await world.event(userNo, { at: hoursAfter(NOON, 3), value: 99_999, currency: 'EUR' });
  const other = await world.entered();
  await world.event(other.userNo, { at: hoursAfter(NOON, 3), value: 5, currency: 'EUR' });
  const inputs = await load();
  expect(sumsOf(inputs, 'mail')).toMatchObject({
    n: 2,
    goal: { converted: 1, sum: 1250, m2: 781_250 },
    conversion: { converted: 2 },
  });
  expect(inputs.remarks).toMatchObject({ otherCurrencyEvents: 2, cappedAmounts: 0 });
  expect(inputs.metrics.map(({ id, kind, role }) => [id, kind, role])).toEqual([
    ['goal', 'mean', 'goal'],
    ['conversion', 'rate', 'secondary'],
    ['returned', 'rate', 'secondary'],
    ['unsubscribe', 'rate', 'guardrail'],
    ['complaint', 'rate', 'guardrail'],
    ['refund', 'mean', 'guardrail'],
  ]);
});

test('net value takes off messages, unsubscribes and refunds, and an offer where it was used', async () => {
  const steps = [{ channels: ['email' as const], contents: {} }];
  await aCampaign(db, {
    costs: COSTS,
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { id: 'mail', share: 0.5, steps, offer: { cost: 3 } },
          { id: 'coded', share: 0.5, steps, offer: { cost: 4, pool: 'big' } },
        ],
      },
    ],
  });
  const mailed = await world.entered();
  await aMessage(db, { ...mailed, state: 'DELIVERED' });
  await aMessage(db, { ...mailed, step: 2, state: 'FAILED' });
  await world.event(mailed.userNo, { at: hoursAfter(NOON, 1) });
  await world.event(mailed.userNo, { at: hoursAfter(NOON, 2) });
  await world.event(mailed.userNo, { type: 'unsubscribe', at: hoursAfter(NOON, 3) });
  await world.event(mailed.userNo, { type: 'refund', at: hoursAfter(NOON, 4), value: 700 });
  for (const redeemedAt of [hoursAfter(NOON, 4), LATER, hoursAfter(LATER, 1)]) {
    const coded = await world.entered({ arm: 'coded' });
    const codeNo = await aCouponCode(db, { state: 'redeemed', campaignId: 'winback', userNo: coded.userNo });
    await db('coupon_codes').where({ code_no: codeNo }).update({ redeemed_at: redeemedAt });
    await aMessage(db, { ...coded, codeNo, arm: 'coded', state: 'ACCEPTED' });
  }
  const bought = await world.entered({ arm: 'coded' });
  await world.event(bought.userNo, { at: hoursAfter(NOON, 1) });
  const inputs = await load();
  // 2 × 20 − 3 (offer used) − 0.10 (one message accepted) − 5 − 7
  expect(sumsOf(inputs, 'mail').net_value).toEqual({ converted: 1, sum: 2490, m2: 0 });
  expect(sumsOf(inputs, 'mail').refund?.sum).toBe(700);
  // Two codes came back in time, one too late; the buyer without a redeemed code used no offer.
  expect(sumsOf(inputs, 'coded').net_value).toMatchObject({ converted: 4, sum: -410 - 410 - 10 + 2000 });
});

test('without a margin there is no net value', async () => {
  await aCampaign(db);
  await world.entered();
  expect((await load()).metrics.map(({ id }) => id)).not.toContain('net_value');
});

test('a complaint counts once, whether it is an event or the state of a message', async () => {
  await aCampaign(db);
  const state = 'COMPLAINED' as const;
  for (const changedAt of [hoursAfter(NOON, 2), hoursAfter(LATER, 2)]) {
    const entry = await world.entered();
    const messageNo = await aMessage(db, { ...entry, state });
    await db('messages').where({ message_no: messageNo }).update({ changed_at: changedAt });
    if (changedAt < LATER) await world.event(entry.userNo, { type: 'complaint', at: changedAt });
  }
  const byEvent = await world.entered();
  await world.event(byEvent.userNo, { type: 'complaint', at: hoursAfter(NOON, 2) });
  expect(sumsOf(await load(), 'mail').complaint).toEqual({ converted: 2, sum: 2, m2: 2 / 3 });
});

test('exploration entries, control, global holdout and changed policies are strata and groups of their own', async () => {
  await aCampaign(db);
  await db.raw(`insert into live_policies (campaign_id, segment, action, policy_version, lo, hi, inside, outside, explore_width, arm_shares, reason, actor)
    select campaign_id, segment, action, 2, lo, hi, inside, outside, explore_width, '{"mail": 0.6, "usual": 0.4}', 'learned', 'test' from live_policies`);
  await world.entered();
  await world.entered({ arm: 'usual' });
  await world.entered({ assignment: 'global_holdout' });
  await world.entered({ columns: { in_interval: false, p_treat: 0.05 } });
  await world.entered({ columns: { policy_version: 2 } });
  await world.entered({ columns: { policy_version: 2 }, assignment: 'holdout' });
  const inputs = await load();
  const drawn = inputs.strata.map(({ inInterval, pTreat, armShares }) => ({ inInterval, pTreat, armShares }));
  expect(drawn).toEqual([
    { inInterval: false, pTreat: 0.05, armShares: { mail: 0.8, usual: 0.2 } },
    { inInterval: true, pTreat: 0.9, armShares: { mail: 0.8, usual: 0.2 } },
    { inInterval: true, pTreat: 0.9, armShares: { mail: 0.6, usual: 0.4 } },
  ]);
  expect(inputs.cells.map(({ stratum, group, entries }) => [stratum, group, entries])).toEqual([
    [0, 'mail', 1],
    [1, 'global_holdout', 1],
    [1, 'mail', 1],
    [1, 'usual', 1],
    [2, 'holdout', 1],
    [2, 'mail', 1],
  ]);
  expect(inputs.arms).toEqual([
    { arm: 'mail', action: 'offer', control: false, sends: true },
    { arm: 'usual', action: 'offer', control: true, sends: false },
  ]);
});

test('slices stand beside the whole; an entry counts in each of its reasons', async () => {
  await aCampaign(db);
  const both = await world.entered({ reasons: ['price', 'quality'], segment: 'vip', channel: 'email' });
  await world.event(both.userNo, { at: hoursAfter(NOON, 1) });
  await world.entered({ reasons: ['price'] });
  await world.entered({ reasons: [] });
  const slicesBy = async (by: ReadDimension) => {
    const inputs = await load({ by });
    expect(sumsOf(inputs, 'mail')).toMatchObject({ n: 3, goal: { converted: 1 } });
    return inputs.cells
      .filter((cell) => cell.slice !== null)
      .map(({ slice, entries, metrics }) => [slice, entries, metrics.goal?.converted]);
  };
  expect(await slicesBy('reason')).toEqual([
    ['none', 1, 0],
    ['price', 2, 1],
    ['quality', 1, 1],
  ]);
  expect(await slicesBy('segment')).toEqual([
    ['shopper', 2, 0],
    ['vip', 1, 1],
  ]);
  expect(await slicesBy('channel')).toEqual([
    ['email', 1, 1],
    ['none', 2, 0],
  ]);
  expect(await slicesBy('version')).toEqual([['1', 3, 1]]);
  expect(await slicesBy('day')).toEqual([['2026-05-20', 3, 1]]);
});

test('of 2,000 amounts the cap cuts the two largest to the third, in every group alike', async () => {
  await aCampaign(db, { goal: { event: 'purchase', value: 'revenue' } });
  const { entryNo } = await world.entered();
  // Copies of one entry with one purchase each, of 1 to 1,998 and of two huge ones.
  await db.raw(`insert into users (user_id, actor) select 'copy' || g, 'test' from generate_series(1, 2000) g`);
  await db.raw(
    `insert into entries overriding system value select (jsonb_populate_record(e, jsonb_build_object('entry_no', e.entry_no + u.user_no,
       'user_no', u.user_no, 'assignment', case when u.user_no % 2 = 0 then 'arm' else 'holdout' end,
       'arm', case when u.user_no % 2 = 0 then 'mail' end))).*
     from entries e, users u where e.entry_no = ? and u.user_id like 'copy%'`,
    [entryNo],
  );
  await db.raw(
    `insert into events (event_id, user_id, user_no, type, occurred_at, value_minor, currency, actor)
     select user_id, user_id, user_no, 'purchase', ?, case when g > 1998 then 1000000 * g else g end, 'USD', 'test'
     from (select *, substr(user_id, 5)::int as g from users where user_id like 'copy%') u`,
    [hoursAfter(NOON, 1)],
  );
  const inputs = await load();
  expect(inputs.metrics[0]).toMatchObject({ id: 'goal', capMinor: 1998 });
  expect(inputs.remarks.cappedAmounts).toBe(2);
  const total = (sumsOf(inputs, 'mail').goal?.sum ?? 0) + (sumsOf(inputs, 'holdout').goal?.sum ?? 0);
  expect(total).toBe((1998 * 1999) / 2 + 2 * 1998);
});

test('a campaign that is not there is named', async () => {
  await expect(load()).rejects.toThrow('there is no campaign winback');
});
