import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultsPage } from '../../src/app/pictures/results-page.ts';
import { thresholdPage } from '../../src/app/pictures/threshold-page.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { aContrast, aRead, around } from '../support/reads.ts';
import { aPolicy, aThresholdReport, aVersion } from '../support/threshold-reports.ts';

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write("skipped: no Chromium on the PATH or in CHROMIUM_PATH (install Debian's chromium)\n");
}

const LONG = 'a-segment-with-a-name-that-does-not-end-before-the-edge-of-a-phone';
const sliced = aRead({
  by: 'segment',
  slices: ['shopper', '高价值客户', LONG].map((slice, i) => ({
    slice,
    groups: [],
    contrasts: [aContrast({ absolute: around(0.02 * i - 0.02, 0.015), pAdjusted: 0.04, alwaysValid: null })],
  })),
});
const HOSTILE = '春季 <script>document.title = "owned"</script> & Söhne';
const repeat = { readNo: 12, command: 'recallwave results spring-offer --read 12' };
const nobody = aRead({ groups: [], contrasts: [], sampleRatio: [] });
const fresh = aThresholdReport({ cycle: null, open: [], policies: [] });
const narrow = aThresholdReport({ policies: [aPolicy({ inForce: aVersion(1, { lo: 0.583, hi: 0.667 }) })] });
const pages: Record<string, { heading: string; html: string }> = {
  'a read': { heading: HOSTILE, html: resultsPage(aRead(), { name: HOSTILE, repeat }) },
  'a read by segment, in Chinese': {
    heading: HOSTILE,
    html: resultsPage(sliced, { name: HOSTILE, language: 'zh-CN', repeat }),
  },
  'a read of nobody': { heading: 'spring-offer', html: resultsPage(nobody, { name: null, repeat: null }) },
  thresholds: { heading: HOSTILE, html: thresholdPage(aThresholdReport(), { name: HOSTILE }) },
  'thresholds of a narrow interval': { heading: 'spring-offer', html: thresholdPage(narrow, { name: null }) },
  'thresholds before the first cycle': {
    heading: LONG,
    html: thresholdPage(fresh, { name: LONG, language: 'zh-CN' }),
  },
};

describe.skipIf(executablePath === undefined)('pictures in a real Chromium', () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recallwave-pictures-'));
    browser = await launchChromium(executablePath ?? '');
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page from a file with the network cut; `faults` are console errors, exceptions and requests. */
  async function open(name: string, width: number): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, offline: true });
    const page = await context.newPage();
    const faults: string[] = [];
    const file = join(folder, 'page.html');
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.isNavigationRequest()) faults.push(request.url());
    });
    await writeFile(file, pages[name]?.html ?? '');
    await page.goto(pathToFileURL(file).href);
    return { page, faults };
  }

  it.each(Object.keys(pages))(
    'shows %s without network, fault or overflow, light and dark, wide and on a phone',
    async (name) => {
      const { page, faults } = await open(name, 1100);
      for (const [colorScheme, ground] of [
        ['light', 'rgb(238, 241, 243)'],
        ['dark', 'rgb(16, 23, 29)'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        const painted = page.locator('body').evaluate((body) => {
          return body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor;
        });
        expect(await painted).toBe(ground);
        for (const width of [1100, 375]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await overflowing(page)).toEqual([]);
          expect(await colliding(page)).toEqual([]);
        }
      }
      expect(await page.locator('h1').textContent()).toContain(pages[name]?.heading);
      expect(await page.title()).not.toBe('owned');
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it.each([1100, 375])('draws every bar, zero line and margin where its numbers say, %d pixels wide', async (width) => {
    const { page } = await open('a read', width);
    const read = aRead();
    const goal = await barsOf(page, 'Difference: purchase');
    const expected = read.contrasts
      .filter((contrast) => contrast.metric === 'goal')
      .map((contrast) => contrast.absolute);
    expect(goal.rows).toHaveLength(3);
    goal.rows.forEach((row, i) => {
      const { low = Number.NaN, high = Number.NaN, value = Number.NaN } = expected[i] ?? {};
      // Two pixels of a phone, in percentage points.
      for (const [drawn, said] of [
        [row.low, low],
        [row.high, high],
        [row.point, value],
        [row.zero, 0],
      ] as const) {
        expect(Math.abs(drawn - said * 100)).toBeLessThan(0.2);
      }
    });
    const harm = await barsOf(page, 'Harm: unsubscribed');
    expect(harm.rows.map((row) => row.margin)).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1)]);
    expect(harm.rows[1]?.low).toBeCloseTo(0.6, 1);
    for (const table of [goal, harm]) expect(table.zeroInside).toBe(true);
    await page.context().close();
  });

  it('draws the bands, the interval and the explored scores of a policy to scale', async () => {
    const { page } = await open('thresholds', 1100);
    const section = page.locator('section', { has: page.locator('h2', { hasText: 'shopper / offer' }) });
    const svg = section.locator('svg.plot').first();
    const at = async (selector: string, nth = 0) => {
      const outer = await svg.boundingBox();
      const inner = await svg.locator(selector).nth(nth).boundingBox();
      if (!outer || !inner) throw new Error(`${selector} is not drawn`);
      // The axis takes the middle 98 % of the width.
      const score = (x: number): number => ((x - outer.x) / outer.width - 0.01) / 0.98;
      return { from: score(inner.x), to: score(inner.x + inner.width) };
    };
    expect(await at('rect.inside')).toEqual({ from: expect.closeTo(4 / 12, 2), to: expect.closeTo(11 / 12, 2) });
    expect(await at('rect[fill="url(#hatch)"]', 0)).toEqual({
      from: expect.closeTo(3 / 12, 2),
      to: expect.closeTo(4 / 12, 2),
    });
    expect(await at('rect[fill="url(#hatch)"]', 1)).toEqual({
      from: expect.closeTo(11 / 12, 2),
      to: expect.closeTo(1, 2),
    });
    const sixth = await at('rect.bar', 5);
    expect((sixth.from + sixth.to) / 2).toBeCloseTo(5.5 / 12, 2);
    expect(await svg.locator('text.alone').count()).toBe(2);
    await page.context().close();
  });

  it('tells a screen reader what the pictures show', async () => {
    const { page } = await open('a read', 375);
    const table = page.getByRole('table', { name: 'Difference: purchase' });
    expect(await table.getByRole('row').count()).toBe(4);
    expect(await table.getByRole('img', { name: 'pack against the held-out: +3.00 pp [+1.60, +4.40]' }).count()).toBe(
      1,
    );
    expect(await page.locator('svg[role=img]:not(:has(title))').count()).toBe(0);
    await page.context().close();
  });
});

