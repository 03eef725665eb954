import type { AccuracySlice, Drift, DriftTest, ScoreBand } from '../../domain/warning-accuracy.ts';
import { chiSquareSf } from '../distributions/chi-square.ts';
import { normalSf } from '../distributions/normal.ts';
import { holm } from '../multiplicity.ts';
import { aucOf, aucVariance, type Ranking } from './auc.ts';
import { FEW, scoreBias } from './slice-accuracy.ts';

/** p after Holm under which the warnings are said to have changed. */
const ALARM = 0.01;
/** Population stability index from which a shift of the scores matters (the usual 0.1: "moderate"). */
const NOTABLE_SHIFT = 0.1;
const LEAST_EXPECTED = 5;

type Untested = Omit<DriftTest, 'pAdjusted'>;

function rankingOf({ sums }: AccuracySlice): Ranking {
  return { positives: sums.left, negatives: sums.entries - sums.left, pairsWon: sums.pairsWon };
}

function canBeRanked(slice: AccuracySlice): boolean {
  const { positives, negatives } = rankingOf(slice);
  return Math.min(positives, negatives) >= FEW;
}

function twoSided(z: number): number {
  return Math.min(1, 2 * normalSf(Math.abs(z)));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** z of the newest AUC against the mean of the earlier ones, weighted by their pairs (so that only ranking within a period counts). */
function rankingTest(now: AccuracySlice, earlier: readonly AccuracySlice[]): Untested | null {
  const before = earlier.filter(canBeRanked).map(rankingOf);
  const pairs = (ranking: Ranking): number => ranking.positives * ranking.negatives;
  const all = sum(before, pairs);
  if (all === 0) return null;
  const mean = sum(before, (ranking) => ranking.pairsWon) / all;
  const meanVariance = sum(before, (ranking) => pairs(ranking) ** 2 * aucVariance(mean, ranking)) / all ** 2;
  const area = aucOf(rankingOf(now));
  const variance = aucVariance(area, rankingOf(now)) + meanVariance;
  if (!(variance > 0)) return null;
  const direction = area < mean ? 'worse' : 'better';
  return {
    what: 'ranking',
    now: area,
    before: mean,
    p: twoSided((area - mean) / Math.sqrt(variance)),
    sentence: `scores rank ${direction} than before: AUC ${area.toFixed(3)} against ${mean.toFixed(3)}`,
  };
}

/** z of the newest mean (score − left) against the earlier one. */
function calibrationTest(now: AccuracySlice, earlier: readonly AccuracySlice[]): Untested | null {
  const pooled = earlier.map(({ sums }) => sums);
  const before = scoreBias({
    ...now.sums,
    entries: sum(pooled, ({ entries }) => entries),
    left: sum(pooled, ({ left }) => left),
    scoreSum: sum(pooled, ({ scoreSum }) => scoreSum),
    squaredErrors: sum(pooled, ({ squaredErrors }) => squaredErrors),
  });
  const own = scoreBias(now.sums);
  const variance = own.variance / now.sums.entries + before.variance / sum(pooled, ({ entries }) => entries);
  if (!(variance > 0)) return null;
  const points = (share: number): string => `${share < 0 ? '' : '+'}${(100 * share).toFixed(1)} points`;
  return {
    what: 'calibration',
    now: own.value,
    before: before.value,
    p: twoSided((own.value - before.value) / Math.sqrt(variance)),
    sentence: `scores miss the share that left by ${points(own.value)}, before by ${points(before.value)}`,
  };
}

function countsByBand(slices: readonly AccuracySlice[]): Map<number, number> {
  const counts = new Map<number, number>();
  const all: ScoreBand[] = slices.flatMap(({ bands }) => bands);
  for (const { band, entries } of all) counts.set(band, (counts.get(band) ?? 0) + entries);
  return counts;
}

/** Population stability index Σ(p − q)·ln(p/q) over score bands, empty ones counted as half an entry; p by χ² of homogeneity. */
function scoreTest(now: AccuracySlice, earlier: readonly AccuracySlice[]): Untested | null {
  const [own, before] = [countsByBand([now]), countsByBand(earlier)];
  const bands = [...new Set([...own.keys(), ...before.keys()])];
  const [n, m] = [now.sums.entries, sum(earlier, ({ sums }) => sums.entries)];
  let [index, chi2, judged] = [0, 0, 0];
  for (const band of bands) {
    const [here, there] = [own.get(band) ?? 0, before.get(band) ?? 0];
    const p = (here + 0.5) / (n + bands.length / 2);
    const q = (there + 0.5) / (m + bands.length / 2);
    index += (p - q) * Math.log(p / q);
    const expected = ((here + there) * Math.min(n, m)) / (n + m);
    if (expected < LEAST_EXPECTED) continue;
    judged++;
    chi2 += (here * m - there * n) ** 2 / (n * m * (here + there));
  }
  if (judged < 2) return null;
  const shifted = index >= NOTABLE_SHIFT;
  return {
    what: 'scores',
    now: index,
    before: 0,
    // A shift too small to matter is no alarm, however sure it is with many entries.
    p: shifted ? chiSquareSf(chi2, judged - 1) : 1,
    sentence: `scores are spread ${shifted ? 'otherwise than' : 'much as'} before: stability index ${index.toFixed(3)}`,
  };
}

function unjudged(sentence: string): Drift {
  return { period: null, tests: [], alarm: false, sentence };
}

/** Compares the newest period that has enough entries with those before it; `periods` in their order. Three tests, Holm, alarm under 0.01. */
export function driftOf(periods: readonly AccuracySlice[], unit: 'week' | 'month'): Drift {
  const last = periods.findLastIndex(canBeRanked);
  const now = periods[last];
  if (now === undefined) {
    return unjudged(`Whether they change can't be told: no ${unit} has ${FEW} who left and ${FEW} who came back.`);
  }
  const earlier = periods.slice(0, last);
  if (!earlier.some(canBeRanked)) {
    return unjudged(
      `Whether they change can't be told yet: it takes two ${unit}s with ${FEW} who left and ${FEW} who came back.`,
    );
  }
  const found = [rankingTest(now, earlier), calibrationTest(now, earlier), scoreTest(now, earlier)].filter(
    (test) => test !== null,
  );
  const adjusted = holm(found.map(({ p }) => p));
  const tests = found.map((test, index) => ({ ...test, pAdjusted: adjusted[index] ?? 1 }));
  const changed = tests.filter(({ pAdjusted }) => pAdjusted < ALARM);
  const sentence = say({ now, unit, changed });
  return { period: now.value, tests, alarm: changed.length > 0, sentence };
}

function say(input: { now: AccuracySlice; unit: 'week' | 'month'; changed: readonly DriftTest[] }): string {
  const { now, unit, changed } = input;
  const since = `In the ${unit} from ${now.value}`;
  if (changed.length === 0) {
    return `${since} the warnings are as before, as far as ${now.sums.entries.toLocaleString('en')} entries can tell.`;
  }
  const found = changed.map((test) => `${test.sentence} (p ${pText(test.pAdjusted)})`).join('; ');
  const moved = changed.some(({ what }) => what === 'scores');
  const hint = moved ? ' A threshold that moved changes which scores enter, and with them the AUC.' : '';
  return `${since} the warnings have changed: ${found}.${hint}`;
}

function pText(p: number): string {
  return p < 0.0001 ? '< 0.0001' : `= ${Number(p.toPrecision(2))}`;
}
