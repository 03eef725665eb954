import { axisWithZero, pc, px, type Axis } from './axis.ts';
import { across, chartFrame, levelLine, PLOT } from './chart-frame.ts';
import type { Unit } from './figures.ts';
import { html, type Markup, type Piece } from './html.ts';
import type { Tone } from './tone.ts';

/** One upright interval at a place of the horizontal axis. */
export interface Column {
  /** Where its place begins and ends, in the unit of the horizontal axis. */
  from: number;
  to: number;
  low: number;
  value: number;
  high: number;
  tone: Tone;
  /** A sign above the column, explained in the legend; null: none. */
  sign: string | null;
}

/** Upright intervals over a line (days, scores) on one vertical axis with its zero line. */
export interface ColumnChart {
  title: string;
  description: string;
  /** Ends of the horizontal axis, and its ticks. */
  domain: readonly [number, number];
  ticks: readonly { value: number; text: string }[];
  columns: readonly Column[];
  unit: Unit;
  /** What lies behind the columns; `x` gives a place in percent. */
  behind?: (x: (value: number) => number) => Piece;
}

const SIGN_ROOM = 16;
const SHARE_OF_PLACE = 0.5;

/** Draws the chart. */
export function columnChart(chart: ColumnChart): Markup {
  const values = chart.columns.flatMap(({ low, high }) => [low, high]);
  const y = axisWithZero({ values, range: [PLOT.height - PLOT.pad, SIGN_ROOM], factor: chart.unit.factor });
  const x = across(chart.domain);
  return chartFrame({
    title: chart.title,
    description: chart.description,
    x: chart.ticks.map(({ value, text }) => ({ at: x(value), text })),
    y: y.ticks.map(({ value, text }) => ({ at: y.at(value), text })),
    content: [
      chart.behind?.(x) ?? null,
      y.ticks.map((tick) => levelLine('grid', y.at(tick.value))),
      levelLine('zero', y.at(0)),
      chart.columns.map((column) => columnMark(column, { x, y })),
    ],
  });
}

function columnMark(column: Column, scales: { x: (value: number) => number; y: Axis }): Markup {
  const { x, y } = scales;
  const [start, end] = [x(column.from), x(column.to)];
  const width = (end - start) * SHARE_OF_PLACE;
  const left = (start + end - width) / 2;
  const [top, bottom] = [y.at(column.high), y.at(column.low)];
  const point = px(y.at(column.value));
  const sign = html`<text class="alone" x="${pc((start + end) / 2)}" y="${px(top - 4)}">${column.sign}</text>`;
  return html`<g class="${column.tone}">
    <rect
      class="bar"
      x="${pc(left)}"
      width="${pc(width)}"
      y="${px(top)}"
      height="${px(Math.max(1, bottom - top))}"
      rx="2"
    />
    <line class="point" x1="${pc(left)}" x2="${pc(left + width)}" y1="${point}" y2="${point}" />
    ${column.sign !== null && sign}
  </g>`;
}
