import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';

const home = await mkdtemp(join(tmpdir(), 'recallwave-imports-'));
const { db } = await freshDatabase();
const { as, url, headersOf } = await testApi({ db, home });
const look = as('viewer');

async function upload(
  kind: string,
  input: {
    body: string | Uint8Array<ArrayBuffer> | ReadableStream;
    type?: string;
    role?: 'viewer' | 'operator';
    key?: string;
  },
) {
  const response = await fetch(`${url}/v1/imports/${kind}?source=nightly.csv`, {
    method: 'POST',
    headers: {
      ...(await headersOf(input.role ?? 'operator')),
      'content-type': input.type ?? 'text/csv',
      ...(input.key !== undefined && { 'idempotency-key': input.key }),
    },
    body: input.body,
    ...(input.body instanceof ReadableStream && { duplex: 'half' }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const USERS = 'user_id,email,consent_email\na,a@example.test,true\nb,not-an-address,true\n=c,c@example.test,true\n';

test('an uploaded file is imported as it arrives; the answer is the report, the rejects are kept', async () => {
  const { status, body } = await upload('users', { body: USERS });
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { read: 3, accepted: 2, rejected: 1, hasRejects: true },
  });
  const { body: log } = await look('GET', '/imports?kind=users');
  expect(log.items).toMatchObject([
    { importNo: body.importNo, source: 'nightly.csv', actor: 'console:operator', rejected: 1, hasRejects: true },
  ]);
  const rejects = await as('operator')('GET', `/imports/${body.importNo}/rejects`);
  expect(rejects.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(rejects.body).toContain('not-an-address');
  expect((await look('GET', `/imports/${body.importNo}/rejects`)).status).toBe(403);
});

test('the same file again changes nothing', async () => {
  expect((await upload('users', { body: USERS })).body).toMatchObject({ changed: 0, unchanged: 2, rejected: 1 });
});

test('a click that comes twice with one key imports once', async () => {
  const send = () => upload('users', { body: 'user_id,email\nk,k@example.test\n', key: 'once' });
  expect((await send()).body).toEqual((await send()).body);
});

test('JSON lines and gzip are taken', async () => {
  const lines = '{"user_id":"d","email":"d@example.test"}\n';
  expect((await upload('users', { body: lines, type: 'application/x-ndjson' })).body).toMatchObject({ inserted: 1 });
  const packed = new Uint8Array(gzipSync('user_id,email\ne,e@example.test\n'));
  expect((await upload('users', { body: packed, type: 'application/gzip' })).body).toMatchObject({ inserted: 1 });
});

test('a file of the wrong kind is refused in words, and nothing of it is imported', async () => {
  const before = await db('users').count();
  const events = await upload('users', { body: 'event_id,type\n1,visit\n' });
  expect(events).toMatchObject({ status: 422, body: { detail: expect.stringContaining('user_id') } });
  const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x0a, 0xff]);
  expect((await upload('users', { body: picture })).status).toBe(422);
  expect(await upload('users', { body: 'no archive', type: 'application/gzip' })).toMatchObject({
    status: 422,
    body: { detail: 'the archive cannot be unpacked' },
  });
  expect((await upload('users', { body: '' })).status).toBeGreaterThanOrEqual(400);
  expect((await upload('nonsense', { body: USERS })).status).toBe(400);
  expect((await upload('users', { body: '{}', type: 'application/json' })).status).toBe(415);
  expect(await db('users').count()).toEqual(before);
});

test('who may not import is refused before the file is read', async () => {
  expect((await upload('users', { body: USERS, role: 'viewer' })).status).toBe(403);
});

test('an import shows while it runs', async () => {
  let finish = (): void => {};
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('user_id,email\nslow,slow@example.test\n'));
      finish = () => controller.close();
    },
  });
  const done = upload('users', { body });
  await expect
    .poll(async () => (await look('GET', '/imports/running')).body.items)
    .toMatchObject([{ kind: 'users', source: 'nightly.csv', actor: 'console:operator' }]);
  finish();
  expect((await done).body).toMatchObject({ accepted: 1 });
  expect((await look('GET', '/imports/running')).body.items).toEqual([]);
});

test('rejects of an import on another machine are named, not read', async () => {
  await db('imports').insert({
    kind: 'users',
    source: 'x.csv',
    accepted: 0,
    changed: 0,
    rejected: 1,
    rejects_file: '/etc/passwd',
    actor: 'cli:ann',
    started_at: new Date(),
  });
  const [{ import_no: importNo }] = await db('imports').orderBy('import_no', 'desc').limit(1);
  expect((await look('GET', '/imports?limit=1')).body.items[0]).toMatchObject({ importNo, hasRejects: false });
  expect(await as('operator')('GET', `/imports/${importNo}/rejects`)).toMatchObject({
    status: 404,
    body: { fix: expect.stringContaining('cli:ann') },
  });
});
