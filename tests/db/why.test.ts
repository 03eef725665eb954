import { beforeEach, describe, expect, test } from 'vitest';
import { receipt } from '../../src/app/receipt.ts';
import { why, type WhyReport } from '../../src/app/why.ts';
import { STOPPED } from '../../src/app/why/sentences.ts';
import { REASONS } from '../../src/domain/reasons.ts';
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

beforeEach(async () => {
  await db.raw(`truncate users, warnings, entries, ways, messages, wave_shards, waves, campaign_budgets, coupon_codes,
    coupon_pools, suppressions, consents, tasks, settings, campaigns, campaign_versions, live_policies, events, contacts,
    attempts, attributes, kill_switches restart identity cascade`);
  await aCampaign(db, {
    policy: { lo: 0.5, segments: { shopper: { lo: 0.6 } } },
    audience: { segments: ['shopper', 'reader'], filter: 'purchases >= 1' },
  });
  await db('attributes').insert({ name: 'purchases', type: 'number' });
  waveNo = await aWave(db);
});

async function blocked(
  rung: 'score' | 'caps' | 'suppression',
  reason: string,
  fields: { score?: number } = {},
): Promise<void> {
  const userNo = await aUser(db, { userId: 'ana', attributes: { purchases: 2 } });
  const warningNo = await aWarning(db, { userNo, ...fields });
  const entryNo = rung === 'caps' ? await anEntry(db, { userNo, warningNo, waveNo }) : null;
  await aWay(db, {
    waveNo,
    userNo,
    warningNo,
    entryNo,
    disposition: 'blocked',
    rung,
    reason,
    channel: rung === 'caps' ? 'email' : null,
  });
}

function texts(report: WhyReport): string[] {
  return report.steps.flatMap((step) => step.lines.map((line) => `${line.outcome}: ${line.text}`));
}

describe('a blocked user is told', () => {
  test('the rungs passed and the threshold that stopped him, with policy version', async () => {
    await blocked('score', 'below_threshold', { score: 0.42 });
    const report = await why({ db, userId: 'ana' });
    expect(report.answer).toBe(
      'not contacted: score 0.42 is below the threshold 0.60 of segment shopper, policy version 1; the exploration band begins at 0.4333',
    );
    expect(texts(report)).toEqual([
      'passed: warned at 2026-05-19 12:00 UTC by model default: score 0.42, segment shopper, reasons price; valid until 2026-06-18 12:00 UTC',
      'passed: no entry in the way: the first one in this campaign',
      'passed: action offer fits',
      expect.stringMatching(/^stopped: score 0\.42 is below/),
    ]);
  });

  test('the cap that was full and by how much', async () => {
    await applySettings(db, { caps: { rules: [{ id: 'any-day', scope: 'any', max: 1, per: 'day' }] } });
    await blocked('caps', 'cap:any-day');
    const { user_no: userNo } = await db('users').first('user_no');
    await db('contacts').insert({
      user_no: userNo,
      channel: 'sms',
      category: 'service',
      sent_at: hoursAfter(NOON, -3),
      actor: 'x',
    });
    const report = await why({ db, userId: 'ana' });
    expect(report.answer).toBe('not contacted: frequency cap reached: any-day had 1 of 1 per day');
    expect(texts(report)).toContain(
      'chance: chance: global holdout 0 % · campaign holdout 10 % · treated with 90 % · arm mail with 80 %',
    );
  });

  test('since when and why he is suppressed', async () => {
    await blocked('suppression', 'suppressed');
    const { user_no: userNo } = await db('users').first('user_no');
    await db('suppressions').insert({
      user_no: userNo,
      channel: 'all',
      reason: 'complaint',
      actor: 'x',
      at: hoursAfter(NOON, -5),
    });
    const report = await why({ db, userId: 'ana' });
    expect(report.answer).toBe('not contacted: suppressed on all since 2026-05-20 07:00 UTC (complaint)');
    expect(report.permissions.map((line) => line.text)).toEqual(['suppressed on all by user: complaint (x)']);
  });
});

test('a held-out user is told the draw and where his ghost would have stopped', async () => {
  const userNo = await aUser(db, { userId: 'bo', attributes: { purchases: 1 } });
  const warningNo = await aWarning(db, { userNo });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, assignment: 'holdout' });
  await aWay(db, {
    waveNo,
    userNo,
    warningNo,
    entryNo,
    disposition: 'held_out',
    rung: 'caps',
    reason: 'holdout',
    channel: 'email',
  });
  const report = await why({ db, userId: 'bo' });
  expect(report.answer).toBe("not contacted: held out: in the campaign's holdout of 10 %");
  expect(report.steps[0]?.lines.map((line) => line.outcome).slice(-4)).toEqual([
    'chance',
    'held_out',
    'ghost_passed',
    'ghost_stopped',
  ]);
});

