import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, expect, test } from 'vitest';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { eraseUser } from '../../src/app/erase-user.ts';
import { exportUser } from '../../src/app/export-user.ts';
import { answersTo, surveys } from '../../src/app/surveys/survey-lists.ts';
import { why } from '../../src/app/why.ts';
import { claimBatch } from '../../src/db/queries/outbox/claim.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, applySettings, aUser, aWarning, aWave, NOON } from '../support/world.ts';
import { DAY } from '../support/world-clock.ts';

const { db } = await freshDatabase();
const { openWave, planShards } = createPlanningActivities({ db });
const steps = [{ channels: ['email' as const], contents: { email: { subject: { en: 'Hello' }, mjml: 'mail.mjml' } } }];
const arms = [{ id: 'mail', share: 1, steps }];

beforeAll(async () => {
  await applySettings(db, { caps: { rules: [] } });
  await aCampaign(db, { campaign: 'asker', actions: [{ id: 'offer', kind: 'survey', arms }] });
  await aCampaign(db, {
    campaign: 'fitting',
    holdout: 0,
    audience: { segments: ['shopper'], reasons: ['price', 'service_issue'] },
    policy: { lo: 0.5, inside: 1 },
    actions: [
      { id: 'care', kind: 'care', reasons: ['service_issue'], arms },
      { id: 'offer', kind: 'coupon', arms },
    ],
  });
});

let asked = 0;

/** A user whom a warning knows nothing special of, and whose answer is there. */
async function answered(reason: string, { daysAgo = 3, countsDays = 90, comment = '' } = {}) {
  const waveNo = await aWave(db, { campaignId: 'asker', decisionAt: new Date(NOON.getTime() - (40 + ++asked) * DAY) });
  const user = { userId: `asked-${asked}` };
  const sent = await aContactedUser(db, { waveNo, campaignId: 'asker', state: 'ACCEPTED', user });
  await db('warnings')
    .where({ warning_no: sent.warningNo })
    .update({ reasons: ['lost_interest'] });
  const answeredAt = new Date(NOON.getTime() - daysAgo * DAY);
  await db('survey_answers').insert({
    message_no: sent.messageNo,
    user_no: sent.userNo,
    campaign_id: 'asker',
    reason,
    comment: comment || null,
    locale: 'en',
    actor: 'link:survey',
    answered_at: answeredAt,
    counts_until: new Date(answeredAt.getTime() + countsDays * DAY),
  });
  return { ...sent, ...user };
}

async function planned(decisionAt: Date): Promise<number> {
  const at = decisionAt.toISOString();
  const request = { campaignId: 'fitting', decisionAt: at, trigger: 'manual', actor: 'test', workflowId: 'w' } as const;
  const waveNo = (await openWave(request)).waveNo ?? 0;
  await new MockActivityEnvironment().run(() => planShards({ waveNo, step: 1, from: 0, to: 10, decisionAt: at }));
  return waveNo;
}

const entryOf = (userNo: number) =>
  db('entries').where({ campaign_id: 'fitting', user_no: userNo }).first('action', 'entry_no');

