import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { rows, sql } from '../../src/db/sql.ts';
import { compileFilter, type AttributeType, type FilterUser } from '../../src/policy/filters/compile-filter.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const NOW = new Date('2026-03-10T12:00:00Z');

const catalogue: AttributeType[] = [
  { name: 'spent', type: 'number' },
  { name: 'visits', type: 'number' },
  { name: 'tier', type: 'string' },
  { name: 'last brand', type: 'string' },
  { name: 'vip', type: 'boolean' },
  { name: 'last_visit', type: 'date' },
  { name: 'renewal', type: 'date' },
];

const texts = [
  'gold',
  'Gold',
  '',
  '茶',
  "o'clock",
  '"',
  '100',
  'é',
  'e\u0301',
  '🎁a',
  'a?b',
  'null',
  '%',
  '\\',
  'true',
];
const numbers = [
  0, -0, 1, 3, 2.5, 0.1, 0.30000000000000004, -7, 1e15, 9007199254740992, 1e29, 1e31, 1e-29, 1e-31, 1e300,
];
const dates = [
  '2026-03-10',
  '2026-03-09T12:00:00Z',
  '2026-03-09T12:00:00.0009Z',
  '2026-03-09 12:00:00.123456+08:00',
  '2024-02-29',
  '2026-02-29',
  '2026-02-30T10:00Z',
  '1969-12-31T23:59:59.999-0530',
  '0000-01-01',
  'soon',
  '2026-03-09T12:00:00',
  '2026-03-09T24:00:00Z',
  '2999-12-31T23:59z',
];
const anything: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...texts,
  ...numbers,
  ...dates,
  true,
  false,
  null,
  [],
  {
    a: 1,
  },
);

const users = fc.record({
  locale: fc.constantFrom(null, 'en', 'zh-CN'),
  email: fc.constantFrom(null, 'a@Example.test', 'no-domain', 'b@x.test@y.test'),
  consentEmail: fc.constantFrom(null, true, false),
  attributes: fc.record(Object.fromEntries(catalogue.map(({ name }) => [name, anything])), { requiredKeys: [] }),
});

const quoted = (text: string): string => JSON.stringify(text);
const { boolean } = fc.letrec<Record<string, string>>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('spent', 'visits', '0', '3', '2.5', '0.1', '-7', '1000000000000000', 'daysSince(last_visit)'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number')).map((p) => `(${p.join(' ')})`),
    tie('string').map((text) => `size(${text})`),
    fc.tuple(tie('boolean'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  string: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('tier', 'user["last brand"]', 'locale', 'email_domain', ...texts.map(quoted)),
    tie('string').map((text) => `${text}.lowerAscii()`),
    fc.tuple(tie('string'), tie('string')).map(([a, b]) => `(${a} + ${b})`),
  ),
  date: fc.constantFrom('last_visit', 'renewal', 'timestamp("2026-03-09T12:00:00Z")', 'date("2026-03-10")'),
  boolean: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('vip', 'consent_email', 'true', 'false', 'has(spent)', 'last_visit > "2026-03-09"'),
    fc
      .tuple(tie('number'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('number'))
      .map((p) => `(${p.join(' ')})`),
    fc.tuple(tie('string'), fc.constantFrom('==', '!='), tie('string')).map((p) => `(${p.join(' ')})`),
    fc.tuple(tie('boolean'), fc.constantFrom('==', '!=', '&&', '||'), tie('boolean')).map((p) => `(${p.join(' ')})`),
    fc
      .tuple(tie('date'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('date'))
      .map((p) => `(${p.join(' ')})`),
    fc
      .tuple(tie('string'), fc.constantFrom('startsWith', 'endsWith', 'contains'), tie('string'))
      .map(([a, name, b]) => `${a}.${name}(${b})`),
    fc.tuple(tie('string'), fc.subarray(texts)).map(([a, list]) => `${a} in [${list.map(quoted).join(', ')}]`),
    fc.tuple(tie('number'), fc.subarray(['0', '3', '2.5', '-7'])).map(([a, list]) => `${a} in [${list.join(', ')}]`),
    fc.oneof(tie('number'), tie('string'), tie('date'), tie('boolean')).map((a) => `(${a} == null)`),
    tie('boolean').map((a) => `!(${a})`),
  ),
}));

beforeAll(async () => {
  const sample = fc.sample(users, { numRuns: 150, seed: 7 });
  const lines = sample.map((user, index) => ({
    user_id: `u${index}`,
    email: user.email,
    locale: user.locale,
    consent_email: user.consentEmail,
    attributes: JSON.stringify(user.attributes),
    actor: 'test',
  }));
  await db('users').insert([
    ...lines,
    { user_id: 'huge', attributes: '{"spent": 1e400, "visits": 1e-400, "tier": "🎁a"}', actor: 'test' },
    { user_id: 'long', attributes: '{"spent": 123456789012345678901234567890.5, "visits": 0.1}', actor: 'test' },
  ]);
});

interface StoredUser extends FilterUser {
  id: string;
}

async function storedUsers(): Promise<StoredUser[]> {
  return rows<StoredUser>(
    db,
    sql`select user_id as id, user_id as "userId", email, locale, timezone, consent_email as "consentEmail",
      consent_sms as "consentSms", consent_push as "consentPush", attributes from users order by user_no`,
  );
}

async function chosen(text: string): Promise<string[]> {
  const condition = compileFilter(text, catalogue).toSql(NOW);
  const found = await rows<{ id: string }>(
    db,
    sql`select u.user_id as id from users u where ${condition} order by u.user_no`,
  );
  return found.map((row) => row.id);
}

test('PostgreSQL and matches() choose the same users, whatever the filter and the values', async () => {
  const everybody = await storedUsers();
  let compiled = 0;
  await fc.assert(
    fc.asyncProperty(boolean!, async (text) => {
      let filter;
      try {
        filter = compileFilter(text, catalogue);
      } catch (error) {
        expect((error as Error).message).toMatch(/leave the range of numbers/);
        return;
      }
      compiled++;
      const expected = everybody.filter((user) => filter.matches(user, NOW)).map((user) => user.id);
      expect({ text, users: await chosen(text) }).toEqual({ text, users: expected });
    }),
    { numRuns: 400, seed: 11 },
  );
  expect(compiled).toBeGreaterThan(300);
});

test('a session in another zone and date style reads the same dates', async () => {
  const text = 'last_visit <= "2026-03-09T12:00:00Z" || daysSince(renewal) == 0';
  const usual = await chosen(text);
  const other = await db.transaction(async (trx) => {
    await trx.raw(`set local timezone to 'Asia/Kathmandu'`);
    await trx.raw(`set local datestyle to 'SQL, DMY'`);
    const condition = compileFilter(text, catalogue).toSql(NOW);
    const found = await rows<{ id: string }>(
      trx,
      sql`select u.user_id as id from users u where ${condition} order by u.user_no`,
    );
    return found.map((row) => row.id);
  });
  expect(usual.length).toBeGreaterThan(0);
  expect(other).toEqual(usual);
});

test('no text of a filter reaches the SQL', () => {
  const evil = `x'; drop table users; --`;
  const filter = compileFilter(`user[${quoted(evil)}] == ${quoted(`${evil}?`)}`, [{ name: evil, type: 'string' }]);
  const condition = filter.toSql(NOW);
  expect(condition.sql).not.toContain('drop');
  expect(condition.bindings).toContain(evil);
  expect(condition.sql.split('?').length - 1).toBe(condition.bindings.length);
});
