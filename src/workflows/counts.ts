import type { DeliveryCounts, WavePlanCounts } from './contract.ts';

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

/** The totals of the last look, moved on by what one range did since: for progress only, the next look replaces them. */
export function afterRange(totals: DeliveryCounts, did: DeliveryCounts): DeliveryCounts {
  const ended = did.accepted + did.failed + did.suppressed + did.unknown + did.cancelled + did.expired;
  return {
    accepted: totals.accepted + did.accepted,
    failed: totals.failed + did.failed,
    suppressed: totals.suppressed + did.suppressed,
    unknown: totals.unknown + did.unknown,
    deferred: totals.deferred + did.deferred,
    cancelled: totals.cancelled + did.cancelled,
    expired: totals.expired + did.expired,
    open: Math.max(0, totals.open - ended),
  };
}
