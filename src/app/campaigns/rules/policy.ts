import type { Campaign } from '../../../domain/campaign.schema.ts';
import { segmentPolicy } from '../../../policy/initial-policies.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Intervals that hold nobody, or that lie outside the campaign's own bounds. */
export function policyFindings(campaign: Campaign): Finding[] {
  const { policy, audience } = campaign;
  const { bounds } = policy;
  const segments = Object.keys(policy.segments).flatMap((segment) => [
    ...intervalFindings(segmentPolicy(campaign, segment), bounds, ['policy', 'segments', segment]),
    ...(audience.segments === undefined || audience.segments.includes(segment)
      ? []
      : [
          {
            rule: 'policy_segment',
            severity: 'warning' as const,
            path: ['policy', 'segments', segment],
            what: `${segment} is not in the audience's segments`,
            fix: 'add it to audience.segments, or take it out here',
          },
        ]),
  ]);
  return [...boundFindings(bounds), ...intervalFindings(policy, bounds, ['policy']), ...segments];
}

function boundFindings(bounds: { lo: number; hi: number }): Finding[] {
  if (bounds.lo < bounds.hi) return [];
  return [
    {
      rule: 'bounds',
      severity: 'error',
      path: ['policy', 'bounds'],
      what: `the bounds ${bounds.lo} to ${bounds.hi} leave no threshold`,
      fix: 'make lo smaller than hi',
    },
  ];
}

function intervalFindings(
  policy: { lo: number; hi: number },
  bounds: { lo: number; hi: number },
  path: KeyPath,
): Finding[] {
  const { lo, hi } = policy;
  if (lo >= hi) {
    const what = `the interval ${lo} to ${hi} holds no score`;
    return [{ rule: 'interval', severity: 'error', path: [...path, 'lo'], what, fix: 'make lo smaller than hi' }];
  }
  const outside = lo < bounds.lo ? 'lo' : hi > bounds.hi ? 'hi' : null;
  if (outside === null) return [];
  return [
    {
      rule: 'bounds',
      severity: 'error',
      path: [...path, outside],
      what: `the threshold ${outside} ${policy[outside]} is outside the bounds ${bounds.lo} to ${bounds.hi}`,
      fix: `move it inside, or widen policy.bounds`,
    },
  ];
}
