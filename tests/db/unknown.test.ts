import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';
import { aCampaign, aContactedUser, aCouponCode, aWave } from '../support/world.ts';

const { db, url } = await freshDatabase();
const run = (...args: string[]) => runCli(url, ...args);
let waveNo = 0;

async function anUnknown(): Promise<{ messageNo: number; codeNo: number }> {
  const { messageNo, userNo } = await aContactedUser(db, { waveNo, state: 'UNKNOWN', costMinor: 40 });
  const codeNo = await aCouponCode(db, { state: 'reserved', campaignId: 'winback', userNo });
  await db('messages').where({ message_no: messageNo }).update({ code_no: codeNo });
  await db('waves').increment('reserved_minor', 40);
  await db('campaign_budgets').increment('reserved_minor', 40);
  return { messageNo, codeNo };
}

beforeAll(async () => {
  await aCampaign(db);
  waveNo = await aWave(db);
});

test('settled as sent it keeps code and budget, settled as not sent it gives them back, and the wave still adds up', async () => {
  expect((await run('unknown', 'list')).out).toContain('the fate of every message is known');
  const went = await anUnknown();
  const lost = await anUnknown();
  expect((await run('unknown', 'list', '--wave', 'winback', '--json')).json()).toMatchObject({
    messages: [{ messageNo: went.messageNo }, { messageNo: lost.messageNo }],
  });
  const settle = (no: number, as: string) =>
    run('unknown', 'settle', String(no), '--fate', as, '--reason', 'asked them', '--json');
  expect((await settle(went.messageNo, 'sent')).json()).toEqual({ settled: 1, fate: 'sent' });
  expect((await settle(lost.messageNo, 'not_sent')).json()).toEqual({ settled: 1, fate: 'not_sent' });
  const states = await db('messages').orderBy('message_no').select('state', 'counted_at');
  expect(states.map((row) => [row.state, row.counted_at !== null])).toEqual([
    ['ASSUMED_SENT', true],
    ['FAILED', false],
  ]);
  expect(await db('coupon_codes').orderBy('code_no').pluck('state')).toEqual(['sent', 'free']);
  expect((await run('prove', 'winback')).code).toBe(0);
  const again = await settle(went.messageNo, 'sent');
  expect(again.code).toBe(2);
  expect(again.err).toContain('is ASSUMED_SENT, not UNKNOWN');
});

test('a whole wave is settled at once, and either a message or a wave must be named', async () => {
  await anUnknown();
  await anUnknown();
  expect((await run('unknown', 'settle', '--fate', 'sent', '--reason', 'x')).err).toContain('say what to settle');
  expect(
    (await run('unknown', 'settle', '--wave', 'winback', '--fate', 'sent', '--reason', 'x', '--json')).json(),
  ).toMatchObject({
    settled: 2,
  });
});
