/** What a number says: a clear gain, a clear loss, or neither. Always shown with its word, since colour alone says nothing to many. */
export type Tone = 'better' | 'worse' | 'open';

/** The tone of an interval of gain; `lossIsUp` for harms. */
export function toneOf(interval: { low: number; high: number } | null, lossIsUp = false): Tone {
  if (interval === null) return 'open';
  if (interval.low > 0) return lossIsUp ? 'worse' : 'better';
  if (interval.high < 0) return lossIsUp ? 'better' : 'worse';
  return 'open';
}
