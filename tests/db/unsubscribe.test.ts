import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { optOut, viewOptOut } from '../../src/app/unsubscribe.ts';
import { claimBatch } from '../../src/db/queries/outbox/claim.ts';
import { ALWAYS } from '../../src/policy/quiet-hours.ts';
import { createRecheck, type Verdict } from '../../src/policy/recheck.ts';
import { linkToken, unsubscribeToken } from '../../src/templates/tokens.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, aWave, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const secret = 'secret of the tests';
let waveNo = 0;

beforeAll(async () => {
  await aCampaign(db);
  waveNo = await aWave(db);
});

async function aRecipient(fields: Partial<Parameters<typeof aContactedUser>[1]> = {}) {
  const deliveryId = randomUUID();
  const contacted = await aContactedUser(db, { waveNo, state: 'ACCEPTED', deliveryId, ...fields });
  return { ...contacted, deliveryId, token: unsubscribeToken(secret, deliveryId) };
}

async function traces(userNo: number) {
  return {
    suppressions: await db('suppressions').where({ user_no: userNo }).select('channel', 'reason', 'actor'),
    consents: await db('consents').where({ user_no: userNo }).select('channel', 'granted', 'source', 'actor'),
    events: await db('events').where({ user_no: userNo }).select('type', 'actor', 'properties'),
    audit: await db('audit_log')
      .where({ subject: `user/${userNo}` })
      .select('actor', 'action'),
    user: await db('users').where({ user_no: userNo }).first('consent_email', 'consent_sms'),
  };
}

describe('opting out by link', () => {
  it('suppresses user and address, withdraws consent, and records outcome and actor', async () => {
    const { userNo, token } = await aRecipient({ user: { email: 'Mixed.Case@Example.test', consentSms: true } });
    const state = await optOut(db, { secret, token, how: 'one_click' });
    expect(state).toEqual({ channel: 'email', locale: 'en', optedOut: true, test: false });
    const actor = 'link:unsubscribe';
    expect(await traces(userNo)).toEqual({
      suppressions: [{ channel: 'email', reason: 'unsubscribe', actor }],
      consents: [{ channel: 'email', granted: false, source: 'link', actor }],
      events: [{ type: 'unsubscribe', actor, properties: { campaign: 'winback', channel: 'email', how: 'one_click' } }],
      audit: [{ actor, action: 'suppression.add' }],
      user: { consent_email: false, consent_sms: true },
    });
    expect(await db('suppressions').where({ address: 'mixed.case@example.test', channel: 'email' })).toHaveLength(1);
  });

  it('changes nothing when it is repeated, even ten times at once', async () => {
    const { userNo, token } = await aRecipient();
    await Promise.all(Array.from({ length: 10 }, () => optOut(db, { secret, token, how: 'page' })));
    await optOut(db, { secret, token, how: 'one_click' });
    const { suppressions, consents, events, audit } = await traces(userNo);
    expect([suppressions, consents, events, audit].map((rows) => rows.length)).toEqual([1, 1, 1, 1]);
  });

  it('holds again after an opt-in, by the same old link', async () => {
    const { userNo, token } = await aRecipient();
    await optOut(db, { secret, token, how: 'page' });
    await db('suppressions').update({ lifted_at: db.fn.now() });
    await db('users').where({ user_no: userNo }).update({ consent_email: true });
    expect(await viewOptOut(db, { secret, token })).toMatchObject({ optedOut: false });
    await optOut(db, { secret, token, how: 'page' });
    expect(await viewOptOut(db, { secret, token })).toMatchObject({ optedOut: true });
    expect((await traces(userNo)).consents).toHaveLength(2);
  });

  it('is for the channel of the message; from a task it is for e-mail', async () => {
    const sms = await aRecipient({ channel: 'sms', user: { phone: '+8613800000001', consentSms: true } });
    await optOut(db, { secret, token: sms.token, how: 'page' });
    expect((await traces(sms.userNo)).user).toEqual({ consent_email: true, consent_sms: false });
    expect(await db('suppressions').where({ address: '+8613800000001', channel: 'sms' })).toHaveLength(1);
    const task = await aRecipient({ channel: 'task' });
    expect(await optOut(db, { secret, token: task.token, how: 'page' })).toMatchObject({ channel: 'email' });
  });

  it('does nothing for a token of another key, of a link, or of a message that is not there', async () => {
    const { userNo, deliveryId } = await aRecipient();
    for (const token of [
      unsubscribeToken('another secret', deliveryId),
      linkToken(secret, { deliveryId, linkNo: 1 }),
      unsubscribeToken(secret, randomUUID()),
      'nonsense',
    ]) {
      expect(await optOut(db, { secret, token, how: 'page' })).toBeNull();
    }
    expect((await traces(userNo)).suppressions).toEqual([]);
  });

  it('stops a planned message at the next claim, also of another user with the same address', async () => {
    const clicked = await aRecipient({ user: { email: 'shared@example.test' } });
    const second = await aWave(db, { localDate: '2030-01-01' });
    const same = await aContactedUser(db, { waveNo: second, user: { email: 'SHARED@example.test' } });
    const other = await aContactedUser(db, { waveNo: second });
    await optOut(db, { secret, token: clicked.token, how: 'one_click' });
    const verdicts = await claimAll(second);
    expect(verdicts.get(same.messageNo)).toEqual({ kind: 'suppress', reason: 'suppressed' });
    expect(verdicts.get(other.messageNo)).toMatchObject({ kind: 'send' });
    expect(await stateOf(same.messageNo)).toEqual('SUPPRESSED');
  });
});

async function claimAll(wave: number): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  const recheck = createRecheck(
    { caps: { rules: [], minGapMs: 0, noRepeat: false }, allowed: ALWAYS, channel: 'email', category: 'winback' },
    NOON,
  );
  await claimBatch(
    db,
    {
      waveNo: wave,
      step: 1,
      channel: 'email',
      range: { from: 0, to: Number.MAX_SAFE_INTEGER },
      limit: 100,
      owner: 'test',
      leaseSeconds: 60,
      now: NOON,
      returnEvents: [],
      historySince: null,
    },
    (message) => {
      const verdict = recheck({
        ...message,
        zone: 'UTC',
        onCap: 'skip',
        hasAddress: true,
        heldOut: false,
      });
      verdicts.set(message.messageNo, verdict);
      return verdict;
    },
  );
  return verdicts;
}

async function stateOf(messageNo: number): Promise<string> {
  const row = await db('messages').where({ message_no: messageNo }).first<{ state: string }>('state');
  return row.state;
}
