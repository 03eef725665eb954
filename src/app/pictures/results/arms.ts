import type { GroupRead } from '../../../domain/read.ts';
import type { MetricDefinition } from '../../../domain/read-inputs.ts';
import { barTable } from '../drawing/bar-table.ts';
import { countText, estimateText } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { legend } from '../drawing/legend.ts';
import { contrastTable, effectMetrics } from './contrasts.ts';
import { actionsOf, comparisonText, levelUnit, type ResultsScene } from './results-scene.ts';

/** Per action: what each group did, and each arm's difference from its comparison, metric by metric. */
export function armsSections(scene: ResultsScene): Markup[] {
  return actionsOf(scene.read.groups).map((action) => {
    const { read, words } = scene;
    const groups = read.groups.filter((group) => group.action === action);
    const parts = effectMetrics(read).map((metric) => {
      const rows = read.contrasts
        .filter((contrast) => contrast.action === action && contrast.metric === metric.id)
        .map((contrast) => ({ contrast, label: comparisonText(words, contrast) }));
      return html`<h3>${metric.label}</h3>
        ${levels(scene, metric, groups)}${
          rows.length > 0 && contrastTable(scene, metric, { labelHead: words.comparison, rows })
        }`;
    });
    return html`<section>
      <h2>${words.armsOf(action)}</h2>
      ${parts}${legend(words)}
    </section> `;
  });
}

function levels(scene: ResultsScene, metric: MetricDefinition, groups: readonly GroupRead[]): Markup {
  const { read, words } = scene;
  const unit = levelUnit(read, metric);
  const rows = groups.map((group) => {
    const value = group.values.find((one) => one.metric === metric.id);
    const role = words.group[group.role];
    const text = estimateText(value?.estimate ?? null, unit);
    return {
      label: html`${group.group}${role !== '' && role !== group.group && html`<small>${role}</small>`}`,
      mark: value?.estimate
        ? { estimate: value.estimate, reach: null, tone: 'open' as const, alt: `${group.group}: ${text}` }
        : null,
      why: value?.why ?? words.noNumber,
      facts: [value ? `${countText(value.converted)} / ${countText(value.entries)}` : '–', text],
    };
  });
  return barTable({
    caption: metric.kind === 'rate' ? words.reached(metric.label) : words.meansOf(metric.label),
    labelHead: words.groupHead,
    plotHead: words.levelPlot,
    factHeads: [words.count, metric.kind === 'rate' ? words.rate : words.mean],
    rows,
    unit,
  });
}
