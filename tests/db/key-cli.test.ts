import { beforeEach, expect, test } from 'vitest';
import { checkApiKey } from '../../src/app/api-keys.ts';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';

const { db, url } = await freshDatabase();
beforeEach(() => db.raw('truncate api_keys restart identity'));

const create = (...args: string[]) => runCli(url, 'key', 'create', ...args);

test('a key is shown once; the database keeps its hash', async () => {
  const made = await create('shop', '--scope', 'events:write', '--expires', '90d');
  expect(made.code).toBe(0);
  const key = made.out.trim();
  expect(key).toMatch(/^rw_[0-9a-f]{12}_[0-9a-f]{64}$/);
  expect(await checkApiKey(db, `Bearer ${key}`)).toMatchObject({ name: 'shop', scopes: ['events:write'] });
  const [row] = await db('api_keys');
  expect(JSON.stringify(row)).not.toContain(key.slice(16));
  expect(row.hash).toHaveLength(32);
  const days = (row.expires_at.getTime() - row.created_at.getTime()) / 86_400_000;
  expect(days).toBeCloseTo(90, 6);
  const list = await runCli(url, 'key', 'list');
  expect(list.out).toMatch(/1 +shop +rw_[0-9a-f]{12} +events:write +valid/);
  expect(list.out).not.toContain(key.slice(16));
  expect(await db('audit_log').where({ action: 'key.create' }).first()).toMatchObject({ subject: 'shop' });
});

test('a revoked key ends at once; the second time says so', async () => {
  const key = (await create('shop', '--scope', 'events:write')).out.trim();
  expect((await runCli(url, 'key', 'revoke', 'shop')).out).toContain('is revoked');
  expect(await checkApiKey(db, `Bearer ${key}`)).toBeNull();
  expect((await runCli(url, 'key', 'revoke', '1')).out).toContain('was revoked already');
  expect((await runCli(url, 'key', 'list')).out).toContain('revoked');
});

test('what cannot be meant is refused with the fix', async () => {
  expect((await create('shop', '--scope', 'events:read')).err).toContain('events:write');
  expect((await create('a shop', '--scope', 'events:write')).err).toContain('is no name for a key');
  expect((await create('shop', '--scope', 'events:write', '--expires', 'soon')).err).toContain('90d');
  expect((await runCli(url, 'key', 'revoke', 'shop')).err).toContain('recallwave key list');
  await create('shop', '--scope', 'events:write');
  await create('shop', '--scope', 'events:write');
  expect((await runCli(url, 'key', 'revoke', 'shop')).err).toContain('name one by number: 2, 1');
  expect((await runCli(url, 'key', 'revoke', '2')).code).toBe(0);
});
