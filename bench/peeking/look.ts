import type { Contrast, Estimate } from '../../src/domain/read.ts';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import { combineMoments, steadied, welch } from '../../src/experiments/means.ts';
import { newcombe } from '../../src/experiments/proportions.ts';
import { alwaysValid } from '../../src/experiments/read/always-valid.ts';
import { comparisonsOf } from '../../src/experiments/read/comparison.ts';
import { effectOf } from '../../src/experiments/read/effect.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { confidenceSequence } from '../../src/experiments/sequential/confidence-sequence.ts';
import { oddsRatioTrace } from '../../src/experiments/sequential/odds-ratio-sequence.ts';
import type { Counts } from '../../src/experiments/shapes.ts';
import { inputsByDay, MARGINS } from './inputs.ts';
import { MEAN_AMOUNT, type World, type WorldDay } from './world.ts';

/** What daily reads of one experiment came to. */
export interface Course {
  shipped: boolean;
  stopped: boolean;
  /** First look, from 1, at which the goal's always-valid interval lay above zero; null: none. */
  foundOn: number | null;
  /** Whether the interval for one look held the truth at the last look; null: there was none. */
  fixedCovered: boolean | null;
  /** Whether a test at the last look alone would have found the arm better (p < 0.05). */
  fixedFound: boolean;
  /** Whether the always-valid interval held the truth at every look that was made. */
  alwaysCovered: boolean;
  /** Decisions at looks that the screen had ruled out; always 0, or the screen is wrong. */
  surprises: number;
}

/** The true difference between arm and comparator, per entry (revenue: minor units). */
function truthOf({ goal, baseRate, lift }: World): number {
  return baseRate * lift * (goal === 'revenue' ? MEAN_AMOUNT : 1);
}

function total(
  days: readonly WorldDay[],
  side: keyof WorldDay,
  field: 'converted' | 'unsubscribed' | 'complained',
): Counts {
  return {
    converted: days.reduce((sum, day) => sum + day[side][field], 0),
    entries: days.reduce((sum, day) => sum + day[side].entries, 0),
  };
}

function guardrailMayBreak(days: readonly WorldDay[]): boolean {
  return (['unsubscribed', 'complained'] as const).some(
    (field) => newcombe(total(days, 'arm', field), total(days, 'against', field)).low > MARGINS[field],
  );
}

function revenueExcludesZero(days: readonly WorldDay[]): boolean {
  const moments = (side: keyof WorldDay) => combineMoments(days.map((day) => day[side].revenue));
  const { arm, against } = steadied(moments('arm'), moments('against'));
  const test = welch(arm, against);
  if (test === null) return false;
  const entries = arm.entries + against.entries;
  return Math.abs(test.value) > confidenceSequence({ entries, sigma: test.se * Math.sqrt(entries), alpha: 0.05 });
}

/** The looks (from 0) at which a verdict of ship or stop is possible at all: a whole read costs a hundred times as much as to know that. */
function decidableLooks(world: World, days: readonly WorldDay[]): Set<number> {
  const trace = oddsRatioTrace(
    days.map(({ arm, against }) => ({
      n1: arm.entries,
      k1: arm.converted,
      n0: against.entries,
      k0: against.converted,
    })),
    0.95,
  );
  const looks = days.map((_, look) => {
    const soFar = days.slice(0, look + 1);
    const excluded = world.goal === 'rate' ? trace[look]!.low > 0 || trace[look]!.high < 0 : revenueExcludesZero(soFar);
    return excluded || guardrailMayBreak(soFar) ? look : -1;
  });
  return new Set(looks.filter((look) => look >= 0));
}

function holds(interval: Pick<Estimate, 'low' | 'high'>, truth: number): boolean {
  return interval.low <= truth && truth <= interval.high;
}

/** The goal's intervals at a look, without the rest of the read. */
function intervalsAt(input: ReadInputs): Pick<Contrast, 'absolute' | 'p' | 'alwaysValid'> {
  const comparison = comparisonsOf(input, input.cells).find(({ verdict }) => verdict)!;
  const goal = input.metrics[0]!;
  const effect = effectOf(comparison, goal);
  const { interval } = alwaysValid(comparison, goal, { effect, level: 0.95 });
  return { absolute: effect.absolute, p: effect.p, alwaysValid: interval };
}

function noteVerdict(course: Course, input: ReadInputs, decidable: boolean): void {
  const { decision } = readExperiment(input).verdict;
  if (decision === 'ship') course.shipped = true;
  if (decision === 'stop') course.stopped = true;
  if (!decidable && (decision === 'ship' || decision === 'stop')) course.surprises++;
}

/**
 * Which looks are whole reads. decidable: those at which something could be decided, until it is; all: to show that this screen is
 * right; weekly: the last of each week, which is enough for worlds in which something works.
 */
export type Looks = 'decidable' | 'all' | 'weekly';

/** Follows an experiment by whole reads at some looks, and by the goal's intervals wherever they may leave out zero, weekly and at the end. */
export function followExperiment(world: World, days: readonly WorldDay[], looks: Looks): Course {
  const decidable = decidableLooks(world, days);
  const truth = truthOf(world);
  const course: Course = {
    shipped: false,
    stopped: false,
    foundOn: null,
    fixedCovered: null,
    fixedFound: false,
    alwaysCovered: true,
    surprises: 0,
  };
  inputsByDay(world, days).forEach((input, look) => {
    const last = look === days.length - 1;
    const mayDecide = decidable.has(look);
    const endsWeek = looks === 'weekly' && look % 7 === 6;
    const decided = course.shipped || course.stopped;
    if (looks === 'all' || endsWeek || (looks === 'decidable' && mayDecide && !decided))
      noteVerdict(course, input, mayDecide);
    if (!mayDecide && !last && !endsWeek) return;
    const { absolute, p, alwaysValid: always } = intervalsAt(input);
    if (always && !holds(always, truth)) course.alwaysCovered = false;
    if (always && always.low > 0) course.foundOn ??= look + 1;
    if (!last || !absolute) return;
    course.fixedCovered = holds(absolute, truth);
    course.fixedFound = absolute.value > 0 && (p ?? 1) < 0.05;
  });
  return course;
}
