import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { prove, type ProofReport } from '../../src/app/prove.ts';
import type { ProofAcceptance } from '../../src/db/queries/proof-acceptances.ts';
import { findWave } from '../../src/db/queries/waves.ts';
import { freshDatabase } from '../support/database.ts';
import {
  aCampaign,
  aContactedUser,
  aCouponCode,
  anEntry,
  applySettings,
  aUser,
  aWarning,
  aWave,
  aWay,
  hoursAfter,
  NOON,
} from '../support/world.ts';

const { db } = await freshDatabase();

let waveNo = 0;
let accepted: ProofAcceptance[] = [];

beforeEach(async () => {
  await db.raw(`truncate users, warnings, entries, ways, messages, wave_shards, waves, campaign_budgets, coupon_codes,
    coupon_pools, suppressions, consents, tasks, settings, campaigns, campaign_versions, live_policies,
    global_holdout_periods, kill_switches restart identity cascade`);
  await aCampaign(db);
  waveNo = await aWave(db);
  accepted = [];
});

/** A contacted user whose message the stand-in accepted. */
async function aSentUser(fields: Parameters<typeof aContactedUser>[1] | object = {}): Promise<{
  userNo: number;
  messageNo: number;
  entryNo: number;
}> {
  const numbers = await aContactedUser(db, { waveNo, state: 'ACCEPTED', ...fields });
  accepted.push(await acceptanceOf(numbers.messageNo));
  return numbers;
}

async function acceptanceOf(messageNo: number, at?: Date): Promise<ProofAcceptance> {
  const row = await db('messages as m')
    .join('users as u', 'u.user_no', 'm.user_no')
    .where({ message_no: messageNo })
    .first();
  return {
    deliveryId: row.delivery_id,
    channel: row.channel,
    at: (at ?? row.accepted_at ?? NOON).toISOString(),
    id: `<${row.delivery_id}@test>`,
    to: row.email,
  };
}

async function aBlockedUser(rung: 'score' | 'caps', reason: string): Promise<void> {
  const userNo = await aUser(db);
  await aWay(db, { waveNo, userNo, warningNo: await aWarning(db, { userNo }), disposition: 'blocked', rung, reason });
}

async function aHeldOutUser(kind: 'holdout' | 'untreated'): Promise<number> {
  const userNo = await aUser(db);
  const warningNo = await aWarning(db, { userNo });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, assignment: kind });
  await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'held_out', reason: kind });
  return userNo;
}

async function* each(): AsyncGenerator<ProofAcceptance> {
  for (const acceptance of accepted) yield acceptance;
}

async function proof(options: { file?: boolean } = {}): Promise<ProofReport> {
  const wave = await findWave(db, { waveNo });
  if (!wave) throw new Error('no wave');
  const standIns = { file: 'acceptances.jsonl', channels: ['email', 'sms', 'push'] as const, read: each };
  return prove({ db, wave, standIns: options.file === false ? undefined : standIns });
}

function differences(report: ProofReport): Record<string, number> {
  return Object.fromEntries(report.checks.filter((check) => !check.ok).map((check) => [check.name, check.hits]));
}

test('a wave whose rows and acceptances agree is proved, and every user is accounted for', async () => {
  await aSentUser();
  await aBlockedUser('score', 'below_threshold');
  await aBlockedUser('score', 'below_threshold');
  await aBlockedUser('caps', 'cap:any-day');
  await aHeldOutUser('holdout');
  await aContactedUser(db, { waveNo, state: 'FAILED', stateReason: 'bad_address' });
  await aContactedUser(db, { waveNo, state: 'UNKNOWN' });
  await aContactedUser(db, { waveNo, state: 'SUPPRESSED', stateReason: 'suppressed' });
  await aContactedUser(db, { waveNo, state: 'PLANNED' });

  const report = await proof();

  expect(differences(report)).toEqual({});
  expect(report.proved).toBe(true);
  expect(report.open).toBe(1);
  expect(report.steps).toEqual([
    expect.objectContaining({
      audience: 9,
      sum: 9,
      sent: 1,
      heldOut: { holdout: 1 },
      blocked: { 'score/below_threshold': 2, 'caps/cap:any-day': 1 },
      failed: 1,
      unknown: 1,
      suppressed: { suppressed: 1 },
      open: 1,
      deferred: 0,
      cancelled: 0,
      expired: 0,
    }),
  ]);
});

