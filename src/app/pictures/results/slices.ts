import { html, type Markup } from '../drawing/html.ts';
import { legend } from '../drawing/legend.ts';
import { contrastTable, effectMetrics } from './contrasts.ts';
import { comparisonText, type ResultsScene } from './results-scene.ts';

/** The goal by the dimension that was asked for: one table per action and metric, all slices on one axis. Nothing where none was asked for. */
export function slicesSection(scene: ResultsScene): Markup | null {
  const { read, words } = scene;
  if (read.by === null) return null;
  const name = words.dimension[read.by];
  const contrasts = read.slices.flatMap(({ slice, contrasts: found }) =>
    found.map((contrast) => ({ slice, contrast })),
  );
  const actions = [...new Set(contrasts.map(({ contrast }) => contrast.action))];
  const tables = actions.flatMap((action) =>
    effectMetrics(read).map((metric) => {
      const rows = contrasts
        .filter(({ contrast }) => contrast.action === action && contrast.metric === metric.id)
        .map(({ slice, contrast }) => ({
          contrast,
          label: html`${slice}<small>${comparisonText(words, contrast)}</small>`,
        }));
      if (rows.length === 0) return null;
      return html`<h3>${action}: ${metric.label}</h3>
        ${contrastTable(scene, metric, { labelHead: name, rows })}`;
    }),
  );
  const body = html`<p class="about">${words.slicesAbout}</p>
    ${tables}${legend(words)}`;
  return html`<section>
    <h2>${words.slices(name)}</h2>
    ${actions.length === 0 ? html`<p>${words.noSlices(name)}</p>` : body}
  </section> `;
}
