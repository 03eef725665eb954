import type { ReportedPolicy } from '../../../learning/threshold-report.ts';
import { html, type Markup } from '../drawing/html.ts';
import { bandLegend } from '../drawing/legend.ts';
import { bandsFigure } from './bands.ts';
import { historyFigure } from './history.ts';
import { policyName, type ThresholdScene } from './threshold-scene.ts';

/** One policy: why it doesn't move, what each score band is worth, and how its threshold came to where it is. */
export function policySection(scene: ThresholdScene, policy: ReportedPolicy): Markup {
  const { report, words } = scene;
  const { frozenBy, freezes, sentence, inForce, segment, action } = policy;
  const name = policyName(words, policy);
  const own = inForce.segment === segment;
  const versions = report.history.filter((version) => version.segment === segment && version.action === action);
  const brake = frozenBy && `${words.frozenBy(frozenBy.actor)} ${frozenBy.reason}`;
  // The cycle names the hand brake among its freezes too.
  const reasons = [
    brake,
    ...freezes.filter((one) => brake === null || one.reason !== 'by_hand').map((one) => one.sentence),
  ];
  const still = [...reasons, ...(freezes.length === 0 ? [sentence] : [])].filter((one) => one !== null);
  const until = new Date(Math.max(report.cycle?.at.getTime() ?? 0, ...versions.map((version) => version.at.getTime())));
  return html`<section>
    <h2>${name}</h2>
    ${
      still.length > 0 &&
      html`<h3>${words.freezes}</h3>
        <ul>
          ${still.map((reason) => html`<li>${reason}</li>`)}
        </ul>`
    }
    <h3>${words.valueByBandHead}</h3>
    ${bandsFigure(scene, policy)}${policy.values.length > 0 && bandLegend(words)}
    ${own ? historyFigure(scene, { name, versions, until }) : html`<p class="about">${words.servedByAll}</p>`}
  </section> `;
}