test("a contacted user is told the provider's answer, the coupon masked, and what he did later", async () => {
  const { userNo, messageNo } = await aContactedUser(db, { waveNo, user: { userId: 'cleo' }, state: 'ACCEPTED' });
  const codeNo = await aCouponCode(db, { code: 'WELCOME-7788', state: 'sent', campaignId: 'winback', userNo });
  await db('messages').where({ message_no: messageNo }).update({ code_no: codeNo });
  await db('attempts').insert({
    message_no: messageNo,
    fence: 1,
    result: 'retry',
    evidence: '451 try later',
    at: hoursAfter(NOON, -1),
  });
  await db('events').insert([
    { event_id: 'e1', user_id: 'cleo', user_no: userNo, type: 'visit', occurred_at: hoursAfter(NOON, 5), actor: 'x' },
    {
      event_id: 'e2',
      user_id: 'cleo',
      user_no: userNo,
      type: 'purchase',
      occurred_at: hoursAfter(NOON, 6),
      value_minor: 1250,
      currency: 'USD',
      actor: 'x',
    },
  ]);
  const report = await why({ db, userId: 'cleo', wave: String(waveNo) });
  const all = JSON.stringify(report);
  expect(all).not.toContain('WELCOME');
  expect(report.answer).toContain('accepted by smtp at 2026-05-20 12:00 UTC');
  expect(report.steps[0]?.lines.filter((line) => line.rung === 'message').map((line) => line.text)).toEqual([
    `message ${messageNo} by email in arm mail, planned for 2026-05-20 12:00 UTC`,
    '2026-05-20 11:00 UTC: retry (451 try later)',
    'accepted by smtp at 2026-05-20 12:00 UTC',
    "the provider's id: 250 ok",
    'coupon ••••7788 of pool big: sent',
  ]);
  expect(report.outcomes.map((line) => line.text)).toEqual(['visit (came back)', 'purchase of 12.50 USD (the goal)']);
});

describe('a user who was not in the audience is told why', () => {
  const cases: [string, string, (userNo: number) => Promise<unknown>][] = [
    ['no warning', 'no_warning', () => Promise.resolve()],
    ['other model', 'other_model', (userNo) => aWarning(db, { userNo, model: 'churn-2' })],
    ['raised later', 'raised_later', (userNo) => aWarning(db, { userNo, raisedAt: hoursAfter(NOON, 1) })],
    ['imported later', 'imported_later', (userNo) => aWarning(db, { userNo, importedAt: hoursAfter(NOON, 1) })],
    ['expired', 'expired', (userNo) => aWarning(db, { userNo, expiresAt: hoursAfter(NOON, -1) })],
    ['segment', 'segment', (userNo) => aWarning(db, { userNo, segment: 'gamer' })],
    ['filter', 'filter', (userNo) => aWarning(db, { userNo })],
  ];
  test.each(cases)('%s', async (_, code, arrange) => {
    await arrange(await aUser(db, { userId: 'dan', attributes: { purchases: 0 } }));
    const report = await why({ db, userId: 'dan', campaignId: 'winback' });
    expect(report.absent?.code).toBe(code);
    expect(report.answer).toBe(`not in the audience: ${report.absent?.text}`);
  });

  test('his shard is not planned yet', async () => {
    const userNo = await aUser(db, { userId: 'eva', attributes: { purchases: 3 } });
    await aWarning(db, { userNo });
    await db('wave_shards').update({ planned_at: null });
    expect((await why({ db, userId: 'eva' })).absent?.code).toBe('not_planned_yet');
  });
});

test('unknown users, waves and campaigns are answered with what there is', async () => {
  await aUser(db, { userId: 'Frida' });
  await expect(why({ db, userId: 'frida' })).rejects.toMatchObject({ type: 'NotFound', fix: 'did you mean Frida?' });
  await expect(why({ db, userId: 'fridolin' })).rejects.toMatchObject({ fix: 'did you mean Frida?' });
  await expect(why({ db, userId: 'Frida', wave: 'winback/2020-01-01' })).rejects.toMatchObject({
    fix: expect.stringContaining(`${waveNo} (winback/2026-05-20)`),
  });
  await expect(why({ db, userId: 'Frida', campaignId: 'winbak' })).rejects.toMatchObject({ fix: 'there are: winback' });
});

test('every reason that a way can have has a sentence', () => {
  const reasons = Object.values(REASONS).flat();
  expect(reasons.filter((reason) => STOPPED[reason] === undefined)).toEqual([]);
});

test('a receipt holds inputs, versions, propensities, reservation, attempts and the answer', async () => {
  const { messageNo, userNo } = await aContactedUser(db, {
    waveNo,
    user: { userId: 'gil' },
    state: 'ACCEPTED',
    costMinor: 30,
  });
  const codeNo = await aCouponCode(db, { code: 'SECRET-0099', state: 'sent', campaignId: 'winback', userNo });
  await db('messages').where({ message_no: messageNo }).update({ code_no: codeNo });
  await applySettings(db, {});
  const found = await receipt({ db, id: String(messageNo) });
  expect(found).toMatchObject({
    message: { messageNo, version: 1, arm: 'mail', costMinor: 30, code: '••••0099', pool: 'big', providerId: '250 ok' },
    warning: { score: 0.7, segment: 'shopper' },
    entry: { policyVersion: 1, pHoldout: 0.1, pTreat: 0.9, pArm: 0.8 },
    settingsVersion: 1,
    attempts: [],
  });
  expect(await receipt({ db, id: found.message.deliveryId })).toEqual(found);
  await expect(receipt({ db, id: '999' })).rejects.toMatchObject({ type: 'NotFound' });
  await expect(receipt({ db, id: 'x' })).rejects.toMatchObject({ type: 'BadInput' });
});
