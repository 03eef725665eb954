import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PATHS } from '../../../src/console/screens/paths.ts';
import { findChromium, launchChromium } from '../chromium.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'docs', 'screenshots');
const USERS = '1500';
/** Pixels of a picture: lists of hundreds of rows are cut. */
const HIGHEST = 2_400;
const PASSWORD = 'only for the screenshots';

/** How a picture is taken. */
interface Look {
  suffix: string;
  locale: 'en' | 'zh-CN';
  scheme: 'light' | 'dark';
  width: number;
}

const LOOKS: readonly Look[] = [
  { suffix: '', locale: 'en', scheme: 'light', width: 1280 },
  { suffix: '.zh-dark', locale: 'zh-CN', scheme: 'dark', width: 1280 },
  { suffix: '.zh-phone', locale: 'zh-CN', scheme: 'light', width: 375 },
];

interface Installation {
  url: string;
  token: string;
  child: ChildProcess;
  home: string;
}

/** Starts a new installation with the sample company, as a newcomer does; resolves once its addresses are printed. */
async function startSample(): Promise<Installation> {
  const home = await mkdtemp(join(tmpdir(), 'recallwave-screenshots-'));
  const child = spawn(process.execPath, ['bin/recallwave.mjs', 'start', '--users', USERS], {
    cwd: ROOT,
    env: { ...process.env, RECALLWAVE_HOME: home },
  });
  let said = '';
  return new Promise((resolvePromise, reject) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const [, url, token] = /(http:\/\/[\w.:]+)\/invitation\/([\w-]+)/.exec(said) ?? [];
      if (url !== undefined && token !== undefined) resolvePromise({ url, token, child, home });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`start ended with ${code}:\n${said}`)));
  });
}

async function stop({ child, home }: Installation): Promise<void> {
  const ended = new Promise((done) => child.removeAllListeners('exit').on('exit', done));
  child.kill('SIGINT');
  await ended;
  await rm(home, { recursive: true, force: true });
}

/** Takes the one-time link; the cookie of the admin's session. */
async function becomeAdmin({ url, token }: Installation): Promise<string> {
  const response = await fetch(`${url}/v1/one-time-links/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'ada', name: 'Ada', password: PASSWORD, timezone: 'Europe/Berlin' }),
  });
  if (!response.ok) throw new Error(`the one-time link answered ${response.status}`);
  return /rw_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

/** What the lists of the API tell of their rows. */
interface Row {
  waveNo: number;
  campaignId: string;
  userNo: number;
  userId: string;
}

/** Values for the parameters of the screens' addresses, of the sample company. */
async function places({ url }: Installation, cookie: string): Promise<Record<string, string>> {
  const first = async (path: string): Promise<Row> => {
    const response = await fetch(`${url}${path}`, { headers: { cookie: `rw_session=${cookie}` } });
    const text = await response.text();
    const row = response.ok ? (JSON.parse(text) as { items: Row[] }).items[0] : undefined;
    if (!row) throw new Error(`${path} answered ${response.status}: ${text}`);
    return row;
  };
  const { waveNo, campaignId } = await first('/v1/waves?limit=1');
  const { userNo, userId } = await first(`/v1/waves/${waveNo}/ways?disposition=contacted&limit=1`);
  return { waveNo: String(waveNo), campaignId, userNo: String(userNo), userId, version: '1' };
}

/** The addresses whose parameters are all known. */
function addresses(known: Record<string, string>): [string, string][] {
  return Object.entries(PATHS).flatMap(([name, path]) => {
    const names = [...path.matchAll(/\$(\w+)/g)].map(([, parameter]) => parameter ?? '');
    if (names.some((parameter) => !known[parameter])) return [];
    return [[name, path.replaceAll(/\$(\w+)/g, (_, parameter: string) => known[parameter] ?? '')] as [string, string]];
  });
}

async function open(
  browser: Browser,
  { url, cookie, look }: { url: string; cookie: string; look: Look },
): Promise<Page> {
  const context = await browser.newContext({
    locale: look.locale,
    colorScheme: look.scheme,
    viewport: { width: look.width, height: 900 },
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'rw_session', value: cookie, url }]);
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(
    `fetch('/v1/session').then((r) => r.json()).then(({ csrfToken }) => fetch('/v1/me', { method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken }, body: '{"locale":"${look.locale}"}' }))`,
  );
  return page;
}

/** Waits until nothing loads any more, and makes the window as high as the page. */
async function settle(page: Page, width: number): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => {});
  const waiting = page.locator('[role=status][aria-label]').first();
  await waiting.waitFor({ state: 'detached', timeout: 10_000 }).catch(() => {});
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(Math.max(height, 700), HIGHEST) });
}

async function main(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) throw new Error('no Chromium: set CHROMIUM_PATH');
  const only = process.argv.slice(2);
  await mkdir(FOLDER, { recursive: true });
  const installation = await startSample();
  const browser = await launchChromium(executable);
  try {
    const cookie = await becomeAdmin(installation);
    const shots = addresses(await places(installation, cookie)).filter(
      ([name]) => only.length === 0 || only.includes(name),
    );
    for (const look of LOOKS) {
      const page = await open(browser, { url: installation.url, cookie, look });
      for (const [name, path] of shots) {
        await page.goto(`${installation.url}${path}`);
        await page
          .locator('h1')
          .waitFor({ timeout: 15_000 })
          .catch(() => process.stderr.write(`${name} has no title\n`));
        await settle(page, look.width);
        await page.screenshot({ path: join(FOLDER, `${name}${look.suffix}.png`) });
        process.stderr.write(`${name}${look.suffix}.png\n`);
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
    await stop(installation);
  }
}

await main();
