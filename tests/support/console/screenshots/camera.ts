import { join, resolve } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { Shot } from './shots.ts';
import type { Places } from './story.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
/** Pictures of whole pages, to be looked at; git ignores them. */
export const ALL_PICTURES = join(ROOT, 'tmp', 'screenshots');
/** Those that a page of the docs shows. */
export const DOCS_PICTURES = join(ROOT, 'docs', 'screenshots');
/** Pixels of a whole page: lists of hundreds of rows are cut. */
const HIGHEST = 3_200;
const DOCS_HEIGHT = 760;
const SETTLE_MS = 30_000;
const PATIENCE_MS = 60_000;
/** Until the scrollbar of the navigation has gone again. */
const SCROLLBAR_MS = 1_500;

/** How a picture is taken. */
export interface Look {
  suffix: string;
  locale: 'en' | 'zh-CN';
  scheme: 'light' | 'dark';
  width: number;
}

/** The first is every picture's; the others are for those that are taken in every look. */
export const LOOKS: readonly Look[] = [
  { suffix: '', locale: 'en', scheme: 'light', width: 1280 },
  { suffix: '.dark', locale: 'en', scheme: 'dark', width: 1280 },
  { suffix: '.zh', locale: 'zh-CN', scheme: 'light', width: 1280 },
  { suffix: '.zh-phone', locale: 'zh-CN', scheme: 'dark', width: 375 },
];

/** Names of the pictures that README and docs show. */
export function picturesOfDocs(): Set<string> {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const texts = [join(ROOT, 'README.md'), ...pages.map((name) => join(ROOT, 'docs', name))].map((path) =>
    readFileSync(path, 'utf8'),
  );
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/screenshots\/([\w.-]+\.png)/g)].map(([, name]) => name ?? '')),
  );
}

/** A page as somebody with the look's habits sees it; without a cookie nobody is logged in. */
export async function openPage(
  browser: Browser,
  { url, cookie, look }: { url: string; cookie: string | undefined; look: Look },
): Promise<Page> {
  const context = await browser.newContext({
    locale: look.locale,
    colorScheme: look.scheme,
    timezoneId: 'Europe/Berlin',
    viewport: { width: look.width, height: DOCS_HEIGHT },
    reducedMotion: 'reduce',
  });
  if (cookie !== undefined) await context.addCookies([{ name: 'rw_session', value: cookie, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Goes there, does what has to be done first, and waits until everything has come. */
export async function visit(
  page: Page,
  { url, shot, places }: { url: string; shot: Shot; places: Places },
): Promise<void> {
  await page.goto(url);
  await page.locator('h1').waitFor({ timeout: SETTLE_MS });
  await settled(page);
  if (shot.act) {
    await shot.act(page, places);
    await settled(page);
  }
}

/** Nothing loads any more. Pages that follow a stream never come to rest on the network: what they show must do. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 4_000 }).catch(() => undefined);
  const waiting = page.locator('.mantine-Loader-root, .mantine-Skeleton-root').first();
  await waiting.waitFor({ state: 'detached', timeout: SETTLE_MS });
}

/** The whole page for looking at, and for the docs what fits a screen. */
export async function take(
  page: Page,
  { shot, look, forDocs }: { shot: Shot; look: Look; forDocs: boolean },
): Promise<void> {
  const file = `${shot.name}${look.suffix}.png`;
  const { width } = look;
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(Math.max(height, DOCS_HEIGHT), HIGHEST) });
  await page.screenshot({ path: join(ALL_PICTURES, file), animations: 'disabled' });
  await page.setViewportSize({ width, height: DOCS_HEIGHT });
  if (!forDocs) return;
  // Headings to begin at are named in English.
  if (shot.from !== undefined && look.locale === 'en') {
    const top = await page.getByRole('heading', { name: shot.from }).first().boundingBox();
    await page.evaluate(`scrollTo(0, ${(top?.y ?? 0) - 80})`);
  }
  await page.waitForTimeout(SCROLLBAR_MS);
  await page.screenshot({ path: join(DOCS_PICTURES, file), animations: 'disabled' });
}
