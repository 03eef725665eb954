import type { Estimate } from '../../domain/read.ts';
import type {
  AccuracySlice,
  AccuracySums,
  CalibrationBand,
  ScoreBand,
  SliceAccuracy,
} from '../../domain/warning-accuracy.ts';
import { criticalZ, wilson } from '../proportions.ts';
import { aucEstimate } from './auc.ts';
import { recalibrate } from './recalibration.ts';

/** Fewer who left, or who came back, leave every figure to chance; they are shown with their intervals, and it is said. */
export const FEW = 10;

function share(converted: number, entries: number): Estimate | null {
  if (entries === 0) return null;
  return { value: converted / entries, ...wilson({ converted, entries }) };
}

/** Mean of (score − left) and its variance by entry: Σd²/n − mean². */
export function scoreBias(sums: AccuracySums): { value: number; variance: number } {
  const value = (sums.scoreSum - sums.left) / sums.entries;
  return { value, variance: Math.max(0, sums.squaredErrors / sums.entries - value * value) };
}

function biasEstimate(sums: AccuracySums): Estimate | null {
  if (sums.entries < 2) return null;
  const { value, variance } = scoreBias(sums);
  const half = criticalZ(0.95) * Math.sqrt(variance / sums.entries);
  return { value, low: value - half, high: value + half };
}

function calibrationBand({ band, entries, left, scoreSum }: ScoreBand, bands: number): CalibrationBand | null {
  const observed = share(left, entries);
  if (observed === null) return null;
  return { from: band / bands, to: (band + 1) / bands, entries, left, meanScore: scoreSum / entries, observed };
}

function reasons(sums: AccuracySums): string[] {
  const { entries, left, called } = sums;
  const back = entries - left;
  if (entries === 0) return ['no held-out entry whose outcome window is over'];
  const why: string[] = [];
  if (called === 0) why.push('no precision: no score is at or above the threshold in force');
  if (left === 0) why.push('no recall and no AUC: everybody came back, so there is nobody to tell apart');
  else if (back === 0) why.push('no AUC: nobody came back, so there is nobody to tell apart');
  else if (sums.lowestScore === sums.highestScore) why.push('every score is the same: they rank nobody');
  else if (Math.min(left, back) < FEW) {
    why.push(`too few to rely on: ${left} left and ${back} came back; at least ${FEW} of each are wanted`);
  }
  return why;
}

/** The accuracy of one slice: shares by Wilson, AUC by Newcombe, calibration by bands and by logistic regression. */
export function sliceAccuracy(slice: AccuracySlice, bands: number): SliceAccuracy {
  const { dimension, value, sums } = slice;
  const { entries, left, called, calledLeft, pairsWon } = sums;
  const back = entries - left;
  const bothKinds = left > 0 && back > 0;
  const fit = bothKinds ? recalibrate(slice.logOdds) : null;
  const why = reasons(sums);
  if (bothKinds && fit === null && sums.lowestScore !== sums.highestScore) {
    why.push('no calibration slope: the scores part those who left from those who came back completely');
  }
  return {
    dimension,
    value,
    entries,
    left,
    called,
    precision: share(calledLeft, called),
    recall: share(calledLeft, left),
    auc: bothKinds ? aucEstimate({ positives: left, negatives: back, pairsWon }) : null,
    brier: entries === 0 ? null : sums.squaredErrors / entries,
    brierOfShare: entries === 0 ? null : (left / entries) * (back / entries),
    bias: biasEstimate(sums),
    slope: fit?.slope ?? null,
    intercept: fit?.intercept ?? null,
    bands: slice.bands.flatMap((band) => calibrationBand(band, bands) ?? []),
    why,
  };
}
