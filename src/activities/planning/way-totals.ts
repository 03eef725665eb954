import type { WavePlanCounts } from '../../workflows/contract.ts';
import type { WayCount } from '../../db/planning/walk.ts';

/** Way counts added up by disposition. */
export function wayTotals(counts: readonly WayCount[]): WavePlanCounts {
  const of = (disposition: WayCount['disposition']): number =>
    counts.filter((count) => count.disposition === disposition).reduce((sum, count) => sum + count.users, 0);
  return {
    audience: counts.reduce((sum, count) => sum + count.users, 0),
    contacted: of('contacted'),
    heldOut: of('held_out'),
    blocked: of('blocked'),
    deferred: of('deferred'),
  };
}
