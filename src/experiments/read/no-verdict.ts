import type { ReadInputs } from '../../domain/read-inputs.ts';
import type { Verdict, VerdictReason } from '../../domain/read.ts';
import { armProbability, comparatorProbability } from './design.ts';
import { againstWords, count } from './phrases.ts';
import type { ArmFacts } from './verdict.ts';

/** Mature entries on a side under which nothing is said. */
const SMALLEST_GROUP = 20;

/** A verdict that there is none, and why. */
export function cantTell(reason: VerdictReason, why: string): Verdict {
  return { decision: 'cant_tell', reason, sentence: `Can't tell: ${why}.`, days: null };
}

/** Nobody to compare with, nobody at all, or nobody whose window is over. */
export function nothingToCompare({ inputs, comparison }: ArmFacts): Verdict | null {
  const { action, arm, against, comparable, entries } = comparison;
  const strata = inputs.strata.filter((stratum) => stratum.action === action && stratum.inInterval);
  const everCompared = strata.some((stratum) => comparatorProbability(inputs, comparison, stratum) > 0);
  if (strata.length > 0 && !everCompared) {
    return cantTell(
      'no_comparator',
      `there is nobody to compare arm ${arm} with; hold some people out (holdout above 0) or add a control arm`,
    );
  }
  const everDrawn = strata.some((stratum) => armProbability(stratum, arm) > 0);
  if (everDrawn && !comparable) {
    return cantTell('no_comparator', `nobody had a chance of both arm ${arm} and ${againstWords(against)}`);
  }
  if (entries > 0) return null;
  return nobodyYet(inputs, `arm ${arm}`);
}

/** No mature entries: all windows are open, or nobody has entered. `where` names what is empty. */
export function nobodyYet(inputs: ReadInputs, where: string): Verdict {
  const first = inputs.immature.map((cohort) => cohort.maturesAt).toSorted()[0];
  if (first === undefined) return cantTell('no_entries', `nobody has entered ${where}`);
  const open = count(inputs.immature.reduce((sum, cohort) => sum + cohort.entries, 0));
  const { windowDays } = inputs.goal;
  if (inputs.cells.some((cell) => cell.entries > 0)) {
    return cantTell(
      'no_entries',
      `nobody whose outcome window of ${windowDays} days is over is in ${where}; it is still open for ${open} entries`,
    );
  }
  return cantTell(
    'all_immature',
    `the outcome window of ${windowDays} days is still open for all ${open} entries; the first matures on ${first.slice(0, 10)}`,
  );
}

/** Too little to say anything of, or nothing that could differ. */
export function tooFew({ comparison, contrast, goal, effect }: ArmFacts): Verdict | null {
  const { entries, entriesAgainst, arm, against } = comparison;
  const other = againstWords(against);
  if (Math.min(entries, entriesAgainst) < SMALLEST_GROUP) {
    return cantTell(
      'too_few_entries',
      `arm ${arm} has ${count(entries)} mature entries and ${other} ${count(entriesAgainst)}; at least ${SMALLEST_GROUP} of each are needed`,
    );
  }
  if (goal.kind === 'rate' && effect.arm === effect.against && (effect.arm === 0 || effect.arm === 1)) {
    const who = effect.arm === 0 ? 'nobody' : 'everybody';
    return cantTell(
      'too_few_entries',
      `${who} reached the goal (${goal.label}), in arm ${arm} as in ${other}, so there is no difference to judge`,
    );
  }
  if (contrast.alwaysValid !== null) return null;
  return cantTell('too_few_entries', contrast.why ?? `${goal.label} has no spread to judge by`);
}
