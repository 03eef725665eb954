import { axisWithZero, type Axis } from './axis.ts';
import type { Unit } from './figures.ts';
import { html, type Markup, type Piece } from './html.ts';
import { axisTicks, ground, intervalPlot, type IntervalMark } from './interval-plot.ts';

/** One row: who, the interval (null with a `why`), and the facts beside it, in the order of the columns. */
export interface BarRow {
  label: Piece;
  mark: IntervalMark | null;
  why: string | null;
  facts: readonly Piece[];
}

/** A table whose second column is drawn: intervals of all rows on one axis with its zero line. */
export interface BarTable {
  caption: string;
  labelHead: string;
  plotHead: string;
  factHeads: readonly string[];
  rows: readonly BarRow[];
  unit: Unit;
  /** A limit drawn as a dashed line. */
  margin?: number | null;
}

/** Long intervals stretch the axis on each side by at most so many times the range of the bars. */
const STRETCH = 1;

/** The shared axis: zero, all bars, the margin, and of the long intervals what doesn't crush the bars. */
function sharedAxis(table: BarTable): Axis {
  const marks = table.rows.flatMap((row) => row.mark ?? []);
  const bars = [0, table.margin ?? 0, ...marks.flatMap(({ estimate }) => [estimate.low, estimate.high])];
  const [low, high] = [Math.min(...bars), Math.max(...bars)];
  const spare = STRETCH * (high - low);
  const reaches = marks.flatMap(({ reach }) => (reach ? [reach.low, reach.high] : []));
  const kept = reaches.map((value) => Math.min(high + spare, Math.max(low - spare, value)));
  return axisWithZero({ values: [...bars, ...kept], factor: table.unit.factor });
}

/** The axis and margin of the rows; no axis where no row has an interval. */
interface Drawn {
  axis: Axis | null;
  margin: number | null;
}

/** Draws the table. Roles are spelt out, since the layout of a phone takes them from a table's parts. */
export function barTable(table: BarTable): Markup {
  const axis = table.rows.some((row) => row.mark !== null) ? sharedAxis(table) : null;
  const drawn = { axis, margin: table.margin ?? null };
  const head = (text: string): Markup => html`<th role="columnheader" scope="col">${text}</th>`;
  const foot = html`<tfoot aria-hidden="true">
    <tr>
      <th></th>
      <td class="plot">${axis && axisTicks(axis)}</td>
      ${table.factHeads.map(() => html`<td></td>`)}
    </tr>
  </tfoot>`;
  return html`<table class="bars facts-${table.factHeads.length}" role="table">
    <caption>
      ${table.caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${[table.labelHead, `${table.plotHead} (${table.unit.suffix.trim()})`, ...table.factHeads].map(head)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${table.rows.map((row) => bodyRow(table, row, drawn))}
    </tbody>
    ${axis && foot}
  </table>`;
}

function bodyRow(table: BarTable, row: BarRow, { axis, margin }: Drawn): Markup {
  const plot =
    axis &&
    (row.mark ? intervalPlot(row.mark, axis, margin) : html`<svg aria-hidden="true">${ground(axis, margin)}</svg>`);
  const gap = row.mark === null && html`<span class="gap">${row.why ?? '–'}</span>`;
  const fact = (value: Piece, i: number): Markup =>
    html`<td role="cell" data-label="${table.factHeads[i] ?? ''}">${value}</td>`;
  return html`<tr role="row">
    <th role="rowheader" scope="row">${row.label}</th>
    <td role="cell" class="plot">${plot}${gap}</td>
    ${row.facts.map(fact)}
  </tr> `;
}
