import type { Estimate } from '../../domain/read.ts';
import type { CalibrationBand, SliceAccuracy, WarningAccuracy } from '../../domain/warning-accuracy.ts';
import { table } from './table.ts';
import { time } from './time.ts';

/** The accuracy of warnings: the sentence, a line for each slice, the calibration table, drift, and what the figures rest on. */
export function accuracyText(report: WarningAccuracy): string {
  const { campaignId, model, overall, segments, models, periods, drift } = report;
  const of = [
    ...(campaignId === null ? [] : [`of ${campaignId}`]),
    ...(model === null ? [] : [`by model ${model}`]),
    `at ${time(report.asOf)}`,
  ];
  const parts = [`accuracy of warnings ${of.join(', ')}`, report.sentence];
  if (overall.entries > 0) {
    parts.push(
      thresholdText(report),
      slicesText('', [overall]),
      slicesText('by segment', segments),
      ...(models.length > 1 ? [slicesText('by model', models)] : []),
      slicesText(`by ${report.period} of entry`, periods),
      bandsText(overall.bands),
      calibrationText(overall),
      `drift${drift.alarm ? ' ALARM' : ''}: ${drift.sentence}`,
    );
  }
  return [...parts, report.notes.map((note) => `- ${note}`).join('\n')].join('\n\n');
}

function thresholdText({ thresholds }: WarningAccuracy): string {
  if (thresholds === null) return 'no threshold is in force: every warning counts as a call';
  const { low, high } = thresholds;
  return low === high
    ? `a warning calls somebody from score ${low} on, the threshold in force`
    : `a warning calls somebody from the threshold of its segment on, ${low} to ${high}`;
}

function slicesText(title: string, slices: readonly SliceAccuracy[]): string {
  const head = [title, 'entries', 'left', 'called', 'precision', 'recall', 'AUC', 'Brier', 'slope'];
  const lines = slices.map((slice) => [
    slice.value ?? 'all',
    slice.entries,
    slice.left,
    slice.called,
    percentText(slice.precision),
    percentText(slice.recall),
    estimateText(slice.auc, 3),
    slice.brier === null ? null : slice.brier.toFixed(3),
    estimateText(slice.slope, 2),
  ]);
  const why = slices.flatMap((slice) => slice.why.map((reason) => `  ${slice.value ?? 'all'}: ${reason}`));
  return [table(head, lines), ...why].join('\n');
}

function bandsText(bands: readonly CalibrationBand[]): string {
  return table(
    ['score', 'entries', 'promised', 'left', 'interval'],
    bands.map(({ from, to, entries, meanScore, observed }) => [
      `${from.toFixed(3)}–${to.toFixed(3)}`,
      entries,
      `${percent(meanScore)} %`,
      `${percent(observed.value)} %`,
      `[${percent(observed.low)}, ${percent(observed.high)}]`,
    ]),
  );
}

function calibrationText({ bias, slope, intercept, brier, brierOfShare }: SliceAccuracy): string {
  const parts: string[] = [];
  if (bias)
    parts.push(
      `scores promise ${percent(Math.abs(bias.value))} points too ${bias.value < 0 ? 'little' : 'much'} on average [${percent(bias.low)}, ${percent(bias.high)}]`,
    );
  if (slope && intercept)
    parts.push(`slope ${estimateText(slope, 2)}, intercept ${estimateText(intercept, 2)} (1 and 0 are right)`);
  if (brier !== null && brierOfShare !== null)
    parts.push(`Brier ${brier.toFixed(3)}, against ${brierOfShare.toFixed(3)} for knowing only the share that left`);
  return `calibration: ${parts.join('; ')}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function percentText(estimate: Estimate | null): string | null {
  return estimate && `${percent(estimate.value)} % [${percent(estimate.low)}, ${percent(estimate.high)}]`;
}

function estimateText(estimate: Estimate | null, digits: number): string | null {
  if (estimate === null) return null;
  const { value, low, high } = estimate;
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
