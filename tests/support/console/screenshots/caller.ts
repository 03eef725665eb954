/** What the list of sessions shows of whoever logs in here. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** Somebody who is logged in and uses the API. */
export interface Caller {
  /** Of the session; for the browser. */
  cookie: string;
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  /** Sends a file. */
  upload(kind: string, name: string, csv: string): Promise<void>;
}

/** Logs in over the API of `url`. Throws with the server's answer when it lets nobody in. */
export async function logIn(url: string, credentials: { login: string; password: string }): Promise<Caller> {
  return enter(url, '/v1/session', credentials);
}

/** Takes a one-time link: the account is made and logged in. */
export async function takeLink(
  url: string,
  token: string,
  account: { login: string; name: string; password: string; timezone: string },
): Promise<Caller> {
  return enter(url, `/v1/one-time-links/${token}`, account);
}

async function enter(url: string, path: string, body: object): Promise<Caller> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
    body: JSON.stringify(body),
  });
  const { csrfToken } = await answered<{ csrfToken: string }>(response, path);
  const cookie = /rw_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
  return callerOf(url, { cookie, csrfToken });
}

function callerOf(url: string, { cookie, csrfToken }: { cookie: string; csrfToken: string }): Caller {
  const own = { cookie: `rw_session=${cookie}`, 'x-csrf-token': csrfToken };
  return {
    cookie,
    get: async <T>(path: string) => answered<T>(await fetch(`${url}/v1${path}`, { headers: own }), path),
    send: async <T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
      answered<T>(
        await fetch(`${url}/v1${path}`, {
          method,
          headers: { ...own, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
        `${method} ${path}`,
      ),
    upload: async (kind, name, csv) => {
      const path = `/v1/imports/${kind}?source=${encodeURIComponent(name)}`;
      await answered(
        await fetch(`${url}${path}`, { method: 'POST', headers: { ...own, 'content-type': 'text/csv' }, body: csv }),
        path,
      );
    },
  };
}

async function answered<T>(response: Response, what: string): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what} answered ${response.status}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}
