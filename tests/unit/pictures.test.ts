import { expect, test } from 'vitest';
import { axisWithZero } from '../../src/app/pictures/drawing/axis.ts';
import { chanceText, estimateText, moneyUnit, POINTS, pText } from '../../src/app/pictures/drawing/figures.ts';
import { html } from '../../src/app/pictures/drawing/html.ts';
import { contrastTone } from '../../src/app/pictures/results/contrasts.ts';
import { resultsPage } from '../../src/app/pictures/results-page.ts';
import { exploredRanges } from '../../src/app/pictures/thresholds/bands.ts';
import { thresholdPage } from '../../src/app/pictures/threshold-page.ts';
import { CHINESE } from '../../src/app/pictures/words/chinese.ts';
import { ENGLISH } from '../../src/app/pictures/words/english.ts';
import { aContrast, aGroup, aRead, around } from '../support/reads.ts';
import { aProposal, aThresholdReport, aVersion } from '../support/threshold-reports.ts';

const HOSTILE = `<script>alert(1)</script><img src=x onerror="alert('2')">`;

test('every text is escaped, in markup and in attributes; markup of our own stays', () => {
  const inner = html`<b>${HOSTILE}</b>`;
  expect(html`<p title="${HOSTILE}">${inner}${null}${false}${[1, 'a&b']}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;">' +
      '<b>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;</b>1a&amp;b</p>',
  );
});

test('hostile names, sentences, groups and slices leave no element and no handler in the pages', () => {
  const read = aRead({
    by: 'segment',
    notes: [HOSTILE],
    groups: [aGroup(HOSTILE, 'arm')],
    contrasts: [aContrast({ arm: HOSTILE, why: HOSTILE, absolute: null })],
    slices: [{ slice: HOSTILE, groups: [], contrasts: [aContrast({ arm: HOSTILE })] }],
  });
  const results = resultsPage(read, { name: HOSTILE, repeat: { readNo: 1, command: HOSTILE } });
  const report = aThresholdReport({
    open: [aProposal({ sentence: HOSTILE })],
    history: [aVersion(1, { actor: HOSTILE, reason: HOSTILE }), aVersion(2, { reason: HOSTILE })],
  });
  for (const page of [results, thresholdPage(report, { name: HOSTILE })]) {
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<img|<b>applied/);
  }
});

test('a page forbids scripts and everything from elsewhere, and needs neither', () => {
  const page = resultsPage(aRead(), { name: null, repeat: null });
  expect(page).toMatch(/Content-Security-Policy"\s+content="default-src 'none'; style-src 'sha256-/);
  expect(page).not.toMatch(/<script|<link|@import|url\(http|src=|style="/);
});

test('numbers get the decimals that their interval allows, and a real minus', () => {
  expect(estimateText({ value: 0.0766, low: 0.07, high: 0.0832 }, POINTS)).toBe('+7.66 pp [+7.00, +8.32]');
  expect(estimateText({ value: -0.0213, low: -0.033, high: 0.009 }, POINTS)).toBe('−2.13 pp [−3.30, +0.90]');
  expect(estimateText({ value: 77, low: 48.4, high: 105.6 }, moneyUnit('USD', true))).toBe(
    '+0.770 USD [+0.484, +1.056]',
  );
  expect(estimateText({ value: 1_648_000, low: 928_000, high: 2_368_000 }, moneyUnit('CNY', true))).toBe(
    '+16,480 CNY [+9,280, +23,680]',
  );
  expect(estimateText({ value: -0.00001, low: -0.01, high: 0.01 }, POINTS)).toBe('0.00 pp [−1.00, +1.00]');
  expect(estimateText(around(1200, 400), moneyUnit('JPY', false))).toBe('1,200 JPY [800, 1,600]');
  expect(estimateText(null, POINTS)).toBe('–');
});

test('a chance or p is never rounded to certainty', () => {
  expect([1, 0.99999, 0.971, 0.00001, 0, null].map(chanceText)).toEqual([
    '> 99.9 %',
    '> 99.9 %',
    '97.1 %',
    '< 0.1 %',
    '< 0.1 %',
    '–',
  ]);
  expect([0.04999, 0.00001, null].map(pText)).toEqual(['0.0500', '< 0.0001', '–']);
});

test('an axis holds zero and every value, whatever their signs, and even where all are equal', () => {
  for (const values of [[0.02, 0.05], [-3, -1], [0, 0], [], [1e-9], [-4, 9, Number.NaN]]) {
    const axis = axisWithZero({ values });
    for (const value of [0, ...values.filter(Number.isFinite)]) {
      expect(axis.at(value)).toBeGreaterThanOrEqual(2);
      expect(axis.at(value)).toBeLessThanOrEqual(98);
    }
    expect(axis.ticks.length).toBeGreaterThan(1);
  }
});

test('a difference is clear by its strictest number: corrected p, always-valid interval, plain interval', () => {
  expect(contrastTone(aContrast())).toBe('better');
  expect(contrastTone(aContrast({ alwaysValid: { low: -0.01, high: 0.06, level: 0.95, p: 0.3 } }))).toBe('open');
  expect(contrastTone(aContrast({ alwaysValid: null, absolute: around(-0.03, 0.01) }))).toBe('worse');
  expect(contrastTone(aContrast({ pAdjusted: 0.2, alwaysValid: null }))).toBe('open');
  expect(contrastTone(aContrast({ absolute: null, alwaysValid: null }))).toBe('open');
});

test('explored scores are those beside the interval, cut at 0 and 1, or the bands that were learned', () => {
  const near = (ranges: { from: number; to: number }[]): number[][] =>
    ranges.map(({ from, to }) => [Number(from.toFixed(3)), Number(to.toFixed(3))]);
  expect(near(exploredRanges(aVersion(1, { lo: 0.5, hi: 0.75 })))).toEqual([
    [0.417, 0.5],
    [0.75, 0.833],
  ]);
  expect(near(exploredRanges(aVersion(1, { lo: 0.05, hi: 1 })))).toEqual([[0, 0.05]]);
  expect(exploredRanges(aVersion(1, { outside: 0 }))).toEqual([]);
  const learned = aVersion(1, { lo: 0.5, hi: 0.75, treatByBand: [0, 0.02, 0.9, 0] });
  expect(near(exploredRanges(learned))).toEqual([[0.25, 0.5]]);
});

test('neighbouring bands that are better left alone are named as one range', () => {
  const page = thresholdPage(aThresholdReport(), { name: null });
  expect(page).toContain('People with scores 0–0.167 are better left alone.');
});

test('an empty read and a campaign without a cycle say so', () => {
  const verdict = aRead().verdict;
  const read = aRead({
    groups: [],
    sampleRatio: [],
    contrasts: [],
    verdict: { ...verdict, decision: 'cant_tell', sentence: 'Nobody has entered yet.' },
  });
  const results = resultsPage(read, { name: null, repeat: null });
  expect(results).toContain('there is nothing to read yet');
  expect(results).not.toContain('<h2>Money</h2>');
  const report = aThresholdReport({ cycle: null, open: [] });
  expect(thresholdPage(report, { name: null })).toContain('recallwave threshold propose spring-offer');
});

test('both languages say everything', () => {
  const keys = (words: object): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' ? Object.keys(value as object).map((inner) => `${key}.${inner}`) : [key],
    );
  expect(keys(CHINESE).toSorted()).toEqual(keys(ENGLISH).toSorted());
  const page = resultsPage(aRead(), { name: '春季优惠', language: 'zh-CN', repeat: null });
  expect(page).toContain('<html lang="zh-CN">');
  expect(page).toContain('可以推广');
});
