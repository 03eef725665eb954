import type { GuardrailRead } from '../../../domain/read.ts';
import { barTable, type BarRow } from '../drawing/bar-table.ts';
import { amountText, chanceText, estimateText } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import type { Tone } from '../drawing/tone.ts';
import { comparisonText, differenceUnit, metricOf, type ResultsScene } from './results-scene.ts';

const TONES: Record<GuardrailRead['verdict'], Tone> = {
  pass: 'better',
  inferior: 'worse',
  inconclusive: 'open',
  unjudged: 'open',
};

/** Each guardrail with its margin: how much harm each arm did, and whether that is tolerated. */
export function harmSection(scene: ResultsScene): Markup {
  const { read, words } = scene;
  const metrics = [...new Set(read.guardrails.map((guardrail) => guardrail.metric))];
  const body = metrics.length === 0 ? html`<p>${words.noHarm}</p>` : html`<p class="about">${words.harmAbout}</p>`;
  return html`<section>
    <h2>${words.harm}</h2>
    ${body}${metrics.map((metric) => harmTable(scene, metric))}
  </section> `;
}

function harmTable(scene: ResultsScene, id: string): Markup {
  const { read, words } = scene;
  const guardrails = read.guardrails.filter((guardrail) => guardrail.metric === id);
  const metric = metricOf(read, id);
  const margin = guardrails[0]?.margin ?? null;
  const unit = differenceUnit(read, metric);
  const limit = margin === null ? words.noMargin : amountText(margin, { ...unit, signed: false });
  return html`${barTable({
      caption: `${words.harmOf(metric.label)} (${words.margin}: ${limit})`,
      labelHead: words.comparison,
      plotHead: words.harmPlot,
      factHeads: [words.difference, words.chanceWorse, words.word],
      rows: guardrails.map((guardrail) => harmRow(scene, guardrail)),
      unit,
      margin,
    })}
    <ul class="plain about">
      ${guardrails.map((guardrail) => html`<li>${guardrail.sentence}</li>`)}
    </ul>`;
}

function harmRow(scene: ResultsScene, guardrail: GuardrailRead): BarRow {
  const { read, words } = scene;
  const { action, arm, against, metric, harm, verdict } = guardrail;
  const tone = TONES[verdict];
  const text = estimateText(harm, differenceUnit(read, metricOf(read, metric)));
  const name = comparisonText(words, guardrail);
  const contrast = read.contrasts.find(
    (one) => one.action === action && one.arm === arm && one.against === against && one.metric === metric,
  );
  return {
    label: html`${name}<small>${action}</small>`,
    mark: harm && { estimate: harm, reach: null, tone, alt: `${name}: ${text}, ${words.harmTone[verdict]}` },
    why: guardrail.sentence,
    facts: [
      text,
      chanceText(contrast?.chanceBetter ?? null),
      html`<span class="word ${tone}">${words.harmTone[verdict]}</span>`,
    ],
  };
}
