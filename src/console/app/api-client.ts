import type { Session } from '../../api/v1/schemas/session.ts';
import { ApiProblem, problemFrom } from './api-problem.ts';
import { newKey } from './new-key.ts';

/** Query of a request; undefined and empty values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a request may carry besides its path. */
export interface RequestOptions {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Idempotency-Key; a POST without one gets a fresh one; null: it only reads, such as lint. */
  key?: string | null;
}

/** An answer with the headers that somebody needs. */
export interface Answer<T> {
  data: T;
  status: number;
  etag: string | null;
  /** Cursor of the next page of a list as CSV. */
  next: string | null;
}

type AskForLogIn = () => Promise<void>;

let csrfToken = '';
let askForLogIn: AskForLogIn = () => Promise.reject(new ApiProblem(401, { code: 'not_logged_in' }));

/** Remembers the open session; its token goes with everything but GET. */
export function rememberSession(session: Session): void {
  csrfToken = session.csrfToken;
}

/** Sets what happens when the session is over: resolves once somebody logged in again, so that the request is sent again. */
export function onLoggedOut(ask: AskForLogIn): void {
  askForLogIn = ask;
}

/** An address with its query. */
export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Sends a request; asks for a log-in where the session is over and goes on afterwards. Throws ApiProblem. */
export async function send<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const key = method === 'POST' && options.key !== null ? (options.key ?? newKey()) : null;
  const asked = { ...options, key };
  let response = await attempt(method, path, asked);
  if (response.status === 401) {
    await askForLogIn();
    response = await attempt(method, path, asked);
  }
  if (response.status === 403 && (await isOldToken(response))) {
    csrfToken = (await openSession()).csrfToken;
    response = await attempt(method, path, asked);
  }
  if (!response.ok) throw await problemFrom(response);
  const { status, headers } = response;
  const data = (await bodyOf(response)) as T;
  return { data, status, etag: headers.get('etag'), next: headers.get('x-next-cursor') };
}

async function attempt(method: string, path: string, options: RequestOptions): Promise<Response> {
  const { query, body, headers, signal, key } = options;
  const text = body === undefined || typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body);
  try {
    return await fetch(addressOf(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(text !== undefined && text === body ? {} : text !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { 'x-csrf-token': csrfToken }),
        ...(key && { 'idempotency-key': key }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, { code: 'unreachable' });
  }
}

/** Logged in again in another tab: the cookie is that session's, the token still ours. */
async function isOldToken(response: Response): Promise<boolean> {
  return (await problemFrom(response.clone())).code === 'csrf';
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  return json ? response.json() : response.text();
}

/** The open session. Throws ApiProblem 401 where there is none. */
export async function openSession(): Promise<Session> {
  const response = await attempt('GET', '/v1/session', {});
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as Session;
}

/** Begins a session. Throws ApiProblem 401 for a wrong login, 429 after too many. */
export async function logIn(body: { login: string; password: string }): Promise<Session> {
  const response = await attempt('POST', '/v1/session', { body });
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as Session;
}

/** The API by verb; each answers the body and throws ApiProblem. */
export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    (await send<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) })).data,
  post: async <T>(path: string, body?: unknown, key?: string): Promise<T> =>
    (await send<T>('POST', path, { body, ...(key !== undefined && { key }) })).data,
  /** A POST that only asks: nothing is kept of it. */
  ask: async <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> =>
    (await send<T>('POST', path, { body, key: null, ...(signal && { signal }) })).data,
  put: async <T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> =>
    (await send<T>('PUT', path, { body, ...(headers && { headers }) })).data,
  patch: async <T>(path: string, body?: unknown): Promise<T> => (await send<T>('PATCH', path, { body })).data,
  delete: async <T>(path: string): Promise<T> => (await send<T>('DELETE', path)).data,
};
