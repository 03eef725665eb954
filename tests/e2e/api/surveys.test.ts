import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave, hoursAfter, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const look = as('viewer');
const REASONS = ['price', 'no_time', 'price', 'price', 'competitor'];

beforeAll(async () => {
  const arms = [{ id: 'mail', share: 1, steps: [{ channels: ['email' as const], contents: {} }] }];
  await aCampaign(db, { actions: [{ id: 'offer', kind: 'survey', arms }] });
  await aCampaign(db, { campaign: 'quiet' });
  const waveNo = await aWave(db);
  for (let n = 0; n < 8; n++) {
    const { userNo, messageNo } = await aContactedUser(db, {
      waveNo,
      state: n === 7 ? 'FAILED' : 'ACCEPTED',
      user: { userId: `u-${n}` },
    });
    const reason = REASONS[n];
    if (reason === undefined) continue;
    await db('survey_answers').insert({
      message_no: messageNo,
      user_no: userNo,
      campaign_id: 'winback',
      reason,
      comment: n === 2 ? '=cmd|"x"' : null,
      locale: 'en',
      actor: 'link:survey',
      answered_at: hoursAfter(NOON, n),
      counts_until: hoursAfter(NOON, n + 100),
    });
  }
});

test('a campaign’s survey is counted: asked where a provider took the message, answered, by reason', async () => {
  const { status, body } = await look('GET', '/surveys');
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        campaignId: 'winback',
        asked: 7,
        answered: 5,
        lastAnswerAt: hoursAfter(NOON, 4).toISOString(),
        reasons: [
          { reason: 'price', answered: 3 },
          { reason: 'competitor', answered: 1 },
          { reason: 'no_time', answered: 1 },
        ],
      },
    ],
    next: null,
  });
});

test('answers come newest first, page by page, of one reason where one is asked for', async () => {
  const users: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await look('GET', `/surveys/winback/answers?limit=2&reason=price${cursor && `&cursor=${cursor}`}`);
    users.push(...body.items.map((one: { userId: string }) => one.userId));
    cursor = body.next;
  }
  expect(users).toEqual(['u-3', 'u-2', 'u-0']);
  const { body } = await look('GET', '/surveys/winback/answers?limit=2');
  const foreign = await look('GET', `/surveys/winback/answers?limit=2&reason=price&cursor=${body.next}`);
  expect([foreign.status, foreign.body.code]).toEqual([400, 'cursor_foreign']);
});

test('answers come as CSV that no spreadsheet runs', async () => {
  const { headers, body } = await look('GET', '/surveys/winback/answers', { headers: { accept: 'text/csv' } });
  expect(headers.get('content-type')).toContain('text/csv');
  expect(body.split('\r\n')[0]).toBe('answer_no,user_id,message_no,wave_no,reason,comment,locale,answered_at');
  expect(body).toContain(`price,"'=cmd|""x""",en,`);
  expect((await look('GET', '/surveys', { headers: { accept: 'text/csv' } })).body).toContain(
    'price=3|competitor=1|no_time=1',
  );
});

test('an unknown campaign is named, with the one that was meant', async () => {
  const { status, body } = await look('GET', '/surveys/winbak/answers');
  expect(status).toBe(404);
  expect(body.fix).toContain('winback');
});

test('a user’s profile has the answers, until when they count, and what is refused', async () => {
  await db('users')
    .where({ user_id: 'u-2' })
    .update({ refused_categories: ['survey'] });
  const { body } = await look('GET', '/users/u-2');
  expect(body.refusedCategories).toEqual(['survey']);
  expect(body.answers).toMatchObject([
    { campaignId: 'winback', reason: 'price', countsUntil: hoursAfter(NOON, 102).toISOString() },
  ]);
});
