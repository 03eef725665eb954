import type { LivePolicy } from '../../../domain/assignment.ts';
import type { ThresholdReport } from '../../../learning/threshold-report.ts';
import type { Words } from '../words/english.ts';

/** A report with the words of the page's language: what every section draws from. */
export interface ThresholdScene {
  report: ThresholdReport;
  words: Words;
}

/** "shopper / offer"; '*' in words. */
export function policyName(words: Words, of: { segment: string; action: string }): string {
  return words.segmentAction(of.segment === '*' ? words.everySegment : of.segment, of.action);
}

const DECIMALS = 3;

/** A score with three decimals at most: 0.5, 0.583. */
export function scoreText(score: number): string {
  return String(Number(score.toFixed(DECIMALS)));
}

/** "[0.5, 0.75)"; an interval up to 1 holds the score 1 too, an empty one holds nobody. */
export function intervalText(words: Words, { lo, hi }: Pick<LivePolicy, 'lo' | 'hi'>): string {
  if (lo >= hi) return words.nobody;
  return `[${scoreText(lo)}, ${scoreText(hi)}${hi >= 1 ? ']' : ')'}`;
}