/** Elements that stick out of the window at either side. */
async function overflowing(page: Page): Promise<string[]> {
  const width = page.viewportSize()?.width ?? 0;
  return page.locator('body, main, main *').evaluateAll(
    (elements, right) =>
      elements
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && (box.right > right + 1 || box.left < -1);
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    width,
  );
}

/** Texts of an axis that run into each other. */
function colliding(page: Page): Promise<string[]> {
  return page.locator('svg').evaluateAll((pictures) =>
    pictures.flatMap((picture) => {
      const texts = [...picture.querySelectorAll(':scope > text')].filter(
        (text) => !text.matches('.dot-number, .alone'),
      );
      return texts.flatMap((text, i) => {
        const [one, next] = [text.getBoundingClientRect(), texts[i + 1]?.getBoundingClientRect()];
        const apart = !next || one.right <= next.left || one.bottom <= next.top || next.bottom <= one.top;
        return apart ? [] : [`${text.textContent} and ${texts[i + 1]?.textContent}`];
      });
    }),
  );
}

interface DrawnRow {
  low: number;
  high: number;
  point: number;
  zero: number;
  margin: number | null;
}

async function boxes(locator: Locator): Promise<{ left: number; right: number; middle: number }[]> {
  const found = await Promise.all((await locator.all()).map((one) => one.boundingBox()));
  return found.map((box) => {
    if (!box) throw new Error('not drawn');
    return { left: box.x, right: box.x + box.width, middle: box.x + box.width / 2 };
  });
}

/** What a reader with a ruler gets from a table: ends of each bar in the unit of the axis, by the places of two ticks. */
async function barsOf(page: Page, caption: string): Promise<{ rows: DrawnRow[]; zeroInside: boolean }> {
  const table = page.locator('table.bars', { has: page.locator('caption', { hasText: caption }) });
  const texts = (await table.locator('tfoot text').allTextContents()).map((text) => Number(text.replace('−', '-')));
  const ticks = await boxes(table.locator('tfoot text'));
  const [first, last] = [ticks[0]?.middle ?? 0, ticks.at(-1)?.middle ?? 0];
  const [from, to] = [texts[0] ?? 0, texts.at(-1) ?? 0];
  const value = (x: number): number => from + ((x - first) / (last - first)) * (to - from);
  const rows: DrawnRow[] = [];
  let zeroInside = true;
  for (const plot of await table.locator('tbody svg[role=img]').all()) {
    const one = async (selector: string) => (await boxes(plot.locator(selector)))[0];
    const [whole, bar, point] = [(await boxes(plot))[0], await one('.bar'), await one('.point')];
    const [zero, margin] = [await one('.zero'), await one('.margin')];
    if (!whole || !bar || !point || !zero) throw new Error('not drawn');
    zeroInside &&= zero.left >= whole.left && zero.right <= whole.right;
    rows.push({
      low: value(bar.left),
      high: value(bar.right),
      point: value(point.middle),
      zero: value(zero.middle),
      margin: margin ? value(margin.middle) : null,
    });
  }
  return { rows, zeroInside };
}
