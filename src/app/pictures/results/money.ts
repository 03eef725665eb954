import { barTable } from '../drawing/bar-table.ts';
import { countText, estimateText, moneyUnit } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { toneOf } from '../drawing/tone.ts';
import { toneWord } from './contrasts.ts';
import { comparisonText, type ResultsScene } from './results-scene.ts';

/** Net value of each arm against its comparison, per entry and in all. */
export function moneySection(scene: ResultsScene): Markup {
  const { read, words } = scene;
  const unit = moneyUnit(read.currency, true);
  const rows = read.money.map((money) => {
    const tone = toneOf(money.perEntry);
    const name = comparisonText(words, money);
    const text = estimateText(money.perEntry, unit);
    return {
      label: html`${name}<small>${money.action}</small>`,
      mark: money.perEntry && { estimate: money.perEntry, reach: null, tone, alt: `${name}: ${text}` },
      why: money.why ?? words.noNumber,
      facts: [text, estimateText(money.total, unit), countText(money.entries), toneWord(scene, tone)],
    };
  });
  const table = barTable({
    caption: words.moneyAbout,
    labelHead: words.comparison,
    plotHead: words.differencePlot,
    factHeads: [words.perEntry, words.inAll, words.entries, words.word],
    rows,
    unit,
  });
  return html`<section>
    <h2>${words.money}</h2>
    ${rows.length === 0 ? html`<p>${words.noMoney}</p>` : table}
  </section> `;
}
