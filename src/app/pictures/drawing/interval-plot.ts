import type { Estimate } from '../../../domain/read.ts';
import { pc, type Axis } from './axis.ts';
import { html, type Markup } from './html.ts';
import type { Tone } from './tone.ts';

/** One interval on a shared axis. */
export interface IntervalMark {
  estimate: Estimate;
  /** The interval that holds however often one looks; a thin line behind the bar. */
  reach: { low: number; high: number } | null;
  tone: Tone;
  /** The whole mark in words, for those who don't see it. */
  alt: string;
}

const HALF_BAR = 7;
/** Widths under this share of the axis would not be seen. */
const LEAST_WIDTH = 0.4;

/** Grid, zero line and, where there is one, the margin: the ground that all rows of a table share. */
export function ground(axis: Axis, margin: number | null): Markup {
  const line = (name: string, at: number): Markup =>
    html`<line class="${name}" x1="${pc(at)}" x2="${pc(at)}" y1="0" y2="100%" />`;
  return html`${axis.ticks.map((tick) => line('grid', axis.at(tick.value)))}${line('zero', axis.at(0))}${
    margin !== null && line('margin', axis.at(margin))
  }`;
}

/** The picture of one row: its interval over the ground. */
export function intervalPlot(mark: IntervalMark, axis: Axis, margin: number | null): Markup {
  const { estimate, reach, tone, alt } = mark;
  const [left, right] = [axis.at(estimate.low), axis.at(estimate.high)];
  const point = axis.at(estimate.value);
  return html`<svg role="img">
    <title>${alt}</title>
    ${ground(axis, margin)}<svg y="50%" class="${tone}">
      ${reach && reachLine(reach, axis)}
      <rect
        class="bar"
        x="${pc(left)}"
        width="${pc(Math.max(LEAST_WIDTH, right - left))}"
        y="${-HALF_BAR}"
        height="${2 * HALF_BAR}"
        rx="2"
      />
      <line class="point" x1="${pc(point)}" x2="${pc(point)}" y1="${-HALF_BAR - 2}" y2="${HALF_BAR + 2}" />
    </svg>
  </svg>`;
}

/** The long interval, cut at the end of the axis with an arrow that says so. */
function reachLine(reach: { low: number; high: number }, axis: Axis): Markup {
  const [from, to] = axis.domain;
  const [left, right] = [axis.at(Math.max(from, reach.low)), axis.at(Math.min(to, reach.high))];
  const arrow = (at: number, direction: 1 | -1): Markup =>
    html`<svg x="${pc(at)}"><path class="arrow" d="M0 -4 L${7 * direction} 0 L0 4 Z" /></svg>`;
  return html`<line
      class="reach"
      x1="${pc(left)}"
      x2="${pc(right)}"
      y1="0"
      y2="0"
    />${reach.low < from && arrow(left, -1)}${reach.high > to && arrow(right, 1)}`;
}

/** The numbers under the rows. */
export function axisTicks(axis: Axis): Markup {
  return html`<svg aria-hidden="true" height="20">
    ${axis.ticks.map(
      (tick) => html`<text x="${pc(axis.at(tick.value))}" y="15" text-anchor="middle">${tick.text}</text>`,
    )}
  </svg>`;
}
