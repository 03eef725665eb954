import { expect, test } from 'vitest';
import { UnreachableError } from '../../../src/domain/failures.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { openApiDocument } from '../../support/openapi.ts';
import { aCampaign, aUser } from '../../support/world.ts';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
}
interface Described {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

const { db } = await freshDatabase();
const temporal = () => Promise.reject(new UnreachableError('no Temporal here', 'start one'));
const { url, headersOf } = await testApi({ db, temporal });
await aCampaign(db);
await aUser(db, { userId: 'ana' });
const document = (await openApiDocument()) as unknown as { paths: Record<string, Record<string, Described>> };
const operations = Object.entries(document.paths)
  .filter(([path]) => path !== '/v1/events' && !path.endsWith('/progress'))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      described,
    })),
  );

/** Texts that a database, a parser or a regular expression may choke on. */
const TEXTS = ['a\u0000b', '\ud800', '9'.repeat(40), 'x'.repeat(3_000)];
const BODIES = ['', 'null', '{"a":'];
/** One of each kind for every property: what it refuses, its schema says. */
const VALUES = ['a\u0000b', '\ud800', 1e308, 2 ** 53, null, '+275760-09-13', 'x'.repeat(3_000)];

interface Attempt {
  what: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

/** What is there, so that a good part of a request gets past the first check. */
function good(name: string): string {
  if (name === 'campaignId' || name === 'campaign') return 'winback';
  return name === 'userId' ? 'ana' : '1';
}

/** Encoded as it stands: encodeURIComponent refuses half a surrogate pair. */
function encoded(text: string): string {
  return text === '\ud800' ? '%ED%A0%80' : encodeURIComponent(text);
}

function attemptsOn({ path, described }: (typeof operations)[number]): Attempt[] {
  const parameters = described.parameters ?? [];
  const named = (kind: string): string[] => parameters.filter((one) => one.in === kind).map(({ name }) => name);
  const filled = (bad: string | null, text = ''): string =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === bad ? encoded(text) || '%20' : good(name)));
  const plain = filled(null);
  const body = described.requestBody?.content['application/json']?.schema;
  const json = (value: unknown): string => JSON.stringify(value);
  const properties = Object.keys(body?.properties ?? {});
  return [
    ...named('path').flatMap((name) =>
      TEXTS.map((text) => ({
        what: `${name}=${text.slice(0, 20)}`,
        path: filled(name, text),
        ...(body && { body: '{}' }),
      })),
    ),
    ...named('query').flatMap((name) =>
      TEXTS.map((text) => ({ what: `?${name}=${text.slice(0, 20)}`, path: `${plain}?${name}=${encoded(text)}` })),
    ),
    ...(body ? BODIES.map((text) => ({ what: `body ${text.slice(0, 20)}`, path: plain, body: text })) : []),
    ...(properties.length === 0 ? [] : VALUES).flatMap((value) => [
      { what: `all of it ${json(value).slice(0, 20)}`, path: plain, body: json(bodyOf(properties, properties, value)) },
      ...properties.slice(0, 1).map((name) => ({
        what: `${name} ${json(value).slice(0, 20)}`,
        path: plain,
        body: json(bodyOf(properties, [name], value)),
      })),
    ]),
    { what: 'malformed headers', path: plain, headers: { 'idempotency-key': 'x'.repeat(300), 'if-match': '"' } },
    { what: 'another media type', path: plain, body: '<a/>', headers: { 'content-type': 'application/xml' } },
  ];
}

/** A body whose `bad` properties have a hostile value and the others a good one. */
function bodyOf(all: readonly string[], bad: readonly string[], value: unknown): Record<string, unknown> {
  return Object.fromEntries(all.map((name) => [name, bad.includes(name) ? value : good(name)]));
}

async function send(method: string, attempt: Attempt, session: Record<string, string>): Promise<string | null> {
  const bodyless = method === 'GET' || attempt.body === undefined;
  const response = await fetch(`${url}${attempt.path}`, {
    method,
    headers: { ...session, 'content-type': 'application/json', ...attempt.headers },
    ...(!bodyless && { body: attempt.body ?? '' }),
  });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const { status } = response;
  if (status < 400) return null;
  if (!type.startsWith('application/problem+json')) return `${status} as ${type}`;
  const { code } = JSON.parse(text) as { code: string };
  return status === 500 || (status === 503 && code !== 'unavailable') ? `${status} ${code}` : `documented? ${status}`;
}

test('there are operations to try', () => {
  expect(operations.length).toBeGreaterThan(100);
});

test.each(operations)('$name refuses what is hostile with a documented problem', async (operation) => {
  const session = await headersOf('admin');
  const faults: string[] = [];
  const attempts = attemptsOn(operation);
  const answers = await Promise.all(attempts.map((attempt) => send(operation.method, attempt, session)));
  for (const [index, answer] of answers.entries()) {
    const attempt = attempts[index];
    if (answer === null || attempt === undefined) continue;
    const status = /^documented\? (\d+)$/.exec(answer)?.[1];
    if (status === undefined || operation.described.responses[status] === undefined)
      faults.push(`${attempt.what}: ${answer}`);
  }
  expect(faults).toEqual([]);
});

test('what a route does not take is a 405 that names what it takes; half an address is a 400', async () => {
  const session = await headersOf('admin');
  for (const method of ['PATCH', 'DELETE', 'PUT', 'OPTIONS', 'QUERY']) {
    const response = await fetch(`${url}/v1/waves`, { method, headers: session });
    expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
  }
  const half = await fetch(`${url}/v1/users/%E0%A4%A`, { headers: session });
  expect(half.status).toBe(400);
  expect(await half.json()).toMatchObject({ code: 'request_invalid' });
});
