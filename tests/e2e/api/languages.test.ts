import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { englishLeft } from '../../support/english-left.ts';
import { ReadWorld } from '../../support/read-world.ts';
import { aCampaign, hoursAfter, NOON } from '../../support/world.ts';

/** 40 users in arm `mail`, 30 held out, mature; the marketer reads Chinese, the viewer English. */
const { db } = await freshDatabase();
const now = hoursAfter(NOON, 24 * 20);
const { url, as } = await testApi({ db, now: () => now });
const [english, chinese] = [as('viewer'), as('marketer')];

beforeAll(async () => {
  const goals = [{ name: 'orders', period: 'month' as const, target: 10 }];
  await aCampaign(db, { costs: { margin: 20 }, holdout: 0.4, goals });
  const world = new ReadWorld(db);
  for (let index = 0; index < 70; index++) {
    const held = index >= 40;
    const columns = { p_holdout: 0.4, p_treat: 1, p_arm: held ? null : 0.8 };
    const { userNo } = await world.entered({ assignment: held ? 'holdout' : 'arm', columns });
    if (index < 12 || (held && index < 43)) await world.event(userNo, { at: hoursAfter(NOON, 30), value: 5000 });
  }
  await chinese('PATCH', '/me', { body: { locale: 'zh-CN' } });
});

test('a read is told to each reader in his language, and kept for both', async () => {
  const made = await chinese('POST', '/campaigns/winback/reads', { body: { by: 'segment' } });
  expect(made.body.read.verdict.sentence).toMatch(/^无法判断：|^继续运行|^推广|^停止/);
  const [mine, theirs] = [
    await chinese('GET', `/reads/${made.body.readNo}`),
    await english('GET', `/reads/${made.body.readNo}`),
  ];
  expect(englishLeft(mine.body)).toEqual([]);
  expect(theirs.body.read.verdict.sentence).toMatch(/^Can't tell|^Keep running|^Ship|^Stop/);
  expect({ ...mine.body.read.verdict, sentence: '' }).toEqual({ ...theirs.body.read.verdict, sentence: '' });
  expect(mine.body.goals[0].periods[0].sentence).toContain('落后');
});

test('thresholds, the way of a user and a retrospective are told in Chinese too', async () => {
  const { body: cycle } = await chinese('POST', '/campaigns/winback/learning-cycles', { body: {} });
  expect(englishLeft(cycle)).toEqual([]);
  const { body: report } = await chinese('GET', '/campaigns/winback/thresholds');
  expect(JSON.stringify(report.policies)).toContain('天结果窗口已结束；需要 100 次');
  expect(englishLeft(report)).toEqual([]);
  for (const userId of ['u1', 'u70']) {
    const { status, body } = await chinese('GET', `/users/${userId}/why`);
    expect(status).toBe(200);
    expect(englishLeft(body)).toEqual([]);
  }
  const period = `/retrospectives?from=${NOON.toISOString().slice(0, 10)}&to=${NOON.toISOString().slice(0, 10)}`;
  expect(englishLeft((await chinese('GET', period)).body, ['winback/offer/mail'])).toEqual([]);
});

test('what is wrong with a draft is told in Chinese, with its place', async () => {
  const source = 'campaign: spring\nname: 5\nactions: []\nwho: nobody\n';
  const { status, body } = await chinese('POST', '/lint', { body: { source, files: {} } });
  expect(status).toBe(200);
  expect(body.problems.length).toBeGreaterThan(3);
  expect(englishLeft(body)).toEqual([]);
  expect(body.problems.find((one: { key: string }) => one.key === 'who').what).toBe('没有这个键');
});

test('a refusal is told in the language of who asks, and names no command', async () => {
  const path = '/campaigns/winbak/thresholds';
  expect((await chinese('GET', path)).body).toMatchObject({ code: 'not_found', detail: '没有活动 "winbak"' });
  const { body } = await english('GET', '/waves/987');
  expect(body.detail).toBe('there is no wave 987');
  expect(`${body.fix}`).not.toContain('recallwave');
  const wrong = { login: 'nobody', password: 'wrong' };
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'zh-CN' },
    body: JSON.stringify(wrong),
  });
  expect(await answer.json()).toMatchObject({ detail: '登录名或密码错误，或账号已停用' });
});
