import type { LedgerProposal } from '../../../domain/threshold-ledger.ts';
import { barTable, type BarRow } from '../drawing/bar-table.ts';
import { amountText, chanceText, countText, estimateText, moneyUnit } from '../drawing/figures.ts';
import { html, type Markup } from '../drawing/html.ts';
import { toneOf } from '../drawing/tone.ts';
import { intervalText, policyName, type ThresholdScene } from './threshold-scene.ts';

/** What is proposed and not decided: gain a week with its interval, the chance that it is one, and how to apply it. */
export function proposalsSection(scene: ThresholdScene): Markup {
  const { report, words } = scene;
  if (report.open.length === 0) {
    return html`<section>
      <h2>${words.proposals}</h2>
      <p>${words.noProposals}</p>
    </section> `;
  }
  const table = barTable({
    caption: words.gainPerWeek,
    labelHead: words.proposal,
    plotHead: words.differencePlot,
    factHeads: [words.gainPerWeek, words.chanceOfGain, words.moreUsers, words.moreCost],
    rows: report.open.map((line) => proposalRow(scene, line)),
    unit: moneyUnit(report.currency, true),
  });
  const steps = report.open.map(
    ({ proposalNo, proposal }) =>
      html`<li>
        <strong>${words.proposalNo(proposalNo)}</strong> ${proposal.sentence}<br />${words.applyWith}
        <code>recallwave threshold apply ${proposalNo}</code>
      </li>`,
  );
  return html`<section>
    <h2>${words.proposals}</h2>
    ${table}
    <ul class="plain">
      ${steps}
    </ul>
  </section> `;
}

function proposalRow({ report, words }: ThresholdScene, line: LedgerProposal): BarRow {
  const { proposal, proposalNo } = line;
  const { delta, from, to } = proposal;
  const unit = moneyUnit(report.currency, true);
  const name = `${words.proposalNo(proposalNo)}: ${policyName(words, line)}`;
  const text = estimateText(delta, unit);
  const moves = from.lo !== to.lo || from.hi !== to.hi;
  const users = countText(Math.round(Math.abs(proposal.usersPerWeek)));
  return {
    label: html`${name}<small
        >${words.proposalKind[proposal.kind]}${moves && `: ${intervalText(words, from)} → ${intervalText(words, to)}`}</small
      >`,
    mark: delta && { estimate: delta, reach: null, tone: toneOf(delta), alt: `${name}: ${text}` },
    why: words.noGain,
    facts: [
      text,
      chanceText(proposal.chance),
      proposal.usersPerWeek < 0 ? `−${users}` : `+${users}`,
      amountText(proposal.costPerWeek, unit),
    ],
  };
}
