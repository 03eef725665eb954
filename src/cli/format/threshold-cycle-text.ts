import type { LearningCycle } from '../../app/thresholds.ts';
import type { LedgerProposal } from '../../domain/threshold-ledger.ts';
import { tableOr } from './table.ts';
import { changeWords, deltaWords, effortWords, kindWords } from './threshold-words.ts';
import { time } from './time.ts';

/** What `threshold propose` prints: the proposals with their reasons, or why there are none. */
export function cycleText({ cycleNo, readNo, result, proposals, applied }: LearningCycle): string {
  const silent = result.policies.filter((policy) => policy.proposals.length === 0);
  const isApplied = (one: LedgerProposal): boolean => applied.includes(one.proposalNo);
  return [
    `${result.campaignId}: cycle ${cycleNo} as of ${time(result.asOf)}, read ${readNo}`,
    result.estimator.sentence,
    ...result.notes,
    '',
    tableOr(
      result.policies.length === 0
        ? 'nobody has entered the campaign yet: there is nothing to learn from'
        : 'no proposals',
      ['proposal', 'segment', 'action', 'what', 'change', 'worth', 'takes', ''],
      proposals.map((one) => [
        one.proposalNo,
        one.segment,
        one.action,
        kindWords(one.proposal.kind),
        changeWords(one.proposal),
        deltaWords(one.proposal, result.currency),
        effortWords(one.proposal, result.currency),
        isApplied(one) ? 'applied (mode auto)' : `recallwave threshold apply ${one.proposalNo}`,
      ]),
    ),
    ...proposals.map((one) => `  ${one.proposalNo}: ${one.proposal.sentence}`),
    ...silent.map((policy) => `${policy.segment}, ${policy.action}: ${policy.sentence ?? ''}`),
  ].join('\n');
}
