import type { EvidenceCell, Freeze, LearnedPolicy, LearnInput } from '../../src/domain/learning.ts';
import { bestInterval } from '../../src/experiments/best-interval.ts';
import { treatProbability } from '../../src/experiments/assign.ts';
import { coverage } from '../../src/policy/thresholds/interval-moves.ts';
import { drawsOf } from './random.ts';
import { startPolicy, type Step, type Strategy } from './strategies.ts';
import { ACTION, segmentWeek, type Split } from './weeks.ts';
import { BANDS, CENTS, COSTS, trueValue, type World } from './worlds.ts';

export interface RunOptions {
  weeks: number;
  exploreWidth: number;
  split: Split;
  /** What a sample-ratio check says in a week. */
  freezes?: (week: number) => Freeze[];
}

/** A change of an interval with what it is truly worth a week, in minor units. */
export interface MoveMade {
  week: number;
  kind: Step['kind'];
  chance: number | null;
  delta: number;
}

/** What a run came to. Values a week in minor units. */
export interface RunResult {
  best: number;
  start: number;
  /** Of the final intervals, everybody inside treated and nobody outside. */
  final: number;
  /** Of the final policy as it is drawn: exploration and the held out included. */
  drawn: number;
  moves: MoveMade[];
  flips: number;
}

function intervalValue(values: readonly number[], policy: LearnedPolicy): number {
  return coverage(policy, BANDS).reduce((sum, part, band) => sum + part * (values[band] ?? 0), 0);
}

function inputOf(
  world: World,
  state: { policies: LearnedPolicy[]; cohorts: EvidenceCell[][]; week: number },
): LearnInput {
  const { kind } = world;
  return {
    campaignId: world.kind.name,
    asOf: new Date(Date.UTC(2026, 0, 5 + 7 * state.week)).toISOString(),
    currency: 'USD',
    bands: BANDS,
    bounds: { lo: 0, hi: 1 },
    policies: state.policies,
    evidence: state.cohorts.slice(0, Math.max(0, state.cohorts.length - kind.windowWeeks)).flat(),
    usersPerWeek: world.segments.flatMap(({ name: segment, bands }) =>
      bands.map(({ users }, band) => ({ segment, action: ACTION, band, users })),
    ),
    unsubscribeCost: CENTS * COSTS.unsubscribe,
    unsubscribeMargin: kind.unsubscribeMargin,
    complaintMargin: 1,
    inferiorGuardrails: [],
    cooldownWeeks: Math.max(1, kind.windowWeeks),
    budgetPerWeek: null,
    thompson: null,
  };
}

/** +1 where an end of the interval moved up, −1 where it moved down. */
interface Ends {
  lo: number;
  hi: number;
}

function flipsOf(before: LearnedPolicy, step: Step, last: Ends): number {
  let flips = 0;
  for (const end of ['lo', 'hi'] as const) {
    const direction = Math.sign(step[end] - before[end]);
    if (direction === 0) continue;
    if (last[end] === -direction) flips += 1;
    last[end] = direction;
  }
  return flips;
}

/** Plays one strategy through one world: every week a wave, then a cycle on the entries that are mature. */
export function runWorld(world: World, strategy: Strategy, options: RunOptions): RunResult {
  const draws = drawsOf(world.seed, 1);
  const values = world.segments.map((segment) =>
    segment.bands.map((band) => band.users * trueValue(world, segment, band)),
  );
  const policies = world.segments.map(({ name }) => startPolicy(name, ACTION, options.exploreWidth));
  const movedAt = policies.map((): number | null => null);
  const lastEnds = policies.map((): Ends => ({ lo: 0, hi: 0 }));
  const total = (value: (at: number) => number): number => policies.reduce((sum, _, at) => sum + value(at), 0);
  const start = total((at) => intervalValue(values[at]!, policies[at]!));
  const cohorts: EvidenceCell[][] = [];
  const moves: MoveMade[] = [];
  let flips = 0;
  for (let week = 0; week < options.weeks; week++) {
    for (const cell of cohorts.flat()) cell.ageWeeks += 1;
    cohorts.push(
      world.segments.flatMap((segment, at) =>
        segmentWeek(world, segment, { policy: policies[at]!, week, split: options.split }, draws),
      ),
    );
    const freezes = options.freezes?.(week) ?? [];
    policies.forEach((policy, at) => {
      const moved = movedAt[at] ?? null;
      policies[at] = { ...policy, freezes, weeksSinceMove: moved === null ? null : week - moved };
    });
    for (const step of strategy.step(inputOf(world, { policies, cohorts, week }))) {
      const before = policies[step.policy]!;
      const after = { ...before, lo: step.lo, hi: step.hi, treatByBand: step.treatByBand };
      policies[step.policy] = after;
      if (before.lo === after.lo && before.hi === after.hi) continue;
      const own = values[step.policy]!;
      const delta = intervalValue(own, after) - intervalValue(own, before);
      moves.push({ week, kind: step.kind, chance: step.chance, delta });
      flips += flipsOf(before, step, lastEnds[step.policy]!);
      movedAt[step.policy] = week;
    }
  }
  return {
    best: total((at) => bestInterval(values[at]!).value),
    start,
    final: total((at) => intervalValue(values[at]!, policies[at]!)),
    drawn: total((at) =>
      values[at]!.reduce((sum, value, band) => sum + value * treatProbability(policies[at]!, (band + 0.5) / BANDS), 0),
    ),
    moves,
    flips,
  };
}
