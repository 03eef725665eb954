/** Messages by what became of them; the keys are apart from each other and add up to the part. */
export interface DeliveryCounts {
  accepted: number;
  failed: number;
  suppressed: number;
  unknown: number;
  deferred: number;
  cancelled: number;
  expired: number;
  /** PLANNED, CLAIMED or SUBMITTING: not in an end state yet. */
  open: number;
}
