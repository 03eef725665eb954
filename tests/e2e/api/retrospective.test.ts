import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../support/database.ts';
import { testApi } from '../../support/api-client.ts';
import { ReadWorld } from '../../support/read-world.ts';
import { aSendableCampaign } from '../../support/sendable-wave.ts';
import { aMessage, aUser, aWarning, aWay, hoursAfter, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => hoursAfter(NOON, 24 * 20) });
const look = as('viewer');
const world = new ReadWorld(db);
const day = NOON.toISOString().slice(0, 10);
let waveNo = 0;

/** 40 contacted, 20 came back, 10 of whom bought; 20 held out, of whom 4 came back; 3 blocked by a cap, 2 held out but stopped later. */
beforeAll(async () => {
  await aSendableCampaign(db, { goals: [{ name: 'orders', period: 'month', target: 8 }] });
  waveNo = await world.waveOf(NOON);
  for (let index = 0; index < 40; index++) {
    const { userNo, entryNo } = await world.entered({ reasons: index < 30 ? ['price'] : ['price', 'boredom'] });
    const state = index === 39 ? 'FAILED' : index === 38 ? 'BOUNCED' : 'DELIVERED';
    const messageNo = await aMessage(db, { waveNo, userNo, entryNo, state, costMinor: 2 });
    if (index < 5) await db('clicks').insert({ message_no: messageNo, link_no: 1, machine: index === 4 });
    if (index < 20) await world.event(userNo, { type: 'visit', at: hoursAfter(NOON, 5) });
    if (index < 10) await world.event(userNo, { at: hoursAfter(NOON, 6), value: 100 });
  }
  const ways = db('ways');
  for (let index = 0; index < 22; index++) {
    const { userNo } = await world.entered({ assignment: 'holdout', reasons: ['price'] });
    const rung = index < 2 ? 'caps' : null;
    await ways.clone().where({ user_no: userNo }).update({ disposition: 'held_out', reason: 'holdout', rung });
    if (index < 6) await world.event(userNo, { type: 'visit', at: hoursAfter(NOON, 5) });
  }
  for (let index = 0; index < 3; index++) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, { userNo });
    await aWay(db, { waveNo, userNo, warningNo, disposition: 'blocked', rung: 'consent', reason: 'no_consent' });
  }
});

test('a wave is looked back on from warned to returned, with intervals and beside who was held out', async () => {
  const { status, body } = await look('GET', `/waves/${waveNo}/retrospective`);
  expect(status).toBe(200);
  expect(body.funnel).toMatchObject({
    warned: 65,
    contacted: 40,
    heldOut: 22,
    blocked: 3,
    accepted: 39,
    clicked: 4,
    returned: {
      count: 20,
      of: 40,
      rate: { value: 0.5, low: expect.closeTo(0.352, 3), high: expect.closeTo(0.648, 3) },
    },
    reachedGoal: { count: 10, of: 40 },
    heldOutReturned: { count: 4, of: 20 },
    windowsOpen: 0,
  });
  expect(body).toMatchObject({ from: day, to: day, waveCount: 1, currency: 'USD', costMinor: 78 });
  expect(body.blocked).toEqual([{ rung: 'consent', reason: 'no_consent', users: 3 }]);
  expect(body.waterfall[0]).toMatchObject({ rung: 'warned', reached: 65 });
  expect(body.unsent).toEqual([{ reason: 'failed: unnamed', users: 1 }]);
});

test('channels, churn reasons, goals and texts each have their line', async () => {
  const { body } = await look('GET', `/waves/${waveNo}/retrospective`);
  expect(body.channels).toMatchObject([
    { channel: 'email', planned: 40, accepted: 39, failed: 1, bounced: 1, clicked: 4, costMinor: 78 },
  ]);
  expect(body.churnReasons).toMatchObject([
    { reason: 'price', contacted: 40, heldOutReturned: { count: 4, of: 20 } },
    { reason: 'boredom', contacted: 10, returned: { count: 0, of: 10 }, heldOutReturned: { of: 0, rate: null } },
  ]);
  expect(body.goals).toMatchObject([{ campaignId: 'winback', goals: [{ name: 'orders', target: 8 }] }]);
  expect(body.texts).toMatchObject([
    { arm: 'mail', step: 1, channel: 'email', subject: 'Come back', sent: 39, returned: { count: 20 }, isClear: false },
  ]);
});

test('a period is told in both languages, and claims no effect', async () => {
  const path = `/retrospectives?from=${day}&to=${day}&campaignId=winback`;
  const english = (await look('GET', path)).body.sentences.join(' ');
  expect(english).toContain(
    '1 wave looked at 65 warned users: 40 were to be contacted, 22 were held out, 3 were blocked.',
  );
  expect(english).toContain('20 came back: 50.0 % (35.2 % – 64.8 %)');
  expect(english).toContain('for the results to say');
  expect(english).toContain('orders, ');
  expect((await look('GET', `${path}&language=zh-CN`)).body.sentences[0]).toContain('共检查 65 位预警用户');
});

test('a text leads only where its interval lies above its rival’s', async () => {
  await db('messages')
    .whereIn('entry_no', db('entries').select('entry_no').orderBy('entry_no').limit(20))
    .update({ arm: 'other' });
  const { texts } = (await look('GET', `/waves/${waveNo}/retrospective`)).body;
  expect(texts).toMatchObject([
    { arm: 'other', returned: { count: 20, of: 20 }, isClear: true, subject: null },
    { arm: 'mail', returned: { count: 0, of: 19 }, isClear: false },
  ]);
  const { sentences } = (await look('GET', `/waves/${waveNo}/retrospective`)).body;
  expect(sentences.at(-1)).toContain('winback/offer/other is clearly ahead');
});

test('a period without waves is empty, one of two years or backwards is refused', async () => {
  const empty = await look('GET', '/retrospectives?from=2020-01-01&to=2020-01-31');
  expect(empty).toMatchObject({ status: 200, body: { waveCount: 0, texts: [], funnel: { warned: 0 } } });
  expect((await look('GET', '/retrospectives?from=2020-01-01&to=2022-01-01')).status).toBe(422);
  expect((await look('GET', '/retrospectives?from=2020-01-02&to=2020-01-01')).status).toBe(422);
  expect((await look('GET', '/retrospectives?from=soon&to=later')).status).toBe(400);
  expect((await look('GET', '/waves/987654/retrospective')).status).toBe(404);
});
