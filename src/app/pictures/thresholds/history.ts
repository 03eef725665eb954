import { scaleUtc } from 'd3-scale';
import type { PolicyVersionLine } from '../../../domain/threshold-ledger.ts';
import { pc, px } from '../drawing/axis.ts';
import { across, chartFrame, levelLine, PLOT } from '../drawing/chart-frame.ts';
import { html, type Markup } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { timeText } from '../drawing/time-text.ts';
import { intervalText, scoreText, type ThresholdScene } from './threshold-scene.ts';

const TIME_TICKS = 3;
/** Percent of the width that half a date takes on a phone. */
const DATE_MARGIN = 13;
const SCORES = [0, 0.25, 0.5, 0.75, 1];
const DOT = 9;

/** The versions of one policy as steps over time up to `until`, each numbered as in the table below with who and why. */
export function historyFigure(
  { words }: ThresholdScene,
  history: { name: string; versions: readonly PolicyVersionLine[]; until: Date },
): Markup {
  const versions = history.versions.toSorted((a, b) => a.policyVersion - b.policyVersion);
  const table = plainTable({
    caption: words.historyAbout(versions.length),
    heads: [words.version, words.when, words.interval, words.who, words.why],
    rows: versions.map((version) => [
      version.policyVersion,
      timeText(version.at.toISOString()),
      intervalText(words, version),
      version.actor,
      version.reason,
    ]),
  });
  const description = versions.map((one) => `${one.policyVersion}: ${intervalText(words, one)}`).join('; ');
  const chart =
    versions.length > 1 &&
    html`<figure>
      <figcaption>${words.historyPlot}</figcaption>
      ${historyChart(versions, { until: history.until, title: `${history.name}: ${words.historyPlot}`, description })}
    </figure>`;
  return html`<h3>${words.history}</h3>
    ${chart}${table}`;
}

function historyChart(
  versions: readonly PolicyVersionLine[],
  plot: { until: Date; title: string; description: string },
): Markup {
  const times = [...versions.map((version) => version.at.getTime()), plot.until.getTime()];
  const domain = [Math.min(...times), Math.max(...times)] as const;
  const x = across(domain);
  const y = (score: number): number => PLOT.height - PLOT.pad - score * (PLOT.height - 2 * PLOT.pad);
  const ends = versions.map((_, i) => versions[i + 1]?.at.getTime() ?? domain[1]);
  const steps = versions.map((version, i) =>
    versionStep(version, versions[i - 1] ?? null, {
      from: x(version.at.getTime()),
      to: x(ends[i] ?? domain[1]),
      y,
    }),
  );
  return chartFrame({
    title: plot.title,
    description: plot.description,
    x: dateTicks(domain, x),
    y: SCORES.map((score) => ({ at: y(score), text: scoreText(score) })),
    content: [
      SCORES.map((score) => levelLine('grid', y(score))),
      steps.map((step) => step.area),
      steps.map((step) => step.dot),
    ],
  });
}

/** At most three dates whose texts fit into the plot of a phone side by side. */
function dateTicks(domain: readonly [number, number], x: (time: number) => number): { at: number; text: string }[] {
  const fitting = scaleUtc()
    .domain(domain)
    .ticks(TIME_TICKS)
    .map((at) => ({ at: x(at.getTime()), text: at.toISOString().slice(0, 10) }))
    .filter(({ at }) => at >= DATE_MARGIN && at <= 100 - DATE_MARGIN)
    // Within a day ticks are hours, all of one date.
    .filter(({ text }, i, all) => text !== all[i - 1]?.text);
  const every = Math.ceil(fitting.length / TIME_TICKS);
  return fitting.filter((_, i) => i % every === 0);
}

interface StepPlace {
  from: number;
  to: number;
  y: (score: number) => number;
}

/** One version: its interval shaded while it was in force, lo and hi as lines, and its number where it began. */
function versionStep(
  version: PolicyVersionLine,
  before: PolicyVersionLine | null,
  { from, to, y }: StepPlace,
): { area: Markup; dot: Markup } {
  const [top, bottom] = [y(version.hi), y(version.lo)];
  const flat = (name: string, at: number): Markup =>
    html`<line class="step ${name}" x1="${pc(from)}" x2="${pc(to)}" y1="${px(at)}" y2="${px(at)}" />`;
  const rise = (name: string, was: number, is: number): Markup =>
    html`<line class="step ${name}" x1="${pc(from)}" x2="${pc(from)}" y1="${px(y(was))}" y2="${px(y(is))}" />`;
  return {
    area: html`<rect
        class="inside"
        x="${pc(from)}"
        width="${pc(to - from)}"
        y="${px(top)}"
        height="${px(bottom - top)}"
      />
      ${flat('lo', bottom)}${flat('hi', top)}${before && [rise('lo', before.lo, version.lo), rise('hi', before.hi, version.hi)]}`,
    dot: html`<circle class="dot" cx="${pc(from)}" cy="${px(bottom)}" r="${DOT}" />
      <text class="dot-number" x="${pc(from)}" y="${px(bottom)}">${version.policyVersion}</text>`,
  };
}
