import type { Knex } from 'knex';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startApi, type RunningApi } from '../../../src/api/server.ts';
import { addPerson } from '../../../src/app/people/people.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { ROLES, type Role } from '../../../src/domain/roles.ts';
import { CONSOLE_FOLDER, ensureConsole } from '../../../src/worker/console-build.ts';
import { findChromium, launchChromium } from '../chromium.ts';

/** Of everybody in `startConsole`; logins are the roles. */
export const PASSWORD = 'correct horse battery';

/** How the visitor sees the console. */
export interface Visit {
  locale?: 'en' | 'zh-CN';
  scheme?: 'light' | 'dark';
  width?: number;
  path?: string;
}

/** A page of the console with everything that its log said. */
export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Errors and violations of the content security policy. */
  complaints: string[];
}

/** A served console and a browser before it. */
export interface RunningConsole {
  api: RunningApi;
  open(role: Role, visit?: Visit): Promise<OpenPage>;
  /** Without a session. */
  openOutside(visit?: Visit): Promise<OpenPage>;
  /** After sessions were ended: whoever opens next logs in anew. */
  forgetSessions(): void;
  close(): Promise<void>;
}

/** Builds and serves the console over a database, with one person of each role in it. Throws where there is no Chromium. */
export async function startConsole(
  db: Knex,
  extra: Partial<Parameters<typeof startApi>[0]> = {},
): Promise<RunningConsole> {
  const executable = findChromium() ?? chromium.executablePath();
  await ensureConsole(() => {});
  const api = await startApi({
    db,
    config: readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-console-test' }),
    port: 0,
    host: '127.0.0.1',
    consoleFolder: CONSOLE_FOLDER,
    ...extra,
  });
  for (const role of ROLES)
    await addPerson({ db, login: role, name: `The ${role}`, password: PASSWORD, role, actor: 'test' });
  const browser = await launchChromium(executable);
  const sessions = new Map<Role, string>();
  return {
    api,
    openOutside: (visit = {}) => openPage({ browser, url: api.url, visit }),
    open: async (role, visit = {}) => {
      const cookie = sessions.get(role) ?? (await logIn(api, role));
      sessions.set(role, cookie);
      await db('people')
        .where({ login: role })
        .update({ locale: visit.locale ?? 'en', timezone: 'Europe/Berlin' });
      return openPage({ browser, url: api.url, visit, cookie });
    },
    forgetSessions: () => sessions.clear(),
    close: async () => {
      await browser.close();
      await api.close();
    },
  };
}

async function logIn(api: RunningApi, login: string): Promise<string> {
  const response = await fetch(`${api.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  return /rw_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

/** A window of its own on the console at `url`; without `cookie` nobody is logged in. */
export async function openPage(input: {
  browser: Browser;
  url: string;
  visit: Visit;
  cookie?: string;
}): Promise<OpenPage> {
  const { browser, url, visit, cookie } = input;
  const context = await browser.newContext({
    locale: visit.locale ?? 'en',
    colorScheme: visit.scheme ?? 'light',
    timezoneId: 'Europe/Berlin',
    viewport: { width: visit.width ?? 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  if (cookie !== undefined) await context.addCookies([{ name: 'rw_session', value: cookie, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(`${url}${visit.path ?? '/'}`);
  return { page, context, complaints };
}
