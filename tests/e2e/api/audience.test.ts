import { beforeAll, expect, test } from 'vitest';
import { campaignAudience } from '../../../src/app/campaigns/audience.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aUser, aWarning, aWave, anEntry, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const look = as('viewer');

beforeAll(async () => {
  await aCampaign(db, {
    audience: {},
    policy: { lo: 0.5, hi: 0.9, exploreWidth: 0.1, segments: { gamer: { lo: 0.7 } } },
  });
  for (let n = 0; n < 24; n += 1) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, {
      userNo,
      score: n / 24,
      segment: n % 3 === 0 ? 'gamer' : 'shopper',
      reasons: n % 2 === 0 ? ['price'] : ['price', 'content'],
    });
    if (n % 8 === 7)
      await anEntry(db, { userNo, warningNo, waveNo: await aWave(db, { localDate: `2026-01-0${(n + 1) / 8}` }) });
  }
});

const count = async (query: Record<string, string>): Promise<number> => {
  const { status, body } = await look(
    'GET',
    `/campaigns/winback/audience/users?${new URLSearchParams(query).toString()}`,
  );
  expect(status).toBe(200);
  return body.items.length;
};

test('behind every number of an audience are exactly as many users', async () => {
  const audience = await campaignAudience(db, { name: 'winback', now: NOON });
  expect(audience.users).toBe(24);
  expect(await count({})).toBe(audience.users);
  expect(await count({ score: 'treated' })).toBe(audience.treatable);
  const excluded = Object.fromEntries(audience.excluded.map(({ reason, users }) => [reason, users]));
  expect(excluded).toMatchObject({ open_entry: 3, outside_interval: expect.any(Number) });
  expect(await count({ entered: 'true' })).toBe(excluded['open_entry']);
  expect(await count({ entered: 'false', action: 'none' })).toBe(excluded['no_action'] ?? 0);
  expect(await count({ entered: 'false', score: 'outside' })).toBe(excluded['outside_interval']);
  for (const { segment, action, users, inside, exploring, entered } of audience.segments) {
    const of = { segment, action: action ?? 'none' };
    expect({
      users: await count(of),
      inside: await count({ ...of, score: 'inside' }),
      exploring: await count({ ...of, score: 'exploring' }),
      entered: await count({ ...of, entered: 'true' }),
    }).toEqual({ users, inside, exploring, entered });
    expect(exploring).toBeGreaterThan(0);
  }
  for (const { reason, users } of audience.reasons) expect(await count({ reason })).toBe(users);
  expect(audience.reasons).toHaveLength(2);
});

test('the list goes on where the page before ended, and a cursor of other filters is refused', async () => {
  const path = '/campaigns/winback/audience/users';
  const first = await look('GET', `${path}?limit=20`);
  const rest = await look('GET', `${path}?limit=20&cursor=${first.body.next}`);
  const users = [...first.body.items, ...rest.body.items].map((one: { userNo: number }) => one.userNo);
  expect(new Set(users).size).toBe(24);
  expect(rest.body.next).toBeNull();
  const foreign = await look('GET', `${path}?score=inside&cursor=${first.body.next}`);
  expect(foreign).toMatchObject({ status: 400, body: { code: 'cursor_foreign' } });
  expect(await look('GET', '/campaigns/nothing/audience/users')).toMatchObject({ status: 404 });
});
