import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { drawsOf } from './random.ts';
import { startPolicy } from './strategies.ts';
import { ACTION, segmentWeek } from './weeks.ts';
import { BANDS, CENTS, COSTS, createWorld, WORLDS } from './worlds.ts';

const SEGMENTS = 50;
const WEEKS = 40;
const REPEATS = 3;

/** CPU seconds of one learning cycle over 50 segments × 12 bands with 40 weeks of evidence in every band; the best of three. */
export function cycleSeconds(): { seconds: number; cells: number } {
  const draws = drawsOf(7, 2);
  const segments = Array.from({ length: SEGMENTS }, (_, at) => ({
    ...createWorld(WORLDS[0]!, at).segments[0]!,
    name: `segment-${at}`,
  }));
  const world = { ...createWorld(WORLDS[0]!, 0), segments };
  const policies = segments.map(({ name }) => startPolicy(name, ACTION, 1));
  const evidence = Array.from({ length: WEEKS }, (_, week) =>
    segments.flatMap((segment, at) =>
      segmentWeek(world, segment, { policy: policies[at]!, week, split: 'cells' }, draws).map((cell) => ({
        ...cell,
        ageWeeks: WEEKS - week,
      })),
    ),
  ).flat();
  const input = {
    campaignId: 'bench',
    asOf: '2026-01-05T00:00:00.000Z',
    currency: 'USD',
    bands: BANDS,
    bounds: { lo: 0, hi: 1 },
    policies,
    evidence,
    usersPerWeek: segments.flatMap(({ name: segment, bands }) =>
      bands.map(({ users }, band) => ({ segment, action: ACTION, band, users })),
    ),
    unsubscribeCost: CENTS * COSTS.unsubscribe,
    unsubscribeMargin: 1,
    complaintMargin: 1,
    inferiorGuardrails: [],
    cooldownWeeks: 1,
    budgetPerWeek: 1_000_000,
    thompson: null,
  };
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    learnThresholds(input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return { seconds: Math.min(...times), cells: evidence.length };
}
