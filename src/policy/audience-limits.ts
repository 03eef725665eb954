/** Waves before the median rule speaks: the fourth wave is the first that it can hold back. */
const WAVES_BEFORE = 3;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * Why a wave of this audience waits for a person, null when it doesn't (rule 8): above the campaign's maximum, above the one
 * that its version was approved for (`approved`; null: not approved in the console), or, from the fourth wave on, above twice the median audience of the waves of the last 14 days.
 */
export function approvalNeeded(input: {
  audience: number;
  max: number;
  approved: number | null;
  recentAudiences: readonly number[];
  wavesBefore: number;
}): string | null {
  const { audience, max, approved, recentAudiences } = input;
  if (audience > max) return `audience ${audience} is above the campaign's maximum of ${max}`;
  if (approved !== null && audience > approved) {
    return `audience ${audience} is above the ${approved} that the version was approved for`;
  }
  const usual = median(recentAudiences);
  if (input.wavesBefore >= WAVES_BEFORE && recentAudiences.length > 0 && audience > 2 * usual) {
    return `audience ${audience} is above twice the 14-day median of ${usual}`;
  }
  return null;
}
