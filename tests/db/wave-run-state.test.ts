import { beforeAll, expect, test } from 'vitest';
import { setWaveRunState } from '../../src/db/queries/waves.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, aCouponCode, aMessage, aWave } from '../support/world.ts';

const { db } = await freshDatabase();
beforeAll(() => aCampaign(db).then(() => {}));

let day = 0;
async function wave(state: 'sending' | 'done' = 'sending'): Promise<number> {
  return aWave(db, { state, localDate: `2026-03-${String(++day).padStart(2, '0')}` });
}

function change(waveNo: number, state: 'running' | 'paused' | 'aborted'): Promise<string> {
  return setWaveRunState(db, { waveNo, state, actor: 'cli:ana', reason: 'wrong link' });
}

async function waveState(waveNo: number): Promise<string> {
  return (await db('waves').where({ wave_no: waveNo }).first('state')).state;
}

test('abort cancels what nobody claimed and gives back code and budget', async () => {
  const waveNo = await wave();
  const { userNo, messageNo, entryNo } = await aContactedUser(db, { waveNo, costMinor: 300 });
  const codeNo = await aCouponCode(db, { state: 'reserved', campaignId: 'winback', userNo });
  await db('messages').where({ message_no: messageNo }).update({ code_no: codeNo });
  const claimed = await aContactedUser(db, { waveNo, state: 'CLAIMED', costMinor: 200 });
  const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', costMinor: 100 });
  await db('campaign_budgets').update({ reserved_minor: 600 });
  await db('waves').where({ wave_no: waveNo }).update({ reserved_minor: 600 });

  expect(await change(waveNo, 'aborted')).toBe('aborted');

  const states = await db('messages').where({ wave_no: waveNo }).orderBy('message_no').select('state', 'counted_at');
  expect(states.map((row) => [row.state, row.counted_at !== null])).toEqual([
    ['CANCELLED', false],
    ['CLAIMED', true],
    ['ACCEPTED', true],
  ]);
  expect(await db('coupon_codes').where({ code_no: codeNo }).first('state', 'user_no')).toEqual({
    state: 'free',
    user_no: null,
  });
  expect((await db('campaign_budgets').first('reserved_minor')).reserved_minor).toBe(300);
  expect((await db('waves').where({ wave_no: waveNo }).first('reserved_minor')).reserved_minor).toBe(300);
  expect(await waveState(waveNo)).toBe('aborted');
  expect([entryNo, claimed.entryNo, sent.entryNo]).toHaveLength(3);
});

test('abort keeps the code of a follow-up that an earlier step may have sent, and of a second try', async () => {
  const waveNo = await wave();
  const first = await aContactedUser(db, { waveNo, state: 'UNKNOWN' });
  const again = await aContactedUser(db, { waveNo, state: 'PLANNED', stateReason: 'resend' });
  for (const { userNo, entryNo, messageNo } of [first, again]) {
    const codeNo = await aCouponCode(db, { state: 'reserved', campaignId: 'winback', userNo });
    await db('messages').where({ message_no: messageNo }).update({ code_no: codeNo });
    if (messageNo === first.messageNo) await aMessage(db, { waveNo, userNo, entryNo, step: 2, codeNo });
  }
  await change(waveNo, 'aborted');
  const messages = await db('messages').where({ wave_no: waveNo }).orderBy('message_no').select('state', 'counted_at');
  expect(messages.map((row) => [row.state, row.counted_at !== null])).toEqual([
    ['UNKNOWN', true],
    ['CANCELLED', true],
    ['CANCELLED', false],
  ]);
  const users = [first.userNo, again.userNo];
  expect(await db('coupon_codes').whereIn('user_no', users).pluck('state')).toEqual(['reserved', 'reserved']);
});

test('a second abort changes nothing and writes no second audit row', async () => {
  const waveNo = await wave();
  await change(waveNo, 'aborted');
  expect(await change(waveNo, 'aborted')).toBe('aborted');
  expect(await db('audit_log').where({ subject: `wave/${waveNo}` })).toHaveLength(1);
});

test('pause and resume bring the wave back to where its rows say it is', async () => {
  const waveNo = await wave();
  await aContactedUser(db, { waveNo });
  await change(waveNo, 'paused');
  expect(await waveState(waveNo)).toBe('paused');
  await change(waveNo, 'running');
  expect(await waveState(waveNo)).toBe('sending');

  await db('messages').where({ wave_no: waveNo }).update({ state: 'ACCEPTED' });
  await change(waveNo, 'paused');
  await change(waveNo, 'running');
  expect(await waveState(waveNo)).toBe('following_up');

  await db('wave_shards').where({ wave_no: waveNo }).update({ planned_at: null });
  await change(waveNo, 'paused');
  await change(waveNo, 'running');
  expect(await waveState(waveNo)).toBe('planning');
});

test('the audit log says who paused and why', async () => {
  const waveNo = await wave();
  await change(waveNo, 'paused');
  const [row] = await db('audit_log').where({ subject: `wave/${waveNo}` });
  expect(row).toMatchObject({ actor: 'cli:ana', action: 'wave.pause', details: { reason: 'wrong link' } });
});

test('a wave that is over or unknown is refused', async () => {
  const done = await wave('done');
  await expect(change(done, 'paused')).rejects.toMatchObject({ type: 'WaveRefused' });
  await expect(change(999_999, 'paused')).rejects.toMatchObject({ type: 'NotFound' });
});
