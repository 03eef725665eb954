import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { createApiKey, revokeApiKey } from '../../src/app/api-keys.ts';
import { importFile } from '../../src/app/imports/import-file.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { connect } from '../../src/db/connect.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test', LINK_SECRET: 'secret of the tests' });
const logged: string[] = [];
const logger = { error: (details: object, message: string) => void logged.push(JSON.stringify(details) + message) };
let api: RunningApi;
let key = '';

beforeAll(async () => {
  api = await startApi({ db, config, port: 0, host: '127.0.0.1', logger });
  ({ key } = await createApiKey({ db, name: 'shop', scopes: ['events:write'], expiresIn: '90d', actor: 'test' }));
});
afterAll(() => api.close());
beforeEach(() => db.raw('truncate events, users restart identity cascade'));

const event = (id: string, over: Record<string, unknown> = {}) => ({
  event_id: id,
  user_id: 'ana',
  type: 'purchase',
  occurred_at: '2026-03-01T09:30:00+08:00',
  ...over,
});

async function post(body: unknown, over: { type?: string; auth?: string | null; url?: string } = {}) {
  const auth = over.auth === undefined ? `Bearer ${key}` : over.auth;
  const lines = Array.isArray(body) ? body.map((one) => JSON.stringify(one)).join('\n') : (body as string);
  const response = await fetch(`${over.url ?? api.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': over.type ?? 'application/x-ndjson', ...(auth !== null && { authorization: auth }) },
    body: lines,
  });
  const type = response.headers.get('content-type');
  return { status: response.status, type, headers: response.headers, body: (await response.json()) as never };
}

const stored = () => db('events').orderBy('event_id');

describe('events that come over HTTP', () => {
  test('are stored once, in minor units, by the name of the key', async () => {
    const batch = [
      event('e1', { value: 12.5, currency: 'cny', sku: 'x' }),
      event('e2'),
      event('e1', { type: 'visit' }),
    ];
    expect(await post(batch)).toMatchObject({ status: 200, body: { received: 3, inserted: 2, known: 1, rejected: 0 } });
    expect(await post(batch)).toMatchObject({ status: 200, body: { inserted: 0, known: 3 } });
    expect(await stored()).toMatchObject([
      {
        event_id: 'e1',
        user_id: 'ana',
        user_no: null,
        type: 'purchase',
        occurred_at: new Date('2026-03-01T01:30:00Z'),
        value_minor: 1250,
        currency: 'CNY',
        properties: { sku: 'x' },
        actor: 'api:shop',
      },
      { event_id: 'e2', value_minor: null },
    ]);
  });

  test('may be a JSON array, and lie there for a user who comes later', async () => {
    const array = JSON.stringify([event('e1'), event('e2', { user_id: 'ben' })]);
    expect(await post(array, { type: 'application/json' })).toMatchObject({ status: 200, body: { inserted: 2 } });
    const users = (async function* () {
      yield Buffer.from('user_id,email\nana,ana@example.com\n');
    })();
    await importFile({ db, kind: 'users', input: users, sourceName: 'test', actor: 'test', now: new Date() });
    const [ana] = await db('users').pluck('user_no');
    expect((await stored()).map((row) => row.user_no)).toEqual([ana, null]);
    await post([event('e3')]);
    expect(await stored()).toMatchObject([{}, {}, { event_id: 'e3', user_no: ana }]);
  });

  test('with faults are named line by line, and the good ones are in', async () => {
    const lines = [
      JSON.stringify(event('e1')),
      '{"event_id": "e2"',
      '',
      JSON.stringify(event('e3', { value: 3 })),
      JSON.stringify(event('e4', { occurred_at: '2026-03-01T09:30:00' })),
      JSON.stringify(event('e5', { value: '1.234', currency: 'USD' })),
      JSON.stringify(event('e6', { note: '\u0000' })),
      JSON.stringify(event('e7', { occurred_at: '2026-03-01T09:30:00+20:00' })),
    ];
    const { status, body } = await post(lines.join('\r\n'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      received: 7,
      inserted: 1,
      rejected: 6,
      faults: [
        { line: 2, field: '', reason: expect.stringContaining('no valid JSON') },
        { line: 4, field: 'currency', reason: expect.stringContaining('value without currency') },
        { line: 5, field: 'occurred_at', reason: expect.stringContaining('offset is missing') },
        { line: 6, field: 'value', reason: expect.stringContaining('decimals') },
        { line: 7, field: '', reason: expect.stringContaining('NUL') },
        { line: 8, field: 'occurred_at', reason: expect.stringContaining('offset') },
      ],
    });
    expect(await stored()).toHaveLength(1);
  });

  test('count once when the same batch comes many times at the same moment, together with others', async () => {
    const batch = Array.from({ length: 500 }, (_, n) => event(`e${n}`));
    const other = Array.from({ length: 500 }, (_, n) => event(`e${n + 250}`));
    const bodies = (await Promise.all(Array.from({ length: 12 }, (_, n) => post(n % 2 ? batch : other)))).map(
      (answer) => answer.body as { inserted: number; known: number },
    );
    expect(bodies.reduce((sum, body) => sum + body.inserted, 0)).toBe(750);
    for (const body of bodies) expect(body.inserted + body.known).toBe(500);
    expect(await stored()).toHaveLength(750);
  });

  test('by two processes in opposite orders do not wait for each other in a circle', async () => {
    const second = await startApi({ db, config, port: 0, host: '127.0.0.1' });
    const batch = Array.from({ length: 2_000 }, (_, n) => event(`e${n}`));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? post(batch) : post(batch.toReversed(), { url: second.url }))),
    );
    await second.close();
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(await stored()).toHaveLength(2_000);
  });
});

describe('requests that fail as a whole', () => {
  const problem = (status: number, code: string) => ({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: { type: 'about:blank', status, code, detail: expect.any(String) },
  });

  test('come without a valid key: missing, wrong, revoked or expired', async () => {
    const revoked = await createApiKey({ db, name: 'old', scopes: ['events:write'], expiresIn: null, actor: 'test' });
    await revokeApiKey({ db, which: 'old', actor: 'test' });
    const expired = await createApiKey({ db, name: 'gone', scopes: ['events:write'], expiresIn: '1m', actor: 'test' });
    await db('api_keys')
      .where({ name: 'gone' })
      .update({ expires_at: new Date(Date.now() - 1000) });
    const wrong = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    for (const auth of [
      null,
      'Basic YTpi',
      'Bearer rw_x',
      `Bearer ${wrong}`,
      `Bearer ${revoked.key}`,
      `Bearer ${expired.key}`,
    ]) {
      const answer = await post([event('e1')], { auth });
      expect(answer).toMatchObject(problem(401, 'key_invalid'));
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
    expect(await stored()).toEqual([]);
  });

  test('come with a key that may do something else', async () => {
    await db('api_keys')
      .where({ name: 'shop' })
      .update({ scopes: ['something:else'] });
    const answer = await post([event('e1')]);
    await db('api_keys')
      .where({ name: 'shop' })
      .update({ scopes: ['events:write'] });
    expect(answer).toMatchObject(problem(403, 'scope_missing'));
  });

  test('are of another media type, empty, no JSON array, or hold no valid event', async () => {
    expect(await post([event('e1')], { type: 'text/csv' })).toMatchObject(problem(415, 'media_type'));
    expect(await post(' \n')).toMatchObject(problem(400, 'body_invalid'));
    expect(await post('{"a": 1}', { type: 'application/json' })).toMatchObject(problem(400, 'body_invalid'));
    const none = await post([event('e1', { type: '' })]);
    expect(none).toMatchObject(problem(400, 'no_event_valid'));
    expect(none.body).toMatchObject({ faults: [{ line: 1, field: 'type' }] });
  });

  test('are too large, in events or in bytes', async () => {
    const lines = Array.from({ length: 10_001 }, (_, n) => event(`e${n}`));
    expect(await post(lines)).toMatchObject(problem(413, 'too_many_events'));
    expect(await post(lines.slice(1))).toMatchObject({ status: 200, body: { inserted: 10_000 } });
    expect(await post([event('e', { note: 'x'.repeat(17 * 1024 * 1024) })])).toMatchObject(
      problem(413, 'body_too_large'),
    );
  });

  test('are more than a key may send in a minute', async () => {
    const strict = await startApi({ db, config, port: 0, host: '127.0.0.1', requestsPerMinute: 2 });
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await post([event(`e${n}`)], { url: strict.url }));
    await strict.close();
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('find the database gone: they may be sent again, and nothing personal is logged', async () => {
    const gone = connect('postgres://nobody:wrong@127.0.0.1:1/none');
    const broken = await startApi({ db: gone, config, port: 0, host: '127.0.0.1', logger });
    const answer = await post([event('e1')], { url: broken.url });
    await broken.close();
    await gone.destroy();
    expect(answer).toMatchObject(problem(503, 'unavailable'));
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(logged.join('\n')).not.toMatch(/ana|e1"/);
  });
});
