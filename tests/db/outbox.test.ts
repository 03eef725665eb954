import { expect, test } from 'vitest';
import { claimBatch, type ClaimInput } from '../../src/db/queries/outbox/claim.ts';
import { commitIntents, readSubmitting, renewLeases } from '../../src/db/queries/outbox/intents.ts';
import { recordAccepted } from '../../src/db/queries/outbox/results.ts';
import { sweepPart } from '../../src/db/queries/outbox/sweep.ts';
import { takeTokens } from '../../src/db/queries/outbox/throttle.ts';
import { MESSAGE_STATES } from '../../src/domain/words.ts';
import { canMove } from '../../src/policy/send-states.ts';
import { freshDatabase } from '../support/database.ts';
import { aDueWave } from '../support/deliveries.ts';
import { aCouponCode, applySettings } from '../support/world.ts';

const { db } = await freshDatabase();
await applySettings(db, { allowedHours: {} });

type Wave = Awaited<ReturnType<typeof aDueWave>>;

function claimOf(wave: Wave, more: Partial<ClaimInput> = {}): ClaimInput {
  return {
    ...wave.part,
    range: { from: 0, to: Number.MAX_SAFE_INTEGER },
    limit: 100,
    owner: 'me',
    leaseSeconds: 60,
    now: new Date(),
    returnEvents: [],
    historySince: null,
    ...more,
  };
}

const sendAll = () => ({ kind: 'send', notAfter: new Date(Date.now() + 3_600_000) }) as const;
const timing = () => ({ now: new Date(), marginSeconds: 1, leaseSeconds: 60 });

async function claimed(wave: Wave) {
  const batch = await claimBatch(db, claimOf(wave), sendAll);
  return batch.toSend.map(({ message, notAfter }) => ({ ...message, notAfter }));
}

test('two claims at once never take the same message', async () => {
  const wave = await aDueWave(db, { users: 60 });
  const batches = await Promise.all(
    ['a', 'b', 'c'].map((owner) => claimBatch(db, claimOf(wave, { owner, limit: 40 }), sendAll)),
  );
  const taken = batches.flatMap((batch) => batch.toSend.map(({ message }) => message.messageNo));
  expect(new Set(taken).size).toBe(taken.length);
});

test('an outdated fence, a lease that ends and a paused wave are refused at the intent', async () => {
  const wave = await aDueWave(db, { users: 4 });
  const [first, second, third, fourth] = await claimed(wave);
  if (!first || !second || !third || !fourth) throw new Error('four messages expected');
  await db('messages')
    .where({ message_no: second.messageNo })
    .update({ lease_until: db.raw('clock_timestamp()') });
  const past = { ...third, notAfter: new Date(Date.now() - 1) };
  const intents = [{ ...first, fence: first.fence - 1 }, second, past, fourth];
  expect([...(await commitIntents(db, { ...timing(), intents }))]).toEqual([fourth.messageNo]);
  await db('waves').where({ wave_no: wave.waveNo }).update({ state: 'paused' });
  expect((await commitIntents(db, { ...timing(), intents: [first] })).size).toBe(0);
  expect([...(await readSubmitting(db, [first, fourth]))]).toEqual([fourth.messageNo]);
});

test('an opt-out, a refused category and a withdrawn consent hold for a message that is claimed already', async () => {
  const wave = await aDueWave(db, { users: 4 });
  const intents = await claimed(wave);
  const [refusing, suppressed, withdrawn, willing] = intents.map(({ userNo }) => userNo);
  await db('users')
    .where({ user_no: refusing })
    .update({ refused_categories: ['winback'] });
  await db('suppressions').insert({ user_no: suppressed, channel: 'email', reason: 'unsubscribe', actor: 'test' });
  await db('users').where({ user_no: withdrawn }).update({ consent_email: false });
  await db('users')
    .where({ user_no: willing })
    .update({ refused_categories: ['survey', 'service'] });
  expect([...(await commitIntents(db, { ...timing(), intents }))]).toEqual([intents[3]?.messageNo]);
});

test('a result at an outdated fence changes nothing, and repeating one changes nothing either', async () => {
  const wave = await aDueWave(db, { users: 1 });
  const [message] = await claimed(wave);
  if (!message) throw new Error('a message expected');
  await commitIntents(db, { ...timing(), intents: [message] });
  const accepted = { ...message, providerId: 'p', at: new Date() };
  const late = { ...accepted, fence: message.fence - 1 };
  expect((await recordAccepted(db, { provider: 'smtp', accepted: [late] })).size).toBe(0);
  expect((await recordAccepted(db, { provider: 'smtp', accepted: [accepted] })).size).toBe(1);
  expect((await recordAccepted(db, { provider: 'smtp', accepted: [accepted] })).size).toBe(0);
});