describe('names the difference when', () => {
  test('a shard lost a way', async () => {
    await aSentUser();
    await db('wave_shards').increment('expected', 1);
    await db('waves').increment('audience', 1);
    const report = await proof();
    expect(differences(report)).toEqual({ balance: 1, shard_ways: 1 });
    expect(report.checks[0]?.samples).toEqual(['step 1: audience 2, accounted for 1']);
  });

  test('a contacted user has no message, or a message has no way', async () => {
    const { userNo } = await aSentUser();
    const other = await aSentUser();
    await db('messages').where({ user_no: userNo }).update({ user_no: 999 });
    const report = await proof();
    expect(differences(report)).toMatchObject({ way_without_message: 1, message_without_way: 1, message_entry: 1 });
    expect(report.checks.find((check) => check.name === 'way_without_message')?.samples).toEqual([
      `step 1 user ${userNo}`,
    ]);
    expect(other.userNo).not.toBe(userNo);
  });

  test('a held-out user has a message', async () => {
    const userNo = await aHeldOutUser('holdout');
    const { messageNo } = await aSentUser();
    await db('messages').where({ message_no: messageNo }).update({ user_no: userNo });
    expect(differences(await proof())).toMatchObject({ message_of_held_out: 1 });
  });

  test('a user has two messages in one step', async () => {
    const first = await aSentUser();
    const second = await aSentUser();
    await db('messages')
      .where({ message_no: second.messageNo })
      .update({ user_no: first.userNo, entry_no: first.entryNo });
    expect(differences(await proof())).toMatchObject({ message_twice: 1 });
  });

  test('a message was accepted twice, or not at all', async () => {
    const { messageNo } = await aSentUser();
    accepted.push(await acceptanceOf(messageNo));
    const lost = await aContactedUser(db, { waveNo, state: 'ACCEPTED' });
    await db('messages').where({ message_no: lost.messageNo }).update({ changed_at: NOON });
    const report = await proof();
    expect(differences(report)).toMatchObject({ accepted_not_once: 2 });
    expect(report.checks.find((check) => check.name === 'accepted_not_once')?.samples).toEqual([
      `message ${messageNo}: 2 acceptances`,
      `message ${lost.messageNo}: 0 acceptances`,
    ]);
  });

  test('something was accepted for a message that never went out', async () => {
    const { messageNo } = await aContactedUser(db, { waveNo, state: 'CANCELLED', stateReason: 'aborted' });
    accepted.push(await acceptanceOf(messageNo));
    expect(differences(await proof())).toEqual({ acceptance_of_unsent: 1 });
  });

  test('an unknown message was accepted twice, but not when once', async () => {
    const once = await aContactedUser(db, { waveNo, state: 'UNKNOWN' });
    accepted.push(await acceptanceOf(once.messageNo));
    expect(differences(await proof())).toEqual({});
    accepted.push(await acceptanceOf(once.messageNo));
    expect(differences(await proof())).toEqual({ unknown_more_than_once: 1 });
  });

  test('an acceptance has an id of ours but no message, as after a restore; test sends are left alone', async () => {
    const { messageNo } = await aSentUser();
    const known = await acceptanceOf(messageNo);
    accepted.push({ ...known, deliveryId: '6ba7b810-9dad-51d1-80b4-00c04fd430c8' });
    accepted.push({ ...known, deliveryId: randomUUID() }, { ...known, deliveryId: null });
    const report = await proof();
    expect(differences(report)).toEqual({ acceptance_without_message: 1 });
  });

  test('a cap was passed, counted on acceptances of all waves', async () => {
    await applySettings(db, { caps: { rules: [{ id: 'any-day', scope: 'any', max: 1, per: '24h' }] } });
    const { userNo } = await aSentUser();
    const other = await aWave(db, { localDate: '2026-05-19' });
    const entryNo = await anEntry(db, { userNo, warningNo: 1, waveNo: other, n: 2 });
    const { messageNo } = await aContactedUser(db, {
      waveNo: other,
      state: 'ACCEPTED',
      acceptedAt: hoursAfter(NOON, -23),
    });
    await db('messages').where({ message_no: messageNo }).update({ user_no: userNo, entry_no: entryNo });
    accepted.push(await acceptanceOf(messageNo));
    expect(differences(await proof())).toEqual({ caps: 1 });

    accepted = [accepted[0] as ProofAcceptance, await acceptanceOf(messageNo, hoursAfter(NOON, -24))];
    expect(differences(await proof())).toEqual({});
  });

  test("something was accepted outside the recipient's hours", async () => {
    await applySettings(db, { allowedHours: { email: { from: '08:00', to: '21:00' } } });
    await aSentUser({ user: { timezone: 'Europe/Berlin' } });
    expect(differences(await proof())).toEqual({});
    await aSentUser({ user: { timezone: 'Asia/Tokyo' } }); // 21:00 there
    expect(differences(await proof())).toEqual({ quiet_hours: 1 });
  });

  test('a user got something after he was suppressed or had withdrawn consent', async () => {
    const first = await aSentUser();
    const second = await aSentUser({ user: { userId: 'Vera', email: 'Vera@Example.test' } });
    const third = await aSentUser();
    const at = hoursAfter(NOON, -1);
    await db('suppressions').insert([
      { user_no: first.userNo, channel: 'all', reason: 'complaint', actor: 'test', at },
      { address: 'vera@example.test', channel: 'email', reason: 'bounce', actor: 'test', at },
      { user_no: third.userNo, channel: 'email', reason: 'late', actor: 'test', at: hoursAfter(NOON, 1) },
    ]);
    await db('consents').insert([
      {
        user_no: second.userNo,
        channel: 'email',
        granted: true,
        source: 'import',
        actor: 'test',
        at: hoursAfter(NOON, -9),
      },
      { user_no: third.userNo, channel: 'email', granted: false, source: 'link', actor: 'test', at },
    ]);
    expect(differences(await proof())).toEqual({ sent_to_suppressed: 2, sent_without_consent: 1 });
  });

  test('a user got something of a category that he had refused, and not asked for since', async () => {
    const [refused, asked, later] = [await aSentUser(), await aSentUser(), await aSentUser()];
    const word = (userNo: number, granted: boolean, hours: number) => ({
      user_no: userNo,
      category: 'winback',
      granted,
      source: 'preferences',
      actor: 'link:preferences',
      at: hoursAfter(NOON, hours),
    });
    await db('consents').insert([
      word(refused.userNo, false, -1),
      word(asked.userNo, false, -2),
      word(asked.userNo, true, -1),
      word(later.userNo, false, 1),
    ]);
    expect(differences(await proof())).toEqual({ sent_to_refused_category: 1 });
  });

  test('codes and budget do not add up', async () => {
    const first = await aSentUser({ costMinor: 300 });
    const codeNo = await aCouponCode(db, { state: 'reserved', campaignId: 'winback', userNo: first.userNo });
    await aCouponCode(db, { state: 'reserved', campaignId: 'winback', userNo: 77 });
    await db('messages').where({ message_no: first.messageNo }).update({ code_no: codeNo });
    await db('campaign_budgets').update({ reserved_minor: 200 });
    const report = await proof();
    expect(differences(report)).toEqual({
      message_code: 1,
      code_without_message: 1,
      campaign_budget: 1,
      wave_budget: 1,
    });
    expect(report.checks.find((check) => check.name === 'campaign_budget')?.samples).toEqual([
      'campaign winback: reserved 200, messages 300',
    ]);
  });

  test('somebody in the global holdout got something', async () => {
    const { userNo } = await aSentUser();
    await db('global_holdout_periods').insert({ salt: 's', share: 0.1, from_at: hoursAfter(NOON, -48), actor: 'test' });
    const other = await aWave(db, { localDate: '2026-05-18' });
    await anEntry(db, {
      userNo,
      warningNo: 1,
      waveNo: other,
      campaignId: 'care',
      assignment: 'global_holdout',
      openedAt: hoursAfter(NOON, -24),
    });
    expect(differences(await proof())).toEqual({ sent_to_global_holdout: 1 });
  });
});

