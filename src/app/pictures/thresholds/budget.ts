import { amountText, moneyUnit } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { policyName, scoreText, type ThresholdScene } from './threshold-scene.ts';

/** Bands in the order in which the budget of a week is spent; nothing where there is no budget. */
export function budgetSection({ report, words }: ThresholdScene): Markup | null {
  const order = report.cycle?.budgetOrder ?? null;
  if (order === null) return null;
  const unit = moneyUnit(report.currency, false);
  return html`<section>
    <h2>${words.budget}</h2>
    ${plainTable({
      caption: words.budgetAbout,
      heads: [words.policy, words.band, words.weeklyCost, words.word],
      rows: order.map((cell) => [
        policyName(words, cell),
        `${scoreText(cell.band / report.bands)}–${scoreText((cell.band + 1) / report.bands)}`,
        amountText(cell.weeklyCost, unit),
        html`<span class="word ${cell.within ? 'better' : 'open'}">${cell.within ? words.fits : words.fitsNot}</span>`,
      ]),
    })}
  </section> `;
}
