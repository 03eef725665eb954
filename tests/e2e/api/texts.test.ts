import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aFullWave, aSendableCampaign } from '../../support/sendable-wave.ts';
import { aUser, NOON } from '../../support/world.ts';

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
  await db('events').insert(
    ['purchase', 'visit', 'visit', 'unsubscribe'].map((type, n) => ({
      event_id: `did-${n}`,
      user_id: 'x',
      user_no: buyer.user_no,
      type,
      occurred_at: new Date(opened.getTime() + 1000),
      actor: 'test',
    })),
  );
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
    returned: 1,
    unsubscribed: 1,
    clickRate: { value: 0.125 },
    unsubscribeRate: { value: 0.125 },
    inForce: true,
    variables: ['user.name'],
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

test('without a campaign the texts of all are there, and a channel and a language narrow them', async () => {
  const email = { en: { subject: 'Come back, {{user.name}}', html: '<p>Hello</p>', text: 'Hello' } };
  await aSendableCampaign(db, { campaign: 'autumn', name: { en: 'Autumn' } }, { ...TEXTS, email });
  const names = async (query: string) =>
    (await look('GET', `/texts?${query}`)).body.items.map(
      (one: { campaignId: string; channel: string; locale: string }) =>
        `${one.campaignId} ${one.channel} ${one.locale}`,
    );
  expect(new Set(await names(''))).toEqual(
    new Set(['winback sms en', 'winback sms zh-CN', 'autumn email en', 'autumn sms en', 'autumn sms zh-CN']),
  );
  expect(new Set(await names('channel=sms&locale=en'))).toEqual(new Set(['winback sms en', 'autumn sms en']));
});

test('a text of a published version is rendered as a user would get it, and its mail is a page for a frame', async () => {
  await aUser(db, { userId: 'anna', attributes: { name: 'Anna' } });
  const wish = { userId: 'anna', action: 'offer', arm: 'mail', step: 1, channel: 'email', locale: 'en' };
  const { body } = await look('POST', '/campaigns/autumn/versions/1/preview', { body: wish });
  expect(body).toMatchObject({
    version: 1,
    content: { subject: 'Come back, Anna' },
    page: expect.stringMatching(/^\/v1\/previews\//),
  });
  const gone = await look('POST', '/campaigns/winback/versions/7/preview', { body: {} });
  expect(gone).toMatchObject({ status: 404, body: { fix: 'see the versions on its page' } });
});

test('a campaign that is not there is a 404', async () => {
  expect((await look('GET', '/texts?campaign=nothing')).status).toBe(404);
});
