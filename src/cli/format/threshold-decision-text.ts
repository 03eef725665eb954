import type { DecidedThreshold } from '../../app/thresholds.ts';
import { interval, percent } from './threshold-words.ts';

/** What `threshold apply` prints: what the next wave will use. */
export function appliedText(decided: DecidedThreshold): string {
  const { proposalNo } = decided.proposal;
  return [
    `proposal ${proposalNo} is in force`,
    nextWave(decided),
    `take it back with: recallwave threshold revert ${proposalNo} --reason TEXT`,
  ].join('\n');
}

/** What `threshold reject` prints. */
export function rejectedText({ proposal }: DecidedThreshold): string {
  return `proposal ${proposal.proposalNo} is rejected; ${proposal.segment}, ${proposal.action} stays as it is`;
}

/** What `threshold revert` prints. */
export function revertedText(decided: DecidedThreshold): string {
  const { proposalNo, campaignId, segment } = decided.proposal;
  return [
    `proposal ${proposalNo} is taken back`,
    nextWave(decided),
    `a later cycle may propose it again; hold it with: recallwave threshold freeze ${campaignId} --segment ${segment} --reason TEXT`,
  ].join('\n');
}

function nextWave({ proposal, policy }: DecidedThreshold): string {
  if (policy === null) return '';
  const chances = policy.treatByBand;
  const how =
    chances === null
      ? `${percent(policy.inside)} of them, beside it ${percent(policy.outside)}`
      : `${percent(Math.min(...chances.filter((chance) => chance > 0)))} to ${percent(Math.max(...chances))} of them by score band`;
  return `the next wave of ${proposal.campaignId} treats ${interval(policy)} in segment ${proposal.segment}, ${proposal.action}: ${how} (policy version ${policy.policyVersion}); who has entered keeps what was drawn`;
}
