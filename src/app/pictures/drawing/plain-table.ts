import { html, type Markup, type Piece } from './html.ts';

/** A table of texts and numbers; on a phone each cell brings its head along. */
export function plainTable(table: {
  caption: string;
  heads: readonly string[];
  rows: readonly (readonly Piece[])[];
}): Markup {
  const { caption, heads, rows } = table;
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(([first, ...others]) => bodyRow(first ?? '', others, heads))}
    </tbody>
  </table>`;
}

function bodyRow(first: Piece, others: readonly Piece[], heads: readonly string[]): Markup {
  const cell = (value: Piece, i: number): Markup =>
    html`<td role="cell" data-label="${heads[i + 1] ?? ''}"><span>${value}</span></td>`;
  return html`<tr role="row">
    <th role="rowheader" scope="row">${first}</th>
    ${others.map(cell)}
  </tr> `;
}