test('an answer is among the churn reasons of the next entry: for audience, action, text and why; never of one before', async () => {
  const care = await answered('service_issue');
  const offer = await answered('price');
  const later = await answered('price', { daysAgo: -1 });
  const over = await answered('price', { daysAgo: 30, countsDays: 29 });
  const silent = { userNo: await aUser(db, { userId: 'silent' }) };
  await aWarning(db, { userNo: silent.userNo, reasons: ['lost_interest'] });
  const waveNo = await planned(NOON);

  expect(await entryOf(care.userNo)).toMatchObject({ action: 'care' });
  expect(await entryOf(offer.userNo)).toMatchObject({ action: 'offer' });
  for (const { userNo } of [later, over, silent]) expect(await entryOf(userNo)).toBeUndefined();

  const told = await why({ db, userId: care.userId, wave: String(waveNo) });
  expect(told.steps[0]?.lines[0]?.text).toContain('reasons lost_interest and, by a survey, service_issue (answered');
  expect((await why({ db, userId: over.userId, wave: String(waveNo) })).absent).toMatchObject({ code: 'reasons' });
  // The wave that asked is what it was: its answer came after it.
  const before = await why({ db, userId: care.userId, campaignId: 'asker' });
  expect(JSON.stringify(before.steps)).not.toContain('by a survey');
  expect(before.outcomes).toContainEqual(
    expect.objectContaining({ kind: 'answer', text: expect.stringMatching(/service_issue$/) }),
  );
  expect(await db('warnings').where({ warning_no: care.warningNo }).first('reasons')).toEqual({
    reasons: ['lost_interest'],
  });

  const claim = {
    waveNo,
    step: 1,
    channel: 'email' as const,
    range: { from: 0, to: Number.MAX_SAFE_INTEGER },
    limit: 100,
  };
  const clock = {
    owner: 'me',
    leaseSeconds: 60,
    now: new Date(NOON.getTime() + DAY),
    returnEvents: [],
    historySince: null,
  };
  const batch = await claimBatch(db, { ...claim, ...clock }, () => ({ kind: 'send', notAfter: clock.now }));
  const reasons = batch.toSend.map(({ message }) => [message.userId, message.reasons]);
  expect(Object.fromEntries(reasons)).toEqual({
    [care.userId]: ['lost_interest', 'service_issue'],
    [offer.userId]: ['lost_interest', 'price'],
  });
});

test('who refused the category is stopped on the ladder, task or not, with the reason told', async () => {
  const decisionAt = new Date(NOON.getTime() + DAY);
  const user = await answered('price');
  await db('users')
    .where({ user_no: user.userNo })
    .update({ refused_categories: ['winback'] });
  const waveNo = await planned(decisionAt);
  const way = await db('ways').where({ wave_no: waveNo, user_no: user.userNo }).first();
  expect(way).toMatchObject({ disposition: 'blocked', rung: 'suppression', reason: 'category_refused' });
  expect((await why({ db, userId: user.userId, wave: String(waveNo) })).answer).toBe(
    'not contacted: wants no messages of the category winback, on whatever channel',
  );
});

test('lists count who was asked and who answered what, and page through the answers', async () => {
  const [line] = await surveys({ db, limit: 10 });
  const answers = Number((await db('survey_answers').count('* as n').first())?.n);
  expect(line).toMatchObject({ campaignId: 'asker', asked: answers, answered: answers });
  expect(line?.reasons[0]).toMatchObject({ reason: 'price' });
  const first = await answersTo({ db, campaignId: 'asker', reason: 'price', limit: 2 });
  const rest = await answersTo({ db, campaignId: 'asker', reason: 'price', beforeNo: first[1]?.answerNo, limit: 10 });
  expect([...first, ...rest]).toHaveLength(line?.reasons[0]?.answered ?? 0);
  await expect(answersTo({ db, campaignId: 'askers', limit: 2 })).rejects.toThrow('askers');
});

test('an export holds the answers, and an erasure takes the comment but not the count', async () => {
  const user = await answered('price', { comment: 'call me on 555' });
  const found = await exportUser({ db, userId: user.userId, actor: 'test', now: NOON });
  expect(found.held['survey_answers']).toMatchObject([{ reason: 'price', comment: 'call me on 555' }]);
  await eraseUser({ db, userId: user.userId, confirm: user.userId, reason: 'asked', actor: 'test' });
  expect(await db('survey_answers').where({ user_no: user.userNo })).toMatchObject([
    { reason: 'price', comment: null },
  ]);
  const listed = await answersTo({ db, campaignId: 'asker', limit: 1 });
  expect(listed).toMatchObject([{ userId: null, comment: null }]);
});
