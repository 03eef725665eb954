import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aFullWave, aSendableCampaign } from '../../support/sendable-wave.ts';
import { NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const look = as('viewer');

const TEXTS = {
  sms: { en: { text: 'Hello {{user.name}}' }, 'zh-CN': { text: '您好' } },
};

beforeAll(async () => {
  await aSendableCampaign(db, { locales: ['en', 'zh-CN'] }, TEXTS);
});

/** Ten messages by SMS, of which `accepted` were taken; returns their numbers. */
async function aSentWave(input: { localDate: string; locale: string; accepted: number }): Promise<number[]> {
  const at = new Date(`${input.localDate}T10:00:00Z`);
  const { messageNos } = await aFullWave(db, {
    campaignId: 'winback',
    users: 10,
    channel: 'sms',
    at,
    localDate: input.localDate,
  });
  await db('users')
    .whereIn('user_no', db('messages').whereIn('message_no', messageNos).select('user_no'))
    .update({ locale: input.locale });
  await db('messages').whereIn('message_no', messageNos).update({ state: 'FAILED', submitted_at: at });
  const taken = messageNos.slice(0, input.accepted);
  await db('messages').whereIn('message_no', taken).update({ state: 'ACCEPTED', accepted_at: at });
  return taken;
}

test('each text has what its receivers did, by the locale that they read it in', async () => {
  const english = await aSentWave({ localDate: '2026-05-01', locale: 'en-GB', accepted: 8 });
  await aSentWave({ localDate: '2026-05-02', locale: 'zh-CN', accepted: 2 });
  const [first, second, third] = english;
  await db('clicks').insert([
    { message_no: first, link_no: 1, machine: false },
    { message_no: first, link_no: 2, machine: false },
    { message_no: second, link_no: 1, machine: true },
  ]);
  const buyer = await db('messages').where({ message_no: third }).first('user_no', 'entry_no');
  const { opened_at: opened } = await db('entries').where({ entry_no: buyer.entry_no }).first('opened_at');
  await db('events').insert({
    event_id: 'buy',
    user_id: 'x',
    user_no: buyer.user_no,
    type: 'purchase',
    occurred_at: new Date(opened.getTime() + 1000),
    actor: 'test',
  });
  const { status, body } = await look('GET', '/texts?campaign=winback');
  expect(status).toBe(200);
  const of = (locale: string) =>
    body.items.find((one: { locale: string; step: number }) => one.locale === locale && one.step === 1);
  expect(of('en')).toMatchObject({
    text: 'Hello {{user.name}}',
    subject: null,
    version: 1,
    sent: 10,
    accepted: 8,
    clicked: 1,
    goals: 1,
    clickRate: { value: 0.125 },
  });
  // Wilson's interval of 1 in 8, by his formula.
  expect(of('en').goalRate.lo).toBeCloseTo(0.0224, 3);
  expect(of('en').goalRate.hi).toBeCloseTo(0.4709, 3);
  expect(of('zh-CN')).toMatchObject({ sent: 10, accepted: 2, clicked: 0 });
});

test('a period counts only its waves, and a text that nobody got has no rates', async () => {
  const { body } = await look('GET', '/texts?campaign=winback&from=2026-05-02&to=2026-05-02');
  expect(body.items.map((one: { accepted: number }) => one.accepted)).toEqual(expect.arrayContaining([2, 0]));
  const english = body.items.find((one: { locale: string }) => one.locale === 'en');
  expect(english).toMatchObject({ accepted: 0, clickRate: null, goalRate: null });
});

test('a campaign that is not there is a 404', async () => {
  expect((await look('GET', '/texts?campaign=nothing')).status).toBe(404);
});
