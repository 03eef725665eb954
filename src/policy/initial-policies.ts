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

/** Part of a band that counts as its edge: people write 0.583 for 7/12. */
const NEAR_EDGE = 0.02;

/** The edge of a score band that a score is meant for; null: it lies inside a band. */
export function edgeAt(score: number, bands: number): number | null {
  const edge = Math.round(score * bands);
  return Math.abs(score * bands - edge) <= NEAR_EDGE ? edge / bands : null;
}

/**
 * The policies that a file starts with: one per action for every segment ('*') and for each segment that it names. Thresholds
 * beside a band's edge start on it, since learning moves them from edge to edge.
 */
export function initialPolicies(campaign: Campaign): Omit<LivePolicy, 'policyVersion'>[] {
  const segments = ['*', ...Object.keys(campaign.policy.segments)];
  const { bands } = campaign.policy;
  return campaign.actions.flatMap((action) =>
    segments.map((segment) => ({
      segment,
      action: action.id,
      ...onEdges(segmentPolicy(campaign, segment), bands),
      treatByBand: null,
      armShares: Object.fromEntries(action.arms.map((arm) => [arm.id, arm.share])),
    })),
  );
}

function onEdges(policy: PolicyBounds, bands: number): PolicyBounds {
  return { ...policy, lo: edgeAt(policy.lo, bands) ?? policy.lo, hi: edgeAt(policy.hi, bands) ?? policy.hi };
}
