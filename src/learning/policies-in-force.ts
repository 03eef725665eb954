import type { LivePolicy } from '../domain/assignment.ts';

/** The policy that serves a segment and action: the segment's own, else that of '*'. */
export function serving<Policy extends Pick<LivePolicy, 'segment' | 'action'>>(
  inForce: readonly Policy[],
  of: { segment: string; action: string },
): Policy | undefined {
  const candidates = inForce.filter((policy) => policy.action === of.action);
  return (
    candidates.find((policy) => policy.segment === of.segment) ?? candidates.find((policy) => policy.segment === '*')
  );
}

/** The newest version of each (segment, action). */
export function newestOfEach<Policy extends Pick<LivePolicy, 'segment' | 'action' | 'policyVersion'>>(
  versions: readonly Policy[],
): Policy[] {
  const newest = new Map<string, Policy>();
  for (const version of versions) {
    const key = `${version.action}/${version.segment}`;
    if ((newest.get(key)?.policyVersion ?? 0) < version.policyVersion) newest.set(key, version);
  }
  return [...newest.values()];
}
