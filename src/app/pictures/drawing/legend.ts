import type { Words } from '../words/english.ts';
import { html, type Markup, type Piece } from './html.ts';

function item(picture: Piece, text: string): Markup {
  return html`<li><svg aria-hidden="true" viewBox="0 0 26 14">${picture}</svg>${text}</li>`;
}

/** What the marks of an interval table mean. */
export function legend(words: Words): Markup {
  return html`<ul class="legend">
    ${[
      item(
        html`<rect class="bar" x="4" width="18" y="2" height="10" rx="2" /><line
            class="point"
            x1="13"
            x2="13"
            y1="1"
            y2="13"
          />`,
        words.barLegend,
      ),
      item(html`<line class="reach" x1="0" x2="26" y1="7" y2="7" />`, words.reachLegend),
      item(html`<line class="zero" x1="13" x2="13" y1="0" y2="14" />`, words.zeroLegend),
    ]}
    <li>${words.pointsLegend}</li>
  </ul>`;
}

/** What the pictures of a threshold mean. */
export function bandLegend(words: Words): Markup {
  return html`<ul class="legend">
    ${[
      item(html`<rect class="inside" width="26" height="14" />`, words.insideLegend),
      item(html`<rect fill="url(#hatch)" width="26" height="14" />`, words.hatchLegend),
      item(html`<line class="zero" x1="0" x2="26" y1="7" y2="7" />`, words.zeroLegend),
    ]}
    <li>${words.aloneLegend}</li>
  </ul>`;
}
