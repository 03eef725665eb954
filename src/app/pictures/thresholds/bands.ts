import type { LivePolicy } from '../../../domain/assignment.ts';
import type { BandValue } from '../../../domain/learning.ts';
import type { ReportedPolicy } from '../../../learning/threshold-report.ts';
import { pc } from '../drawing/axis.ts';
import { columnChart } from '../drawing/column-chart.ts';
import { chanceText, countText, estimateText, moneyUnit } from '../drawing/figures.ts';
import { html, type Markup, type Piece } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { toneOf } from '../drawing/tone.ts';
import { policyName, scoreText, type ThresholdScene } from './threshold-scene.ts';

const SCORE_TICKS = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: scoreText(value) }));

/** Net value by score band over what is treated and what is explored, with the same in numbers. */
export function bandsFigure(scene: ThresholdScene, policy: ReportedPolicy): Markup {
  const { report, words } = scene;
  const { values, inForce } = policy;
  if (values.length === 0) return html`<p class="soft">${words.noValues}</p>`;
  const alone = aloneRanges(values, report.bands);
  const about = words.valueByBandAbout(scoreText(inForce.lo), scoreText(inForce.hi));
  const warning = alone.length > 0 && html`<p><strong>${words.aloneSentence(alone.join(', '))}</strong></p>`;
  const chart = columnChart({
    title: `${policyName(words, policy)}: ${words.valueByBand}`,
    description: `${about} ${alone.length > 0 ? words.aloneSentence(alone.join(', ')) : ''}`.trim(),
    domain: [0, 1],
    ticks: SCORE_TICKS,
    columns: values.map(({ band, posterior, leaveAlone }) => ({
      from: band / report.bands,
      to: (band + 1) / report.bands,
      ...posterior,
      tone: toneOf(posterior),
      sign: leaveAlone ? words.aloneSign : null,
    })),
    unit: moneyUnit(report.currency, true),
    behind: (x) => policyGround(inForce, x),
  });
  return html`<figure>
      <figcaption>${words.valueByBand} (${report.currency}). ${about}</figcaption>
      ${chart}
    </figure>
    ${warning}
    <details>
      <summary>${words.numbers}</summary>
      ${bandTable(scene, values)}
    </details>`;
}

/** Scores better left alone, neighbouring bands as one range: "0–0.167". */
function aloneRanges(values: readonly BandValue[], bands: number): string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { band } of values.filter((value) => value.leaveAlone).toSorted((a, b) => a.band - b.band)) {
    const last = ranges.at(-1);
    if (last?.to === band) last.to = band + 1;
    else ranges.push({ from: band, to: band + 1 });
  }
  return ranges.map(({ from, to }) => `${scoreText(from / bands)}–${scoreText(to / bands)}`);
}

/** "0.25–0.333". */
function bandText(band: number, bands: number): string {
  return `${scoreText(band / bands)}–${scoreText((band + 1) / bands)}`;
}

function bandTable({ report, words }: ThresholdScene, values: readonly BandValue[]): Markup {
  const unit = moneyUnit(report.currency, true);
  return plainTable({
    caption: words.valueByBand,
    heads: [words.band, words.value, words.chancePositive, words.treatedHeldOut, words.usersPerWeek, words.word],
    rows: values.map((value) => {
      const tone = toneOf(value.posterior);
      return [
        bandText(value.band, report.bands),
        estimateText(value.posterior, unit),
        chanceText(value.chancePositive),
        `${countText(value.treated)} / ${countText(value.heldOut)}`,
        countText(value.usersPerWeek),
        html`<span class="word ${tone}">${value.leaveAlone ? words.alone : words.tone[tone]}</span>`,
      ];
    }),
  });
}

/** Score range that the text of an edge takes on a phone. */
const LABEL_ROOM = 0.2;

/** The interval shaded, the explored scores hatched, both ends of the interval marked. */
function policyGround(policy: LivePolicy, x: (score: number) => number): Piece {
  const stripe = (range: { from: number; to: number }, paint: Piece): Markup =>
    html`<rect ${paint} x="${pc(x(range.from))}" width="${pc(x(range.to) - x(range.from))}" y="0" height="100%" />`;
  // Texts stand outside the interval where there is room, so that those of a narrow one keep apart.
  const edge = (name: 'lo' | 'hi', anchor: 'start' | 'end'): Markup => {
    const at = pc(x(policy[name]));
    return html`<line class="edge" x1="${at}" x2="${at}" y1="0" y2="100%" />
      <text x="${at}" dx="${anchor === 'end' ? -4 : 4}" y="11" text-anchor="${anchor}">
        ${name} ${scoreText(policy[name])}
      </text>`;
  };
  return [
    stripe({ from: policy.lo, to: policy.hi }, html`class="inside"`),
    exploredRanges(policy).map((range) => stripe(range, html`fill="url(#hatch)"`)),
    edge('lo', policy.lo >= LABEL_ROOM ? 'end' : 'start'),
    edge('hi', policy.hi <= 1 - LABEL_ROOM ? 'start' : 'end'),
  ];
}

/** Scores outside [lo, hi) of which some are treated at random, clipped to 0..1. */
export function exploredRanges(policy: LivePolicy): { from: number; to: number }[] {
  const { lo, hi, outside, exploreWidth, treatByBand } = policy;
  const bands = treatByBand ?? [];
  const explored = treatByBand
    ? bands.flatMap((e, band) => (e > 0 ? [{ from: band / bands.length, to: (band + 1) / bands.length }] : []))
    : outside > 0
      ? [{ from: lo - exploreWidth, to: hi + exploreWidth }]
      : [];
  return explored
    .flatMap(({ from, to }) => [
      { from: Math.max(0, from), to: Math.min(lo, to) },
      { from: Math.max(hi, from), to: Math.min(1, to) },
    ])
    .filter(({ from, to }) => to - from > 1e-9);
}
