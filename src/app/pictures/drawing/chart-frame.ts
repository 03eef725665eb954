import { pc, px } from './axis.ts';
import { html, type Markup, type Piece } from './html.ts';

/** Height of the plots in pixels, and the room above and below their highest and lowest values. */
export const PLOT = { height: 220, pad: 12 } as const;

const LEFT = 1;
const WIDTH = 98;

/** A straight scale of the domain onto the width of a plot, in percent. */
export function across(domain: readonly [number, number]): (value: number) => number {
  const [from, to] = domain;
  return (value) => LEFT + ((value - from) / (to - from || 1)) * WIDTH;
}

/** Texts of both axes with their places (x in percent, y in pixels), what is drawn between them, and all of it in words. */
interface ChartFrame {
  title: string;
  description: string;
  x: readonly { at: number; text: string }[];
  y: readonly { at: number; text: string }[];
  content: Piece;
}

/** A plot that takes the width there is, its vertical axis on the left, the horizontal one below. */
export function chartFrame(frame: ChartFrame): Markup {
  const { title, description, x, y, content } = frame;
  const vertical = y.map(({ at, text }) => html`<text x="100%" dx="-12" y="${px(at)}">${text}</text>`);
  const horizontal = x.map(({ at, text }) => html`<text x="${pc(at)}" y="15" text-anchor="middle">${text}</text>`);
  return html`<div class="chart">
    <svg class="y-axis" aria-hidden="true" height="${PLOT.height}">${vertical}</svg>
    <svg class="plot" role="img" height="${PLOT.height}">
      <title>${title}</title>
      <desc>${description}</desc>
      ${content}
    </svg>
    <span></span>
    <svg class="x-axis" aria-hidden="true" height="20">${horizontal}</svg>
  </div>`;
}

/** A line over the whole width at a height in pixels. */
export function levelLine(name: 'grid' | 'zero', at: number): Markup {
  return html`<line class="${name}" x1="0" x2="100%" y1="${px(at)}" y2="${px(at)}" />`;
}
