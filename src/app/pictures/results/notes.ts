import { chanceText, countText, estimateText, pText, rangeText, amountText } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { timeText } from '../drawing/time-text.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { comparisonText, differenceUnit, metricOf, type ResultsScene } from './results-scene.ts';

const LOSS_DECIMALS = 3;

/** Every contrast with all its numbers. */
export function statisticsSection({ read, words }: ResultsScene): Markup | null {
  if (read.contrasts.length === 0) return null;
  const rows = read.contrasts.map((contrast) => {
    const metric = metricOf(read, contrast.metric);
    const unit = differenceUnit(read, metric);
    const { alwaysValid, expectedLoss } = contrast;
    const level = alwaysValid ? ` (${chanceText(alwaysValid.level)})` : '';
    return [
      html`${comparisonText(words, contrast)}<small>${contrast.action}</small>`,
      metric.label,
      estimateText(contrast.absolute, unit),
      pText(contrast.p),
      pText(contrast.pAdjusted),
      alwaysValid ? `${rangeText(alwaysValid, unit)}${level}` : '–',
      pText(alwaysValid?.p ?? null),
      expectedLoss === null ? '–' : amountText(expectedLoss, { ...unit, signed: false }, LOSS_DECIMALS),
      words.methodName[contrast.method],
    ];
  });
  const { comparison, metric, difference, fixedP, adjustedP, anyTime, anyTimeP, expectedLoss, method } = words;
  return html`<section>
    <h2>${words.statistics}</h2>
    <details>
      <summary>${words.numbers}</summary>
      ${plainTable({
        caption: words.statistics,
        heads: [comparison, metric, difference, fixedP, adjustedP, anyTime, anyTimeP, expectedLoss, method],
        rows,
      })}
    </details>
  </section> `;
}

/** What was left out, what has to be known, and how to get the same read again. */
export function notesSection(
  { read, words }: ResultsScene,
  repeat: { readNo: number; command: string } | null,
): Markup | null {
  const { immature, notes } = read;
  if (immature.length === 0 && notes.length === 0 && repeat === null) return null;
  const waiting = plainTable({
    caption: words.immatureAbout,
    heads: [words.entered, words.entries, words.countsFrom],
    rows: immature.map(({ day, entries, maturesAt }) => [day, countText(entries), timeText(maturesAt)]),
  });
  return html`<section>
    <h2>${words.notes}</h2>
    ${
      notes.length > 0 &&
      html`<ul>
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>`
    }${
      immature.length > 0 &&
      html`<h3>${words.immature}</h3>
        ${waiting}`
    }${
      repeat &&
      html`<h3>${words.repeat}</h3>
        <p>${words.repeatAbout(repeat.readNo)}</p>
        <p><code>${repeat.command}</code></p>`
    }
  </section> `;
}
