import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../../../src/api/server.ts';
import { addPerson } from '../../../src/app/people/people.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { CONSOLE_FOLDER, ensureConsole } from '../../../src/worker/console-build.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
const BUDGET_BYTES = 300 * 1024;
const PASSWORD = 'correct horse battery';
let api: RunningApi;
let cookie = '';

beforeAll(async () => {
  await ensureConsole(() => {});
  const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-console-test' });
  api = await startApi({ db, config, port: 0, host: '127.0.0.1', consoleFolder: CONSOLE_FOLDER });
  await addPerson({ db, login: 'vi', name: 'Vi', password: PASSWORD, role: 'viewer', actor: 'test' });
  const response = await fetch(`${api.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'vi', password: PASSWORD }),
  });
  cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}${path}`, { headers });

/** Scripts and styles that a page loads at once. */
function linked(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '');
}

/** Everything that a script imports, at once or later. */
async function imports(path: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!path.endsWith('.js')) return seen;
  const code = await (await get(path, { cookie })).text();
  const names = [...code.matchAll(/["'](?:\.\/|\/?assets\/)([\w.-]+\.(?:js|css))["']/g)].map(([, name]) => name ?? '');
  for (const name of names) await imports(`/assets/${name}`, seen);
  return seen;
}

test('without a session there is the log-in page and what it needs, and nothing else of the console', async () => {
  const [outside, inside] = await Promise.all([
    get('/').then((page) => page.text()),
    get('/', { cookie }).then((page) => page.text()),
  ]);
  for (const path of linked(outside)) expect({ path, status: (await get(path)).status }).toEqual({ path, status: 200 });
  const open = new Set(linked(outside));
  const all = new Set<string>();
  for (const path of linked(inside)) await imports(path, all);
  const closed = [...all].filter((path) => !open.has(path));
  expect(closed.length).toBeGreaterThan(5);
  for (const path of closed) {
    expect({ path, status: (await get(path)).status }).toEqual({ path, status: 401 });
    expect({ path, status: (await get(path, { cookie })).status }).toEqual({ path, status: 200 });
  }
});

test('a session that is over gets the log-in page', async () => {
  const page = await (await get('/', { cookie: 'rw_session=made-up' })).text();
  expect(page).toEqual(expect.stringContaining('/assets/login-'));
});

test('pages are never kept and carry a policy with a nonce of their own; assets are kept for a year', async () => {
  const [one, two] = await Promise.all([get('/', { cookie }), get('/', { cookie })]);
  const policy = one.headers.get('content-security-policy') ?? '';
  expect(one.headers.get('cache-control')).toBe('no-store');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(policy).not.toBe(two.headers.get('content-security-policy'));
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  const page = await one.text();
  expect(page).toContain(`nonce="${nonce}"`);
  expect(page).not.toMatch(/<style|<script(?![^>]*src=)|style="/);
  const asset = await get(linked(page)[0] ?? '', { cookie });
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('only the addresses of screens are the console', async () => {
  for (const path of ['/settings', '/account']) expect((await get(path, { cookie })).status).toBe(200);
  for (const path of [
    '/nothing',
    '/settings/x',
    '/assets/none.js',
    '/assets/..%2f..%2fpackage.json',
    '/paths.json',
    '/.vite/manifest.json',
  ]) {
    expect({ path, status: (await get(path, { cookie })).status }).toEqual({ path, status: 404 });
  }
});

test('the first page takes less than 300 KB', async () => {
  const page = await (await get('/', { cookie })).text();
  const entry = linked(page).find((path) => /console-.*\.js/.test(path)) ?? '';
  const code = await (await get(entry, { cookie })).text();
  const later = [...code.matchAll(/assets\/((?:home|en)-[\w-]+\.js)/g)].map(([, name]) => `/assets/${name}`);
  expect(later.length).toBeGreaterThanOrEqual(2);
  const needed = new Set([...linked(page), ...later]);
  for (const path of later) {
    const text = await (await get(path, { cookie })).text();
    for (const [, name] of text.matchAll(/from\s?["']\.\/([\w.-]+\.js)["']/g)) needed.add(`/assets/${name}`);
  }
  const sizes = await Promise.all([...needed].map((path) => squeezedSize(path)));
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeGreaterThan(100_000);
  expect(total).toBeLessThan(BUDGET_BYTES);
});

/** Bytes of an asset as a browser gets it; fetch would unpack it. */
async function squeezedSize(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    request(`${api.url}${path}`, { headers: { cookie, 'accept-encoding': 'gzip' } }, (response) => {
      expect(response.headers['content-encoding']).toBe('gzip');
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes));
    })
      .on('error', reject)
      .end();
  });
}
