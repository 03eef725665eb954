import type { NoveltyCell, ReadInputs } from '../../domain/read-inputs.ts';
import type { Estimate, NoveltyRead } from '../../domain/read.ts';
import { postStratifiedRate } from '../post-stratified.ts';
import { newcombe } from '../proportions.ts';
import { rateTest } from '../rate-test.ts';
import type { Counts } from '../shapes.ts';
import { entriesOf } from './cells.ts';
import type { Block, Comparison } from './comparison.ts';
import { comparatorGroups } from './design.ts';
import { LEVEL } from './effect.ts';
import { estimate } from './estimate.ts';
import { againstWords } from './phrases.ts';

const SIGNIFICANT = 0.05;

/** One block of a comparison with its first goal events by days since the entry. */
interface Timeline {
  entries: { arm: number; against: number };
  events: { daysSince: number; arm: number; against: number }[];
}

interface Sides {
  arm: Counts;
  against: Counts;
}

/** The effect on the goal as it adds up by days since the entry, and whether its later half takes back or adds. */
export function noveltyOf(inputs: ReadInputs, comparisons: readonly Comparison[]): NoveltyRead[] {
  return comparisons
    .filter((comparison) => comparison.verdict)
    .map((comparison): NoveltyRead => {
      const { action, arm, against } = comparison;
      const timelines = comparison.blocks
        .map((block) => timelineOf(inputs, comparison, block))
        .filter(({ entries }) => entries.arm > 0 && entries.against > 0);
      // Without a time nobody can say when an effect came: recorded outcomes have none.
      const length = timelines.some(({ events }) => events.length > 0) ? inputs.goal.windowDays : 0;
      const days = Array.from({ length }, (_, daysSince) => daysSince).flatMap((daysSince) => {
        const difference = differenceOf(between(timelines, 0, daysSince));
        return difference ? [{ daysSince, difference }] : [];
      });
      return { action, arm, against, days, sentence: say(timelines, inputs.goal.windowDays, againstWords(against)) };
    });
}

function timelineOf(inputs: ReadInputs, comparison: Comparison, block: Block): Timeline {
  const strata = new Set([...block.arm, ...block.against].map((cell) => cell.stratum));
  const others = new Set(comparatorGroups(inputs, comparison));
  const events = inputs.novelty
    .filter((cell) => strata.has(cell.stratum))
    .map((cell: NoveltyCell) => ({
      daysSince: cell.daysSince,
      arm: cell.group === comparison.arm ? cell.converted : 0,
      against: others.has(cell.group) ? cell.converted : 0,
    }));
  return { entries: { arm: entriesOf(block.arm), against: entriesOf(block.against) }, events };
}

/** Entries whose first goal event came on days `from` to `to`, of all entries. */
function between(timelines: readonly Timeline[], from: number, to: number): Sides[] {
  return timelines.map(({ entries, events }) => {
    const within = events.filter((event) => event.daysSince >= from && event.daysSince <= to);
    const side = (name: 'arm' | 'against'): Counts => ({
      converted: Math.min(
        entries[name],
        within.reduce((sum, event) => sum + event[name], 0),
      ),
      entries: entries[name],
    });
    return { arm: side('arm'), against: side('against') };
  });
}

function differenceOf(sides: readonly Sides[]): Estimate | null {
  const [only] = sides;
  if (only === undefined) return null;
  if (sides.length > 1) {
    const stratified = postStratifiedRate(sides, LEVEL);
    return stratified && estimate(stratified.value, stratified);
  }
  const { arm, against } = only;
  const interval = newcombe(arm, against, LEVEL);
  return interval && estimate(arm.converted / arm.entries - against.converted / against.entries, interval);
}

/** Two-sided p and sign of a difference. */
function testOf(sides: readonly Sides[]): { sign: number; significant: boolean } {
  const [only] = sides;
  const difference = differenceOf(sides);
  if (only === undefined || difference === null) return { sign: 0, significant: false };
  const p = sides.length > 1 ? postStratifiedRate(sides, LEVEL)?.p : rateTest(only.arm, only.against)?.p;
  return { sign: Math.sign(difference.value), significant: p !== undefined && p < SIGNIFICANT };
}

/** What the later half of the window does to the effect of the earlier one, said only where the test says so. */
function say(timelines: readonly Timeline[], windowDays: number, other: string): string {
  if (timelines.length === 0) return 'No entries to follow over the days since their entry.';
  if (timelines.every(({ events }) => events.length === 0)) return 'No goal events with a time to follow.';
  const half = Math.ceil(windowDays / 2);
  if (half >= windowDays) return 'A window of one day has no course to follow.';
  const early = testOf(between(timelines, 0, half - 1));
  const late = testOf(between(timelines, half, windowDays - 1));
  if (!early.significant && !late.significant)
    return 'No change of the effect with the days since the entry can be seen.';
  if (!late.significant) return `Steady: the effect is there by day ${half} and holds to day ${windowDays}.`;
  if (!early.significant) return `Grows: the effect comes only after day ${half}.`;
  return early.sign === late.sign
    ? `Grows: after day ${half} the difference from ${other} still gets larger.`
    : `Wears off: after day ${half} part of the difference from ${other} is taken back.`;
}
