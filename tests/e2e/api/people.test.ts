import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../../../src/api/server.ts';
import { inviteFirstAdmin } from '../../../src/app/people/invitations.ts';
import { addPerson } from '../../../src/app/people/people.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
let api: RunningApi;

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** One request; cookie and CSRF token of `session` where given. */
async function call(
  method: string,
  path: string,
  options: { body?: unknown; session?: Session | undefined; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { session, body } = options;
  const response = await fetch(`${api.url}/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(session && { cookie: session.cookie, 'x-csrf-token': session.csrf }),
      ...options.headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

interface Session {
  cookie: string;
  csrf: string;
}

function sessionFrom(answer: Answer): Session {
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { cookie, csrf: String(answer.body['csrfToken']) };
}

async function logIn(login: string, password = 'correct horse battery'): Promise<Session> {
  const answer = await call('POST', '/session', { body: { login, password } });
  expect(answer.status).toBe(201);
  return sessionFrom(answer);
}

beforeAll(async () => {
  api = await startApi({
    db,
    config: readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test' }),
    port: 0,
    host: '127.0.0.1',
  });
});
afterAll(() => api.close());
beforeEach(() => db.raw('truncate people, sessions, invitations, idempotency_keys restart identity cascade'));

const account = (login: string, role: 'viewer' | 'marketer' | 'operator' | 'admin') =>
  addPerson({ db, login, name: login, password: 'correct horse battery', role, actor: 'test' });

test('the first admin comes in by a one-time link, once', async () => {
  const token = await inviteFirstAdmin(db);
  expect(await call('GET', `/one-time-links/${token}`)).toMatchObject({
    status: 200,
    body: { role: 'admin', login: null },
  });
  const body = {
    login: 'ana',
    name: 'Ana',
    password: 'a long enough secret',
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
  };
  const accepted = await call('POST', `/one-time-links/${token}`, { body });
  expect(accepted).toMatchObject({ status: 201, body: { person: { login: 'ana', role: 'admin', locale: 'zh-CN' } } });
  expect(accepted.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i);
  expect((await call('POST', `/one-time-links/${token}`, { body })).status).toBe(404);
  expect(await inviteFirstAdmin(db)).toBeNull();
  expect(await call('GET', '/people', { session: sessionFrom(accepted) })).toMatchObject({
    status: 200,
    body: { items: [{ login: 'ana' }] },
  });
});

test('a weak password is refused, and the link can still be used', async () => {
  const token = await inviteFirstAdmin(db);
  const weak = await call('POST', `/one-time-links/${token}`, { body: { login: 'ana', password: 'short' } });
  expect(weak).toMatchObject({
    status: 422,
    body: { code: 'input_invalid', fix: expect.stringContaining('10 to 200') },
  });
  expect((await call('GET', `/one-time-links/${token}`)).status).toBe(200);
});

test('a wrong password and an unknown login are answered alike, and guessing is slowed down', async () => {
  await account('bo', 'viewer');
  const wrong = await call('POST', '/session', { body: { login: 'bo', password: 'nope' } });
  const nobody = await call('POST', '/session', { body: { login: 'nobody', password: 'nope' } });
  expect(wrong.body).toEqual(nobody.body);
  expect(wrong.status).toBe(401);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    statuses.push((await call('POST', '/session', { body: { login: 'bo', password: 'nope' } })).status);
  }
  expect(statuses).toContain(429);
});

test('without the CSRF token nothing is changed, and a logged-out session is over', async () => {
  await account('cy', 'viewer');
  const fresh = await startApi({
    db,
    config: readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test' }),
    port: 0,
    host: '127.0.0.1',
  });
  const before = api;
  api = fresh;
  try {
    const session = await logIn('cy');
    const forged = await call('PATCH', '/me', { session: { ...session, csrf: 'x' }, body: { name: 'Eve' } });
    expect(forged).toMatchObject({ status: 403, body: { code: 'csrf' } });
    expect((await call('PATCH', '/me', { session, body: { name: 'Cy' } })).body).toMatchObject({ name: 'Cy' });
    const [line] = await db('audit_log').where({ action: 'person.profile' });
    expect(line).toMatchObject({ actor: 'console:cy', details: { changed: ['name'] } });
    expect((await call('DELETE', '/session', { session })).status).toBe(204);
    expect((await call('GET', '/session', { session })).status).toBe(401);
  } finally {
    api = before;
    await fresh.close();
  }
});
