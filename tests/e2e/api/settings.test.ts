import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../../src/app/api-keys.ts';
import { startApi, type RunningApi } from '../../../src/api/server.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
let api: RunningApi;
let key = '';

beforeAll(async () => {
  const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-settings-test' });
  api = await startApi({ db, config, port: 0, host: '127.0.0.1' });
  ({ key } = await createApiKey({ db, name: 'admin', scopes: ['admin', 'read'], expiresIn: '1d', actor: 'test' }));
});
afterAll(() => api.close());

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${api.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('settings come as a file that can be sent back: then nothing changes', async () => {
  const shown = await call('GET', '/settings');
  expect(shown.body).toMatchObject({ version: 0, actor: null, changedAt: null });
  const same = await call('PUT', '/settings', { text: shown.body['text'], version: 0 });
  expect(same).toMatchObject({ status: 200, body: { version: 0, changed: false } });
});

test('changed settings are a new version with the name of who changed them, once', async () => {
  const change = { text: 'company: Winback Ltd\nglobalHoldout: 0.05\n', version: 0 };
  expect(await call('PUT', '/settings', change)).toMatchObject({ status: 200, body: { version: 1, changed: true } });
  expect((await call('GET', '/settings')).body).toMatchObject({ version: 1, actor: 'api:admin' });
  const late = await call('PUT', '/settings', { ...change, text: 'company: Other\n' });
  expect(late).toMatchObject({ status: 412, body: { code: 'changed_since', version: 1 } });
  expect(String(late.body['text'])).toContain('Winback Ltd');
});

test('a fault is answered with line, key and fix, and nothing is put in force', async () => {
  const text = 'company: Winback Ltd\nglobalHoldout: 7\ncolour: red\n';
  const checked = await call('POST', '/settings/check', { text });
  expect(checked.body['items']).toEqual([
    expect.objectContaining({ line: 2, key: 'globalHoldout' }),
    expect.objectContaining({ line: 3 }),
  ]);
  const refused = await call('PUT', '/settings', { text, version: 1 });
  expect(refused).toMatchObject({ status: 422, body: { code: 'settings_invalid' } });
  expect((await call('GET', '/settings')).body).toMatchObject({ version: 1 });
});

test('a file that is no YAML, and one that is too long, are refused with a reason', async () => {
  expect((await call('PUT', '/settings', { text: 'a: [', version: 1 })).status).toBe(422);
  expect((await call('PUT', '/settings', { text: 'x'.repeat(70_000), version: 1 })).status).toBe(400);
});

test('health says which part does not answer, and keeps answering', async () => {
  const { status, body } = await call('GET', '/health/details');
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'down', schedules: null, workers: [] });
  expect(body['parts']).toEqual([
    { part: 'database', ok: true, ms: expect.any(Number) },
    { part: 'temporal', ok: false, ms: null },
    { part: 'worker', ok: false, ms: null },
  ]);
});
