import { expect, test } from 'vitest';
import { measure } from '../../bench/learning/measures.ts';
import { drawsOf } from '../../bench/learning/random.ts';
import { runWorld } from '../../bench/learning/run.ts';
import { checkSafety } from '../../bench/learning/safety.ts';
import { startPolicy, STRATEGIES } from '../../bench/learning/strategies.ts';
import { ACTION, segmentWeek } from '../../bench/learning/weeks.ts';
import { BANDS, createWorld, trueValue, WORLDS } from '../../bench/learning/worlds.ts';
import { treatProbability } from '../../src/experiments/assign.ts';

const OPTIONS = { weeks: 25, exploreWidth: 1 / 6, split: 'cells' } as const;

function play(strategy: string, world: string, seeds: readonly number[]) {
  const kind = WORLDS.find(({ name }) => name === world)!;
  const found = STRATEGIES.find(({ name }) => name === strategy)!;
  return measure(seeds.map((seed) => runWorld(createWorld(kind, seed), found, OPTIONS)));
}

// Few seeds for speed; `npm run bench:learning` has the targets on sixty.
const SEEDS = [501, 502];

test('the gate is what keeps false moves away: without it every other move loses, and boundaries swing', () => {
  const gated = play('gate 0.95', 'mixed', SEEDS);
  const open = play('weekly argmax, decomposed', 'mixed', SEEDS);
  expect(open.falseMoves).toBeGreaterThan(0.35);
  expect(open.flips).toBeGreaterThan(5);
  expect(gated.falseMoves).toBeLessThan(0.2);
  expect(gated.flips).toBeLessThan(2);
  expect(gated.moves).toBeGreaterThan(5);
  expect(gated.final).toBeGreaterThan(gated.start);
});

test('where treatment does nothing, what is treated shrinks to almost nobody', () => {
  const { start, final } = play('gate 0.95', 'null', [501]);
  expect(start).toBeLessThan(0);
  expect(final / start).toBeLessThan(0.5);
});

test('a guardrail that is inferior retreats in the same cycle, and a sample-ratio alarm stops every move', () => {
  const safety = checkSafety({ seeds: 1, from: 501, exploreWidth: 1 / 6, weeks: 20 });
  expect(safety.breached).toBeGreaterThan(10);
  expect(safety.retreated).toBe(safety.breached);
  expect(safety.movesUnderAlarm).toBe(0);
  expect(safety.movesBefore).toBeGreaterThan(0);
});

test('the draw by cell is the draw of the product entry by entry', () => {
  const world = createWorld(WORLDS[0]!, 501);
  const policy = startPolicy('x', ACTION, 1 / 6);
  const segment = world.segments.toSorted((a, b) => b.bands[6]!.users - a.bands[6]!.users)[0]!;
  const shares = (['cells', 'entries'] as const).map((split) => {
    const cells = segmentWeek(world, segment, { policy, week: 0, split }, drawsOf(1, 1));
    return Array.from({ length: BANDS }, (_, band) => {
      const own = cells.filter((cell) => cell.band === band);
      const entries = own.reduce((sum, cell) => sum + cell.entries, 0);
      return { entries, treated: own.find((cell) => cell.treated)?.entries ?? 0 };
    });
  });
  for (const bands of shares) {
    bands.forEach(({ entries, treated }, band) => {
      const e = treatProbability(policy, (band + 0.5) / BANDS);
      expect(Math.abs(treated - e * entries)).toBeLessThanOrEqual(5 * Math.sqrt(e * (1 - e) * entries));
    });
  }
});

test('the evidence of a world is unbiased: many weeks of a band come to its true value', () => {
  const world = createWorld(WORLDS[0]!, 502);
  const segment = world.segments[0]!;
  const policy = startPolicy(segment.name, ACTION, 1 / 6);
  const draws = drawsOf(2, 1);
  const cells = Array.from({ length: 1_000 }, (_, week) =>
    segmentWeek(world, segment, { policy, week, split: 'cells' }, draws).filter((cell) => cell.band === 7),
  ).flat();
  const perEntry = (treated: boolean): number => {
    const side = cells.filter((cell) => cell.treated === treated);
    return side.reduce((sum, cell) => sum + cell.netSum, 0) / side.reduce((sum, cell) => sum + cell.entries, 0);
  };
  const spread = (treated: boolean): number => {
    const side = cells.filter((cell) => cell.treated === treated);
    const entries = side.reduce((sum, cell) => sum + cell.entries, 0);
    return side.reduce((sum, cell) => sum + cell.netM2, 0) / entries ** 2;
  };
  const error = Math.sqrt(spread(true) + spread(false));
  expect(Math.abs(perEntry(true) - perEntry(false) - trueValue(world, segment, segment.bands[7]!))).toBeLessThan(
    5 * error,
  );
});
