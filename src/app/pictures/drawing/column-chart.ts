import { axisWithZero, pc, px, type Axis } from './axis.ts';
import type { Unit } from './figures.ts';
import { html, type Markup, type Piece } from './html.ts';
import type { Tone } from './tone.ts';

/** One upright interval at a place of the horizontal axis. */
export interface Column {
  /** Where it stands and how wide its place is, in the unit of the horizontal axis. */
  from: number;
  to: number;
  low: number;
  value: number;
  high: number;
  tone: Tone;
  /** A sign above the column, explained in the legend. */
  sign?: string;
}

/** Upright intervals over a line (days, scores): zero line, shared vertical axis. */
export interface ColumnChart {
  title: string;
  description: string;
  /** Ends of the horizontal axis, and its ticks. */
  domain: readonly [number, number];
  ticks: readonly { value: number; text: string }[];
  columns: readonly Column[];
  unit: Unit;
  /** What lies behind the columns, drawn with the places of the horizontal axis in percent. */
  behind?: (place: Place) => Piece;
}

/** Percent of the width for a value of the horizontal axis, and the height of the plot in pixels. */
export interface Place {
  x: (value: number) => number;
  height: number;
}

const HEIGHT = 220;
const PAD = 10;
const WIDEST = 34;
const X_RANGE = [1, 99] as const;

/** Draws the chart: the vertical axis beside a plot that takes the width there is. */
export function columnChart(chart: ColumnChart): Markup {
  const values = chart.columns.flatMap(({ low, high }) => [low, high]);
  const y = axisWithZero({ values, range: [HEIGHT - PAD, PAD], factor: chart.unit.factor });
  const [from, to] = chart.domain;
  const x = (value: number): number => X_RANGE[0] + ((value - from) / (to - from || 1)) * (X_RANGE[1] - X_RANGE[0]);
  return html`<div class="chart">
    <svg class="y-axis" aria-hidden="true" height="${HEIGHT}">
      ${y.ticks.map((tick) => html`<text x="100%" dx="-8" y="${px(y.at(tick.value))}">${tick.text}</text>`)}</svg
    ><svg role="img" height="${HEIGHT}">
      <title>${chart.title}</title>
      <desc>${chart.description}</desc>
      ${
        chart.behind?.({ x, height: HEIGHT }) ?? null
      }${y.ticks.map((tick) => level('grid', y.at(tick.value)))}${level('zero', y.at(0))}${chart.columns.map((column) =>
        columnMark(column, { x, y }),
      )}</svg
    ><span></span
    ><svg aria-hidden="true" height="20">
      ${chart.ticks.map((tick) => html`<text x="${pc(x(tick.value))}" y="15" text-anchor="middle">${tick.text}</text>`)}
    </svg>
  </div>`;
}

function level(name: string, at: number): Markup {
  return html`<line class="${name}" x1="0" x2="100%" y1="${px(at)}" y2="${px(at)}" />`;
}

function columnMark(column: Column, scales: { x: (value: number) => number; y: Axis }): Markup {
  const { x, y } = scales;
  const middle = (x(column.from) + x(column.to)) / 2;
  const width = Math.min(WIDEST, (x(column.to) - x(column.from)) * 0.5);
  const [top, bottom] = [y.at(column.high), y.at(column.low)];
  const left = middle - width / 2;
  const point = px(y.at(column.value));
  return html`<g class="${column.tone}"
    ><rect
      class="bar"
      x="${pc(left)}"
      width="${pc(width)}"
      y="${px(top)}"
      height="${px(Math.max(1, bottom - top))}"
      rx="2"
    /><line class="point" x1="${pc(left)}" x2="${pc(left + width)}" y1="${point}" y2="${point}" />${
      column.sign !== undefined &&
      html`<text class="alone" x="${pc(middle)}" y="${px(Math.max(12, top - 4))}">${column.sign}</text>`
    }</g
  >`;
}
