import { HELD_OUT_GROUPS, type ReadCell, type ReadInputs, type Stratum } from '../../domain/read-inputs.ts';
import type { SampleRatioRead } from '../../domain/read.ts';
import { chiSquareSf } from '../distributions/chi-square.ts';
import { sampleRatio, sequentialSampleRatio } from '../sample-ratio.ts';
import { entriesOf, groupBy } from './cells.ts';
import { actionsOf, armProbability, armsOf, heldOutProbabilities } from './design.ts';
import { finiteOrNull } from './estimate.ts';
import { count, pWords } from './phrases.ts';

/** p under which every decision is frozen. */
const ALARM = 0.001;
/** Groups that expect fewer are judged together: χ² doesn't hold for them. */
const LEAST_EXPECTED = 5;

/** Entries of one stratum by group, in the order of `names`, with the probabilities that the groups had. */
interface StratumRatio {
  inInterval: boolean;
  observed: number[];
  probabilities: number[];
  days: number[][];
}

/**
 * Whether the groups of each action have the sizes that their probabilities promise, given that an entry was not in the
 * global holdout: that one sticks to users, who may enter again, so its entries aren't independent draws.
 */
export function sampleRatiosOf(inputs: ReadInputs, cells: readonly ReadCell[]): SampleRatioRead[] {
  return actionsOf(inputs).map((action) => {
    const strata = inputs.strata.filter((stratum) => stratum.action === action);
    const byStratum = groupBy(cells, (cell) => cell.stratum);
    const own = strata.flatMap((stratum) => byStratum.get(stratum.stratum) ?? []);
    const names = namesOf(inputs, action, own);
    const ratios = strata.map((stratum) => ratioOf(stratum, names, byStratum.get(stratum.stratum) ?? []));
    return judge(action, names, ratios);
  });
}

function namesOf(inputs: ReadInputs, action: string, cells: readonly ReadCell[]): string[] {
  const arms = armsOf(inputs, action).map((arm) => arm.arm);
  const present = cells.map((cell) => cell.group).filter((group) => group !== 'global_holdout');
  const held = HELD_OUT_GROUPS.filter((group) => group !== 'global_holdout');
  return [...new Set([...arms, ...present.toSorted(), ...held])];
}

function ratioOf(stratum: Stratum, names: readonly string[], cells: readonly ReadCell[]): StratumRatio {
  const heldOut = heldOutProbabilities(stratum);
  const drawn = 1 - heldOut.global_holdout;
  const probabilities = names.map((name) => {
    const whole = name === 'holdout' || name === 'untreated' ? heldOut[name] : armProbability(stratum, name);
    return drawn > 0 ? whole / drawn : 0;
  });
  const countBy = (some: readonly ReadCell[]): number[] =>
    names.map((name) => entriesOf(some.filter((cell) => cell.group === name)));
  const days = [...groupBy(cells, (cell) => cell.day)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    inInterval: stratum.inInterval,
    observed: countBy(cells),
    probabilities,
    days: days.map(([, some]) => countBy(some)),
  };
}

function judge(action: string, names: readonly string[], ratios: readonly StratumRatio[]): SampleRatioRead {
  const leaks = names.filter((_, index) =>
    ratios.some((ratio) => (ratio.probabilities[index] ?? 0) <= 0 && (ratio.observed[index] ?? 0) > 0),
  );
  const parts = [true, false].map((inInterval) => chiSquare(ratios.filter((ratio) => ratio.inInterval === inInterval)));
  const tested = parts.filter((part) => part !== null);
  const chi2 = tested.length === 0 ? null : tested.reduce((sum, part) => sum + part.chi2, 0);
  const df = tested.reduce((sum, part) => sum + part.df, 0);
  const p = chi2 === null ? null : finiteOrNull(chiSquareSf(chi2, df));
  const sequentialP = sequential(ratios);
  const alarm = leaks.length > 0 || (p !== null && p < ALARM) || (sequentialP !== null && sequentialP < ALARM);
  const sizes = expectedSizes(ratios, names.length);
  const groups = names
    .map((group, index) => ({ group, observed: sizes.observed[index] ?? 0, expected: sizes.expected[index] ?? 0 }))
    .filter((row) => row.observed > 0 || row.expected > 0);
  return {
    action,
    groups,
    chi2,
    df,
    p,
    sequentialP,
    leaks,
    alarm,
    sentence: say({ action, leaks, p, sequentialP, alarm, groups }),
  };
}

