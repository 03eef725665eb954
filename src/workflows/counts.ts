import type { DeliveryCounts } from '../domain/delivery-counts.ts';
import type { WavePlanCounts } from './contract.ts';

/** Nothing planned yet. */
export const noPlan = (): WavePlanCounts => ({ audience: 0, contacted: 0, heldOut: 0, blocked: 0, deferred: 0 });

/** Nothing sent yet. */
export const noDelivery = (): DeliveryCounts => ({
  accepted: 0,
  failed: 0,
  suppressed: 0,
  unknown: 0,
  deferred: 0,
  cancelled: 0,
  expired: 0,
  open: 0,
});

/** Adds what one planning call did. */
export function addPlan(to: WavePlanCounts, more: WavePlanCounts): WavePlanCounts {
  return {
    audience: to.audience + more.audience,
    contacted: to.contacted + more.contacted,
    heldOut: to.heldOut + more.heldOut,
    blocked: to.blocked + more.blocked,
    deferred: to.deferred + more.deferred,
  };
}

/**
 * The totals of the last look, moved on by the counts of a range that was sent since: for progress only, the next look replaces
 * them. A range that had been sent in part before holds more ends than were open: then the totals stay.
 */
export function afterRange(totals: DeliveryCounts, range: DeliveryCounts): DeliveryCounts {
  const ended = range.accepted + range.failed + range.suppressed + range.unknown + range.cancelled + range.expired;
  if (ended > totals.open) return totals;
  return {
    accepted: totals.accepted + range.accepted,
    failed: totals.failed + range.failed,
    suppressed: totals.suppressed + range.suppressed,
    unknown: totals.unknown + range.unknown,
    deferred: totals.deferred + range.deferred,
    cancelled: totals.cancelled + range.cancelled,
    expired: totals.expired + range.expired,
    open: Math.max(0, totals.open - ended - range.deferred),
  };
}