test('without a stand-in the rows alone are balanced and the caps counted on their times', async () => {
  await aSentUser();
  const report = await proof({ file: false });
  expect(report.proved).toBe(true);
  expect(report.acceptances).toMatchObject({ source: 'rows', file: null, ofWave: 1 });
});

test('64,000 messages are proved in seconds', async () => {
  await db.raw(`
    insert into users (user_id, email, timezone, actor) select 'b' || i, 'b' || i || '@example.test', 'UTC', 'test'
      from generate_series(1, 64000) i;
    insert into warnings (user_no, model, score, segment, raised_at, expires_at, actor)
      select user_no, 'default', 0.7, 'shopper', now() - interval '1 day', now() + interval '9 days', 'test' from users;
    insert into entries (campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action, policy_version,
        in_interval, assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at, window_ends_at, reentry_at)
      select 'winback', user_no, 1, ${waveNo}, 1, warning_no, segment, score, 8, 'offer', 1, true, 'arm', 'mail', 'mail', 0, 0.1, 0.9,
        0.8, now(), now(), now() from warnings;
    insert into ways (wave_no, step, user_no, warning_no, entry_no, disposition, channel, planned_at)
      select wave_no, 1, user_no, warning_no, entry_no, 'contacted', 'email', now() from entries;
    insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm,
        counted_at, state, planned_at, expires_at, accepted_at)
      select uuid_generate_v4(), wave_no, 1, entry_no, user_no, campaign_id, 'email', 'winback', action, 'coupon', arm,
        opened_at, 'ACCEPTED', opened_at, opened_at, opened_at from entries;
    update waves set audience = 64000; update wave_shards set expected = 64000; analyze`);
  const ids = await db('messages').select('delivery_id', 'accepted_at');
  accepted = ids.map((row) => ({
    deliveryId: row.delivery_id,
    channel: 'email',
    at: row.accepted_at.toISOString(),
    id: row.delivery_id,
    to: 'x@example.test',
  }));
  const started = performance.now();
  const report = await proof();
  expect(differences(report)).toEqual({});
  expect(report.steps[0]?.sent).toBe(64_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
