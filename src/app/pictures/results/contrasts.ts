import type { CampaignRead, Contrast } from '../../../domain/read.ts';
import type { MetricDefinition } from '../../../domain/read-inputs.ts';
import { barTable, type BarRow } from '../drawing/bar-table.ts';
import { CHANGE, chanceText, estimateText } from '../drawing/figures.ts';
import { html, type Markup, type Piece } from '../drawing/html.ts';
import { toneOf, type Tone } from '../drawing/tone.ts';
import { comparisonText, differenceUnit, type ResultsScene } from './results-scene.ts';

const LEVEL = 0.05;

/** Clear is what the strictest number at hand says: corrected p, then the interval that may be looked at daily, then the plain one. */
export function contrastTone(contrast: Contrast): Tone {
  const { absolute, alwaysValid, pAdjusted } = contrast;
  if (absolute === null) return 'open';
  if (pAdjusted !== null) return pAdjusted < LEVEL ? toneOf({ low: absolute.value, high: absolute.value }) : 'open';
  return toneOf(alwaysValid ?? absolute);
}

/** A tone in its word. */
export function toneWord({ words }: Pick<ResultsScene, 'words'>, tone: Tone): Markup {
  return html`<span class="word ${tone}">${words.tone[tone]}</span>`;
}

function contrastRow(
  scene: ResultsScene,
  metric: MetricDefinition,
  shown: { contrast: Contrast; label: Piece },
): BarRow {
  const { contrast, label } = shown;
  const unit = differenceUnit(scene.read, metric);
  const tone = contrastTone(contrast);
  const text = estimateText(contrast.absolute, unit);
  const alt = `${comparisonText(scene.words, contrast)}: ${text}`;
  return {
    label,
    mark: contrast.absolute && { estimate: contrast.absolute, reach: contrast.alwaysValid, tone, alt },
    why: contrast.why ?? scene.words.noNumber,
    facts: [text, estimateText(contrast.relative, CHANGE), chanceText(contrast.chanceBetter), toneWord(scene, tone)],
  };
}

/** Differences of one metric on one axis with its zero line; `rows` in the order in which they are to be read. */
export function contrastTable(
  scene: ResultsScene,
  metric: MetricDefinition,
  table: { labelHead: string; rows: readonly { contrast: Contrast; label: Piece }[] },
): Markup {
  const { words, read } = scene;
  return barTable({
    caption: words.differenceOf(metric.label),
    labelHead: table.labelHead,
    plotHead: words.differencePlot,
    factHeads: [words.difference, words.change, words.chance, words.word],
    rows: table.rows.map((row) => contrastRow(scene, metric, row)),
    unit: differenceUnit(read, metric),
  });
}

/** Metrics whose differences are effects: goal first, then the others; harms and money have sections of their own. */
export function effectMetrics(read: CampaignRead): MetricDefinition[] {
  const effects = read.metrics.filter((metric) => metric.role === 'goal' || metric.role === 'secondary');
  return effects.toSorted((a, b) => Number(b.role === 'goal') - Number(a.role === 'goal'));
}
