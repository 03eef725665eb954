import type { LivePolicy } from '../domain/assignment.ts';
import type { Campaign, PolicyBounds } from '../domain/campaign.schema.ts';

/** What the file says for a segment: its own values, else the campaign's. */
export function segmentPolicy(campaign: Campaign, segment: string): PolicyBounds {
  const { policy } = campaign;
  const own = policy.segments[segment] ?? {};
  return {
    lo: own.lo ?? policy.lo,
    hi: own.hi ?? policy.hi,
    inside: own.inside ?? policy.inside,
    outside: own.outside ?? policy.outside,
    exploreWidth: own.exploreWidth ?? policy.exploreWidth,
  };
}

/** The policies that a file starts with: one per action for every segment ('*') and for each segment that it names. */
export function initialPolicies(campaign: Campaign): Omit<LivePolicy, 'policyVersion'>[] {
  const segments = ['*', ...Object.keys(campaign.policy.segments)];
  return campaign.actions.flatMap((action) =>
    segments.map((segment) => ({
      segment,
      action: action.id,
      ...segmentPolicy(campaign, segment),
      treatByBand: null,
      armShares: Object.fromEntries(action.arms.map((arm) => [arm.id, arm.share])),
    })),
  );
}