test('an expired claim is planned again, an expired intent becomes UNKNOWN, and a renewal revives neither', async () => {
  const wave = await aDueWave(db, { users: 2 });
  const messages = await claimed(wave);
  const [, second] = messages;
  if (!second) throw new Error('two messages expected');
  await commitIntents(db, { ...timing(), intents: [second] });
  await db('messages')
    .where({ wave_no: wave.waveNo })
    .update({ lease_until: new Date(0) });
  await renewLeases(db, { messages, leaseSeconds: 60 });
  const swept = await sweepPart(db, { ...wave.part, now: new Date(), over: false });
  expect(swept).toMatchObject({ reclaimed: 1, unknown: 1 });
  const states = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no').pluck('state');
  expect(states).toEqual(['PLANNED', 'UNKNOWN']);
  expect(await db('attempts').where({ message_no: second.messageNo })).toMatchObject([{ result: 'unknown' }]);
});

test('the unsent messages of an aborted wave are cancelled with code and budget given back', async () => {
  const wave = await aDueWave(db, { users: 2, costMinor: 30 });
  const [message] = await db('messages').where({ wave_no: wave.waveNo });
  const codeNo = await aCouponCode(db, { state: 'reserved', campaignId: wave.campaignId, userNo: message.user_no });
  await db('messages').where({ message_no: message.message_no }).update({ code_no: codeNo });
  await sweepPart(db, { ...wave.part, now: new Date(), over: true });
  const after = await db('messages').where({ wave_no: wave.waveNo }).select('state', 'state_reason', 'counted_at');
  expect(after).toEqual([1, 2].map(() => ({ state: 'CANCELLED', state_reason: 'aborted', counted_at: null })));
  expect(await db('coupon_codes').where({ code_no: codeNo }).first()).toMatchObject({ state: 'free', user_no: null });
  expect(await db('campaign_budgets').where({ campaign_id: wave.campaignId }).first()).toMatchObject({
    reserved_minor: 0,
  });
});

test('workers share the tokens of a provider', async () => {
  await db('provider_throttles').insert({ provider: 'slow', rate_per_s: 10, tokens: 10 });
  const grants = await Promise.all(
    Array.from({ length: 8 }, () => takeTokens(db, { provider: 'slow', ratePerS: null, wanted: 4 })),
  );
  const tokens = grants.reduce((sum, grant) => sum + grant.tokens, 0);
  expect(tokens).toBeGreaterThanOrEqual(10);
  expect(tokens).toBeLessThanOrEqual(12); // what the clock added meanwhile
});

test('every move that the queries make is one that the table of states allows', async () => {
  const moves = await movesOf(db);
  expect(moves.length).toBeGreaterThan(5);
  for (const [from, to] of moves) expect([from, to, canMove(from, to)]).toEqual([from, to, true]);
});

/** Records every change of state in this database by a trigger, while all kinds of them happen. */
async function movesOf(database: typeof db) {
  await database.raw(`
    create table moves (from_state text, to_state text);
    create function note_move() returns trigger language plpgsql as $$
      begin insert into moves values (old.state, new.state); return new; end $$;
    create trigger note_moves after update on messages for each row when (old.state <> new.state) execute function note_move()`);
  const wave = await aDueWave(database, { users: 5 });
  const verdicts = ['suppress', 'cancel', 'expire'] as const;
  let next = 0;
  await claimBatch(database, claimOf(wave), () => {
    const kind = verdicts[next++];
    if (kind) return { kind, reason: 'x' };
    if (next === 4) return { kind: 'defer', until: new Date(), reason: 'x' };
    return sendAll();
  });
  await database('messages')
    .where({ wave_no: wave.waveNo })
    .update({ lease_until: new Date(0) });
  await sweepPart(database, { ...wave.part, now: new Date(), over: false });
  const [message] = await claimed(wave);
  if (message) await commitIntents(database, { ...timing(), intents: [message] });
  await database('messages')
    .where({ wave_no: wave.waveNo })
    .update({ lease_until: new Date(0) });
  await sweepPart(database, { ...wave.part, now: new Date(), over: true });
  const rows = await database('moves').distinct<{ from_state: string; to_state: string }[]>('from_state', 'to_state');
  const state = (text: string) => MESSAGE_STATES.find((one) => one === text) ?? 'PLANNED';
  return rows.map((row) => [state(row.from_state), state(row.to_state)] as const);
}