function expectedSizes(ratios: readonly StratumRatio[], size: number): { observed: number[]; expected: number[] } {
  const observed = Array.from({ length: size }, () => 0);
  const expected = Array.from({ length: size }, () => 0);
  for (const ratio of ratios) {
    const entries = ratio.observed.reduce((sum, value) => sum + value, 0);
    for (let index = 0; index < size; index++) {
      observed[index] = (observed[index] ?? 0) + (ratio.observed[index] ?? 0);
      expected[index] = (expected[index] ?? 0) + entries * (ratio.probabilities[index] ?? 0);
    }
  }
  return { observed, expected };
}

/** χ² of the summed sizes; the probabilities of strata inside the interval are near each other, and so are those outside. */
function chiSquare(ratios: readonly StratumRatio[]): { chi2: number; df: number } | null {
  const { observed, expected } = expectedSizes(ratios, ratios[0]?.observed.length ?? 0);
  const judged: { observed: number; expected: number }[] = [];
  const rare = { observed: 0, expected: 0 };
  expected.forEach((value, index) => {
    if (!(value > 0)) return;
    const row = { observed: observed[index] ?? 0, expected: value };
    if (value >= LEAST_EXPECTED) judged.push(row);
    else {
      rare.observed += row.observed;
      rare.expected += row.expected;
    }
  });
  if (rare.expected >= LEAST_EXPECTED) judged.push(rare);
  if (judged.length < 2) return null;
  const { chi2, df } = sampleRatio({
    observed: judged.map((row) => row.observed),
    weights: judged.map((row) => row.expected),
  });
  return chi2 === null || !Number.isFinite(chi2) ? null : { chi2, df };
}

/** p of the Dirichlet-multinomial test over days: Bayes factors of the strata multiply, each with its own probabilities. */
function sequential(ratios: readonly StratumRatio[]): number | null {
  const logs = ratios.flatMap((ratio) => {
    const last = sequentialSampleRatio(ratio.days, ratio.probabilities).at(-1);
    return last === undefined || !Number.isFinite(last.logBayesFactor) ? [] : [last];
  });
  if (logs.length === 0) return null;
  if (logs.length === 1) return finiteOrNull(logs[0]?.p);
  return Math.min(1, Math.exp(-logs.reduce((sum, { logBayesFactor }) => sum + logBayesFactor, 0)));
}

function say(read: Omit<SampleRatioRead, 'chi2' | 'df' | 'sentence'>): string {
  const { action, leaks, p, sequentialP, alarm, groups } = read;
  if (leaks.length > 0) {
    return `Groups of ${action}: ${leaks.join(', ')} ${leaks.length === 1 ? 'has' : 'have'} entries though nobody could fall there; nothing can be trusted until that is explained.`;
  }
  if (alarm) {
    const worst = Math.min(p ?? 1, sequentialP ?? 1);
    const sizes = groups.map((row) => `${row.group} ${count(row.observed)} for ${count(row.expected)}`).join(', ');
    return `Groups of ${action} don't have the sizes that chance would give (${pWords(worst)}; ${sizes} expected); nothing can be trusted until that is explained.`;
  }
  if (p === null) return `Groups of ${action}: too few entries to check their sizes.`;
  return `Groups of ${action} have the sizes that chance would give (${pWords(p)}).`;
}
