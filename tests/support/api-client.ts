import { afterAll } from 'vitest';
import { startApi, type ApiInput } from '../../src/api/server.ts';
import { addPerson, type PersonRow } from '../../src/app/people/people.ts';
import { openSession } from '../../src/app/people/sessions.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { Role } from '../../src/domain/roles.ts';

/** An answer of the API; `body` is parsed where it is JSON, else text. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it asked for
  body: any;
}

/** The API of a test file, asked over HTTP as people of each role. */
export interface TestApi {
  url: string;
  as(role: Role): (method: string, path: string, options?: CallOptions) => Promise<ApiAnswer>;
  headersOf(role: Role): Promise<Record<string, string>>;
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is, with the content type of `headers`. */
  raw?: string;
  headers?: Record<string, string>;
}

/** Starts the API on a free port for one test file; `home` where the test reads or writes files in it. */
export async function testApi(input: Omit<ApiInput, 'config' | 'port' | 'host'> & { home?: string }): Promise<TestApi> {
  const config = readConfig({ RECALLWAVE_HOME: input.home ?? '/tmp/recallwave-test' });
  const api = await startApi({ ...input, config, port: 0, host: '127.0.0.1' });
  afterAll(() => api.close());
  const people = new Map<Role, PersonRow>();
  const headersOf = async (role: Role): Promise<Record<string, string>> => {
    const password = 'a horse, a battery';
    const { db } = input;
    const person =
      people.get(role) ?? (await addPerson({ db, login: role, name: role, password, role, actor: 'test' }));
    people.set(role, person);
    const { token, csrfToken } = await openSession({ db, person, userAgent: null });
    return { cookie: `rw_session=${token}`, 'x-csrf-token': csrfToken };
  };
  const as: TestApi['as'] =
    (role) =>
    async (method, path, options = {}) => {
      const hasBody = options.body !== undefined;
      const response = await fetch(`${api.url}/v1${path}`, {
        method,
        headers: {
          ...(await headersOf(role)),
          ...(hasBody && { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(hasBody && { body: JSON.stringify(options.body) }),
        ...(options.raw !== undefined && { body: options.raw }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    };
  return { url: api.url, as, headersOf };
}
