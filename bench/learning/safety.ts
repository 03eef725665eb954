import { newcombe } from '../../src/experiments/proportions.ts';
import { WEEKLY_DECAY } from '../../src/policy/thresholds/evidence-sums.ts';
import { coverage } from '../../src/policy/thresholds/interval-moves.ts';
import type { LearnInput, LearnedPolicy } from '../../src/domain/learning.ts';
import { runWorld } from './run.ts';
import { GATED } from './strategies.ts';
import { BANDS, createWorld, WORLDS, type WorldKind } from './worlds.ts';

/** What the product's guardrail tolerates when the file says nothing. */
const MARGIN = 0.005;

/** Policies with somebody treated whose excess of unsubscribes has a lower end above the margin, counted apart from the product. */
function breaches(input: LearnInput): number[] {
  const breached = (policy: LearnedPolicy): boolean => {
    const inside = coverage(policy, BANDS);
    const count = (treated: boolean): { converted: number; entries: number } => {
      const sums = { converted: 0, entries: 0 };
      for (const cell of input.evidence) {
        if (cell.segment !== policy.segment || cell.treated !== treated || !inside[cell.band]) continue;
        const weight = WEEKLY_DECAY ** cell.ageWeeks;
        sums.converted += weight * cell.unsubscribed;
        sums.entries += weight * cell.entries;
      }
      return sums;
    };
    const [treated, heldOut] = [count(true), count(false)];
    return (
      policy.lo < policy.hi && treated.entries > 0 && heldOut.entries > 0 && newcombe(treated, heldOut).low > MARGIN
    );
  };
  return input.policies.flatMap((policy, at) => (breached(policy) ? [at] : []));
}

export interface SafetyResult {
  /** Cycles in which a policy's guardrail was inferior, and those in which it retreated in the same cycle. */
  breached: number;
  retreated: number;
  /** Moves while the sample ratio alarmed, and before. */
  movesUnderAlarm: number;
  movesBefore: number;
}

/** Plays the harmful world under the default guardrail, and the mixed one with a sample-ratio alarm from week 15 on. */
export function checkSafety(input: { seeds: number; from: number; exploreWidth: number; weeks: number }): SafetyResult {
  const kindNamed = (name: string): WorldKind => WORLDS.find((kind) => kind.name === name)!;
  const harmful = { ...kindNamed('harmful'), unsubscribeMargin: MARGIN };
  const result: SafetyResult = { breached: 0, retreated: 0, movesUnderAlarm: 0, movesBefore: 0 };
  const options = { weeks: input.weeks, exploreWidth: input.exploreWidth, split: 'cells' } as const;
  for (let seed = input.from; seed < input.from + input.seeds; seed++) {
    const watched = {
      name: GATED.name,
      step: (seen: LearnInput) => {
        const steps = GATED.step(seen);
        const expected = breaches(seen);
        result.breached += expected.length;
        result.retreated += expected.filter((at) =>
          steps.some((step) => step.policy === at && step.kind === 'retreat'),
        ).length;
        return steps;
      },
    };
    runWorld(createWorld(harmful, seed), watched, { ...options, weeks: 12 });
    const alarmed = runWorld(createWorld(kindNamed('mixed'), seed), GATED, {
      ...options,
      freezes: (week) => (week >= 15 ? [{ reason: 'sample_ratio', sentence: 'The groups have the wrong sizes.' }] : []),
    });
    result.movesUnderAlarm += alarmed.moves.filter((move) => move.week >= 15).length;
    result.movesBefore += alarmed.moves.filter((move) => move.week < 15).length;
  }
  return result;
}
