import type { NoveltyRead } from '../../../domain/read.ts';
import { columnChart } from '../drawing/column-chart.ts';
import { estimateText, POINTS } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { toneOf } from '../drawing/tone.ts';
import { comparisonText, type ResultsScene } from './results-scene.ts';

const MOST_TICKS = 8;

/** Whether the effect wears off: the difference by days since the entry. Nothing where it was not read. */
export function noveltySection(scene: ResultsScene): Markup | null {
  const { read, words } = scene;
  if (read.novelty.length === 0) return null;
  return html`<section>
    <h2>${words.novelty}</h2>
    ${read.novelty.map((novelty) => noveltyFigure(scene, novelty))}
  </section> `;
}

function noveltyFigure({ words }: ResultsScene, novelty: NoveltyRead): Markup {
  const { days, sentence, action } = novelty;
  const name = comparisonText(words, novelty);
  const last = Math.max(0, ...days.map(({ daysSince }) => daysSince));
  const every = Math.ceil((last + 1) / MOST_TICKS);
  const chart = columnChart({
    title: `${name}: ${words.noveltyPlot}`,
    description: sentence,
    domain: [-0.5, last + 0.5],
    ticks: days
      .filter(({ daysSince }) => daysSince % every === 0)
      .map(({ daysSince }) => ({ value: daysSince, text: String(daysSince) })),
    columns: days.map(({ daysSince, difference }) => ({
      from: daysSince - 0.5,
      to: daysSince + 0.5,
      ...difference,
      tone: toneOf(difference),
      sign: null,
    })),
    unit: POINTS,
  });
  const table = plainTable({
    caption: words.noveltyPlot,
    heads: [words.day, words.difference],
    rows: days.map(({ daysSince, difference }) => [daysSince, estimateText(difference, POINTS)]),
  });
  return html`<h3>${action}: ${name}</h3>
    <p>${sentence}</p>
    ${
      days.length > 0 &&
      html`<figure>
          <figcaption>${words.noveltyPlot} (pp)</figcaption>
          ${chart}
        </figure>
        <details>
          <summary>${words.numbers}</summary>
          ${table}
        </details>`
    }`;
}
