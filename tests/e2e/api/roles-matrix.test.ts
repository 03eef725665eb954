import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../../../src/api/server.ts';
import { addPerson, type PersonRow } from '../../../src/app/people/people.ts';
import { openSession } from '../../../src/app/people/sessions.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { atLeast, ROLES, type Role } from '../../../src/domain/roles.ts';
import { freshDatabase } from '../../support/database.ts';
import { openApiDocument, type Operation } from '../../support/openapi.ts';

const { db } = await freshDatabase();
const { paths } = await openApiDocument();
const guarded = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([, operation]) => operation['x-role'] !== undefined)
    .map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, method, path, operation })),
);
let api: RunningApi;

beforeAll(async () => {
  const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test' });
  api = await startApi({ db, config, port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

/** A path whose parameters name nothing that is there. */
function filled(path: string, operation: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters?.find((one) => one.in === 'path' && one.name === name);
    return parameter?.schema?.type === 'integer' ? '999999' : 'nothing-of-that-name';
  });
}

const people = new Map<Role, PersonRow>();

/** Headers of a fresh session of somebody with the role: one that logs out must not log out the next. */
async function headersOf(role: Role): Promise<Record<string, string>> {
  const known = people.get(role);
  const account = { db, login: role, name: role, password: 'a horse, a battery', role, actor: 'test' };
  const person = known ?? (await addPerson(account));
  people.set(role, person);
  const { token, csrfToken } = await openSession({ db, person, userAgent: null });
  return { cookie: `rw_session=${token}`, 'x-csrf-token': csrfToken };
}

async function ask(
  one: (typeof guarded)[number],
  headers: Record<string, string>,
): Promise<{ status: number; code: unknown }> {
  const body = ['post', 'put', 'patch'].includes(one.method);
  const response = await fetch(`${api.url}${filled(one.path, one.operation)}`, {
    method: one.method.toUpperCase(),
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: '{}' }),
  });
  const text = await response.text();
  const problem = response.headers.get('content-type')?.includes('problem+json') ? JSON.parse(text) : {};
  return { status: response.status, code: (problem as { code?: unknown }).code };
}

test('the document names routes to try', () => {
  expect(guarded.length).toBeGreaterThan(10);
});

describe.each(guarded)('$route', (one) => {
  test('refuses who is not logged in', async () => {
    expect(await ask(one, {})).toMatchObject({
      status: expect.toSatisfy((status: number) => [401, 429].includes(status)),
    });
  });

  test.each(ROLES)('answers %s as its role says', async (role) => {
    const { status, code } = await ask(one, await headersOf(role));
    expect(status).toBeLessThan(500 + (code === 'unavailable' ? 100 : 0));
    const refused = status === 403 && code === 'role_missing';
    expect({ role, refused }).toEqual({ role, refused: !atLeast(role, one.operation['x-role'] as Role) });
    expect(status).not.toBe(401);
  });
});
