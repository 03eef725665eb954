import type { BandValue, PolicyNumbers, PolicyVersion } from '../../../api/v1/schemas/thresholds.ts';

const DECIMALS = 3;

/** A score with three decimals at most: 0.5, 0.583. */
export function scoreText(score: number): string {
  return String(Number(score.toFixed(DECIMALS)));
}

/** The scores of a band of `bands`: "0.25–0.333". */
export function bandText(band: number, bands: number): string {
  return `${scoreText(band / bands)}–${scoreText((band + 1) / bands)}`;
}

/** A range of scores. */
export interface ScoreRange {
  from: number;
  to: number;
}

/** Scores better left alone, neighbouring bands as one range. */
export function aloneRanges(values: readonly BandValue[], bands: number): ScoreRange[] {
  const ranges: ScoreRange[] = [];
  for (const { band } of values.filter((value) => value.leaveAlone).toSorted((a, b) => a.band - b.band)) {
    const last = ranges.at(-1);
    if (last?.to === band) last.to = band + 1;
    else ranges.push({ from: band, to: band + 1 });
  }
  return ranges.map(({ from, to }) => ({ from: from / bands, to: to / bands }));
}

/** Scores outside [lo, hi) of which some are treated at random, clipped to 0..1. */
export function exploredRanges(policy: PolicyVersion): ScoreRange[] {
  const { lo, hi, outside, exploreWidth, treatByBand } = policy;
  const bands = treatByBand ?? [];
  const width = outside > 0 ? [{ from: lo - exploreWidth, to: hi + exploreWidth }] : [];
  const explored = treatByBand
    ? bands.flatMap((e, band) => (e > 0 ? [{ from: band / bands.length, to: (band + 1) / bands.length }] : []))
    : width;
  return explored
    .flatMap(({ from, to }) => [
      { from: Math.max(0, from), to: Math.min(lo, to) },
      { from: Math.max(hi, from), to: Math.min(1, to) },
    ])
    .filter(({ from, to }) => to - from > 1e-9);
}

/** Bands that come into or leave the interval by a step, with what is known of them. */
export function changedBands(
  step: { from: PolicyNumbers; to: PolicyNumbers },
  values: readonly BandValue[],
  bands: number,
): { value: BandValue; treated: boolean }[] {
  const inside = ({ lo, hi }: PolicyNumbers, band: number): boolean => {
    const middle = (band + 0.5) / bands;
    return middle >= lo && middle < hi;
  };
  return values
    .map((value) => ({ value, before: inside(step.from, value.band), treated: inside(step.to, value.band) }))
    .filter(({ before, treated }) => before !== treated)
    .map(({ value, treated }) => ({ value, treated }));
}
