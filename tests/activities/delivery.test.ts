import { beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { aDueWave, deliveriesOver, inActivity } from '../support/deliveries.ts';
import { fakeChannel, type FakeChannel } from '../support/fake-channel.ts';
import { aFullWave, aSendableCampaign } from '../support/sendable-wave.ts';

const { db } = await freshDatabase();
let channel: FakeChannel;

beforeEach(() => {
  channel = fakeChannel();
});

test('sends every due message once, with provider id and the time of acceptance', async () => {
  const wave = await aDueWave(db, { users: 600 });
  const counts = await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(counts).toMatchObject({ accepted: 600, open: 0 });
  expect(new Set(channel.accepted.map((envelope) => envelope.deliveryId)).size).toBe(600);
  const [row] = await db('messages').where({ wave_no: wave.waveNo }).limit(1);
  expect(row).toMatchObject({ state: 'ACCEPTED', provider: 'smtp', provider_id: `id-${row.message_no}`, owner: null });
  expect(row.counted_at).toEqual(row.accepted_at);
});

test('a definite no comes back later, a final no suppresses user and address and gives the reservation back', async () => {
  const wave = await aDueWave(db, { users: 3, costMinor: 50 });
  const [first = 0, second = 0] = wave.messageNos;
  channel.answer = ({ messageNo }) => {
    if (messageNo === first) return { kind: 'retry', reason: 'smtp_451', evidence: 'rcpt: 451 later' };
    if (messageNo === second) {
      return { kind: 'failed', class: 'bad_address', evidence: 'rcpt: 550 5.1.1', suppress: true };
    }
    return { kind: 'accepted', providerId: 'x' };
  };
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  const [retried, failed] = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  expect(retried).toMatchObject({ state: 'PLANNED', attempts: 1, fence: 1 });
  expect(retried.planned_at.getTime()).toBeGreaterThan(Date.now() + 10_000);
  expect(failed).toMatchObject({ state: 'FAILED', state_reason: 'bad_address', counted_at: null });
  const suppressed = await db('suppressions').where({ reason: 'bad_address' }).select('user_no', 'address', 'channel');
  expect(suppressed).toEqual([
    { user_no: failed.user_no, address: null, channel: 'email' },
    { user_no: null, address: `w${wave.waveNo}-2@example.test`, channel: 'email' },
  ]);
  expect(await db('campaign_budgets').where({ campaign_id: wave.campaignId }).first()).toMatchObject({
    reserved_minor: 100,
  });
  expect(await db('waves').where({ wave_no: wave.waveNo }).first()).toMatchObject({ reserved_minor: 100 });
  expect(await db('attempts').where({ message_no: first })).toMatchObject([{ result: 'retry', class: 'smtp_451' }]);
});

test('an answer that never came leaves the message UNKNOWN, counted and held', async () => {
  const wave = await aDueWave(db, { users: 1 });
  channel.answer = () => ({ kind: 'unknown', reason: 'no_answer', evidence: 'dot: ECONNRESET' });
  const counts = await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(counts).toMatchObject({ unknown: 1, open: 0 });
  const found = await inActivity(deliveriesOver(db, channel).findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(found).toMatchObject({ ranges: [], nextDueAt: null, counts: { unknown: 1 } });
  expect(await inActivity(deliveriesOver(db, channel).reconcileUnknown, wave.part)).toEqual({
    settled: 0,
    unknown: 1,
    againAt: null,
  });
  const [row] = await db('messages').where({ wave_no: wave.waveNo });
  expect(row.counted_at).not.toBeNull();
});

test('a text that lacks a fact fails its own message only', async () => {
  const campaignId = await aSendableCampaign(
    db,
    { campaign: 'lacking' },
    { email: { en: { subject: 'Hi {{user.nick}}', html: '<p>x</p>', text: 'x' } } },
  );
  const wave = await aFullWave(db, { campaignId, users: 2 });
  const [first] = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  await db('users').where({ user_no: first.user_no }).update({ attributes: '{"nick":"Ada"}' });
  const part = { waveNo: wave.waveNo, step: 1, channel: 'email' as const, from: 0, to: 1e12 };
  expect(await inActivity(deliveriesOver(db, channel).deliverRange, part)).toMatchObject({ accepted: 1, failed: 1 });
  const [failed] = await db('messages').where({ wave_no: wave.waveNo, state: 'FAILED' });
  expect(failed.state_reason).toBe('render_failed');
});
