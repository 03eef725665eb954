import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding } from '../file/finding.ts';
import type { CampaignFacts } from './facts.ts';

function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((name) => b.includes(name));
}

/** Active campaigns of the same model and priority that mean the same segments and reasons: neither gives way. */
export function overlapFindings(campaign: Campaign, facts: CampaignFacts): Finding[] {
  const { model, segments, reasons } = campaign.audience;
  return facts.others
    .filter(({ campaign: other }) => other.audience.model === model && other.priority === campaign.priority)
    .filter(({ campaign: other }) => meet(segments, other.audience.segments) && meet(reasons, other.audience.reasons))
    .map((other) => ({
      rule: 'overlap',
      severity: 'warning',
      path: ['priority'],
      what: `${other.campaignId} may want the same users, and both have priority ${campaign.priority}`,
      fix: 'give the one that should win the higher priority, or narrow segments, reasons or filter',
    }));
}
