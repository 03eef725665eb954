import type { ThresholdReport } from '../../learning/threshold-report.ts';
import { toldThresholds } from '../languages/told-pages.ts';
import { pictureDocument } from './drawing/document.ts';
import { html, type Markup } from './drawing/html.ts';
import { timeText } from './drawing/time-text.ts';
import { budgetSection } from './thresholds/budget.ts';
import { overviewSection } from './thresholds/overview.ts';
import { policySection } from './thresholds/policy.ts';
import { proposalsSection } from './thresholds/proposals.ts';
import type { ThresholdScene } from './thresholds/threshold-scene.ts';
import { wordsOf, type PictureLanguage } from './words/words.ts';

// One pattern for all pictures of the page; it must not be display: none, or nothing is painted with it.
const HATCH = html`<svg class="patterns" aria-hidden="true" width="0" height="0">
  <defs>
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line class="hatch" x1="0" x2="0" y1="0" y2="7" />
    </pattern>
  </defs>
</svg>`;

/** The thresholds of a campaign as one self-contained HTML page; `name` null: its id is shown. */
export function thresholdPage(
  found: ThresholdReport,
  extra: { name: string | null; language?: PictureLanguage },
): string {
  const language = extra.language ?? 'en';
  const words = wordsOf(language);
  const report = toldThresholds(found, language);
  const scene = { report, words };
  const title = words.thresholdsOf(extra.name ?? report.campaignId);
  const body = html`${HATCH}${heading(scene, title)}${cycleSection(scene)}${overviewSection(scene)}${proposalsSection(scene)}${report.policies.map(
    (policy) => policySection(scene, policy),
  )}${budgetSection(scene)}`;
  return pictureDocument({ language, title, body });
}

function heading({ report, words }: ThresholdScene, title: string): Markup {
  const { cycle } = report;
  const facts: [string, string][] = [
    [words.campaign, report.campaignId],
    [words.version, String(report.version)],
    ...(cycle
      ? ([
          [words.cycle, String(cycle.cycleNo)],
          [words.asOf, timeText(cycle.asOf.toISOString())],
          [words.read, String(cycle.readNo)],
          [words.runBy, cycle.actor],
        ] satisfies [string, string][])
      : []),
  ];
  return html`<header><h1>${title}</h1></header>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl> `;
}

/** What the latest cycle found as a whole, or how to run the first one. */
function cycleSection({ report, words }: ThresholdScene): Markup {
  const { cycle } = report;
  if (cycle === null) {
    return html`<section>
      <h2>${words.cycle}</h2>
      <p>${words.noCycle} ${words.startCycle}</p>
      <p><code>recallwave threshold propose ${report.campaignId}</code></p>
    </section> `;
  }
  return html`<section>
    <h2>${words.restsOn}</h2>
    <p>${cycle.estimator.sentence}</p>
    ${
      cycle.notes.length > 0 &&
      html`<ul>
        ${cycle.notes.map((note) => html`<li>${note}</li>`)}
      </ul>`
    }
  </section> `;
}
