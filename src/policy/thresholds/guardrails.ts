import type { LearnedPolicy, LearnInput } from '../../domain/learning.ts';
import { newcombe } from '../../experiments/proportions.ts';
import type { BandSums, SideSums } from './evidence-sums.ts';
import { coverage } from './interval-moves.ts';

interface Harm {
  words: string;
  margin: number;
  count: (side: SideSums) => number;
}

function harmsOf(input: Pick<LearnInput, 'unsubscribeMargin' | 'complaintMargin'>): Harm[] {
  return [
    { words: 'unsubscribe', margin: input.unsubscribeMargin, count: (side) => side.decayed.unsubscribed },
    { words: 'complain', margin: input.complaintMargin, count: (side) => side.decayed.complained },
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/**
 * The guardrails that are inferior for one policy, in words: those that the read found for its action, and those whose excess
 * over the held out has a lower end (Newcombe, 95 %) above the margin, on the bands that the interval still treats.
 */
export function inferiorGuardrails(
  input: Pick<LearnInput, 'bands' | 'unsubscribeMargin' | 'complaintMargin' | 'inferiorGuardrails'>,
  policy: Pick<LearnedPolicy, 'action' | 'lo' | 'hi'>,
  sums: readonly BandSums[],
): string[] {
  const covered = coverage(policy, input.bands);
  const inside = sums.filter((_, band) => (covered[band] ?? 0) > 0);
  const total = (side: 'treated' | 'heldOut', count: (sums: SideSums) => number): number =>
    inside.reduce((sum, band) => sum + count(band[side]), 0);
  const entries = (side: SideSums): number => side.decayed.entries;
  const own = harmsOf(input).flatMap(({ words, margin, count }) => {
    const treated = { converted: total('treated', count), entries: total('treated', entries) };
    const heldOut = { converted: total('heldOut', count), entries: total('heldOut', entries) };
    if (treated.entries <= 0 || heldOut.entries <= 0) return [];
    const { low } = newcombe(treated, heldOut);
    if (low <= margin) return [];
    return [`at least ${percent(low)} more of the treated ${words} than of the held out (margin ${percent(margin)})`];
  });
  const read = input.inferiorGuardrails
    .filter((guardrail) => guardrail.action === policy.action)
    .map((guardrail) => guardrail.sentence.replace(/\.$/, ''));
  return [...read, ...own];
}
