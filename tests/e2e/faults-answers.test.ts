import { afterAll, expect, test } from 'vitest';
import type { Fault } from '../../src/channels/stand-ins/faults.ts';
import type { MessageState } from '../../src/domain/words.ts';
import { FLAWLESS } from '../support/chaos/oracle.ts';
import { setStage } from '../support/chaos/stage.ts';
import { freshDatabase } from '../support/database.ts';
import { applySettings } from '../support/world.ts';

const { db, url } = await freshDatabase();
await applySettings(db, { allowedHours: {} }); // at whatever hour the tests run
const stage = await setStage(db, url);
afterAll(() => stage.close());

type Case = [what: string, fault: Fault, end: MessageState];

const SMTP: Case[] = [
  ['421 at MAIL', { at: 'mail', reply: '421 4.3.2 going down' }, 'ACCEPTED'],
  ['450 at RCPT', { at: 'rcpt', reply: '450 4.2.1 busy' }, 'ACCEPTED'],
  ['451 after the dot', { reply: '451 4.3.0 try later' }, 'ACCEPTED'],
  ['452 after the dot', { reply: '452 4.3.1 no room' }, 'ACCEPTED'],
  ['550 at RCPT', { at: 'rcpt', reply: '550 5.1.1 no such user' }, 'FAILED'],
  ['552 after the dot', { reply: '552 5.2.2 mailbox full' }, 'FAILED'],
  ['554 after the dot', { reply: '554 5.6.0 content refused' }, 'FAILED'],
  ['accepted, then closed', { act: 'close', accepted: true }, 'UNKNOWN'],
  ['reset after the dot', { act: 'reset' }, 'UNKNOWN'],
  ['accepted, half a 250', { act: 'half_reply', accepted: true }, 'UNKNOWN'],
  ['accepted, then silence', { act: 'hang', accepted: true, delayMs: 30_000 }, 'UNKNOWN'],
  ['a slow 250', { delayMs: 1_200 }, 'ACCEPTED'],
];

test('every SMTP answer leads to the state that RELIABILITY names, and to one copy at most', async () => {
  const wave = await stage.wave({ users: SMTP.length });
  for (const [i, [, fault]] of SMTP.entries()) {
    await stage.standIns.fault('smtp', { ...fault, to: `^w${wave.waveNo}-${i + 1}@` });
  }
  const worker = await wave.start();
  expect(await worker.ended).toBe(0);
  expect(await wave.judge()).toMatchObject(FLAWLESS);
  expect(await ends(wave.waveNo, SMTP)).toEqual(SMTP.map(([what, , end]) => [what, end]));
  const suppressed = await db('suppressions').whereNotNull('address').pluck('address');
  expect(suppressed).toEqual([`w${wave.waveNo}-5@example.test`]);
});

const TWILIO: Case[] = [
  ['429 with Retry-After', { status: 429, headers: { 'Retry-After': '1' }, body: { code: 20429 } }, 'ACCEPTED'],
  ['500', { status: 500, body: { code: 20500 } }, 'ACCEPTED'],
  ['accepted, then silence', { act: 'hang', accepted: true }, 'ACCEPTED'],
  ['silence', { act: 'hang' }, 'ACCEPTED'],
  ['opted out', { status: 400, body: { code: 21610, message: 'unsubscribed' } }, 'FAILED'],
];

test('an SMS in doubt is looked up, and sent again only after two empty polls', async () => {
  const wave = await stage.wave({ users: TWILIO.length, channel: 'sms' });
  for (const [i, [, fault]] of TWILIO.entries()) {
    const number = String(wave.waveNo * 10_000 + i + 1).padStart(7, '0');
    await stage.standIns.fault('twilio', { ...fault, to: `1555${number}$` });
  }
  const worker = await wave.start();
  expect(await worker.ended).toBe(0);
  expect(await wave.judge()).toMatchObject(FLAWLESS);
  expect(await ends(wave.waveNo, TWILIO)).toEqual(TWILIO.map(([what, , end]) => [what, end]));
  const silent = wave.messageNos[3] ?? 0;
  const tried = await db('attempts').where({ message_no: silent }).orderBy('attempt_no').pluck('result');
  expect(tried).toEqual(['unknown', 'not_found', 'resend']);
  expect(await db('suppressions').where({ channel: 'sms' }).pluck('reason')).toEqual(['opted_out', 'opted_out']);
});

async function ends(waveNo: number, cases: Case[]): Promise<[string, MessageState][]> {
  const states = await db('messages').where({ wave_no: waveNo }).orderBy('message_no').pluck<MessageState[]>('state');
  return cases.map(([what], i) => [what, states[i] as MessageState]);
}
