import type { ReportedPolicy } from '../../../learning/threshold-report.ts';
import { html, type Markup } from '../drawing/html.ts';
import { plainTable } from '../drawing/plain-table.ts';
import { intervalText, policyName, type ThresholdScene } from './threshold-scene.ts';

/** Every policy in one line: what is treated, how it learns, and where it stands. */
export function overviewSection({ report, words }: ThresholdScene): Markup {
  const state = (policy: ReportedPolicy): Markup => {
    const { segment, action, freezes, frozenBy } = policy;
    const open = report.open.some((line) => line.segment === segment && line.action === action);
    if (freezes.length > 0 || frozenBy !== null) return html`<span class="word worse">${words.frozen}</span>`;
    return open ? html`<span class="word better">${words.proposed}</span>` : html`<span>${words.atRest}</span>`;
  };
  return html`<section>
    <h2>${words.overview}</h2>
    ${plainTable({
      caption: words.overview,
      heads: [words.policy, words.interval, words.mode, words.version, words.state],
      rows: report.policies.map((policy) => [
        policyName(words, policy),
        intervalText(words, policy.inForce),
        words.modeName[policy.mode],
        html`${policy.inForce.policyVersion}${policy.inForce.segment !== policy.segment && html`<small>${words.everySegment}</small>`}`,
        state(policy),
      ]),
    })}
  </section> `;
}
