/** Sends before which a failure rate says nothing (RELIABILITY.md §5). */
const MIN_SENDS = 100;

/** What came of the sends of a wave so far: settled with a yes, or failed for good. */
export interface SendTally {
  accepted: number;
  failed: number;
}

/** The reason to halt a wave, null to go on: from 100 sends on, more than `maxFailureRate` (share) failed for good. */
export function crossedStopLine(tally: SendTally, guardrails: { maxFailureRate: number }): string | null {
  const sends = tally.accepted + tally.failed;
  if (sends < MIN_SENDS || tally.failed / sends <= guardrails.maxFailureRate) return null;
  const limit = Math.round(guardrails.maxFailureRate * 1000) / 10;
  return `${tally.failed} of ${sends} sends failed for good, the stop line is ${limit} %`;
}
