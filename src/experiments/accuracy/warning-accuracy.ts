import type { AccuracyInputs, AccuracySlice, SliceAccuracy, WarningAccuracy } from '../../domain/warning-accuracy.ts';
import { driftOf } from './drift.ts';
import { sliceAccuracy } from './slice-accuracy.ts';

const NOBODY: AccuracySlice = {
  dimension: 'all',
  value: null,
  sums: {
    entries: 0,
    left: 0,
    called: 0,
    calledLeft: 0,
    scoreSum: 0,
    squaredErrors: 0,
    pairsWon: 0,
    lowestScore: 0,
    highestScore: 0,
  },
  bands: [],
  logOdds: [],
};

/** How right the warnings were, from the sums over held-out entries. */
export function warningAccuracy(
  inputs: AccuracyInputs,
  asked: { asOf: string; campaignId: string | null; model: string | null },
): WarningAccuracy {
  const of = (dimension: AccuracySlice['dimension']): AccuracySlice[] =>
    inputs.slices
      .filter((slice) => slice.dimension === dimension)
      .toSorted((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  const judge = (slice: AccuracySlice): SliceAccuracy => sliceAccuracy(slice, inputs.bands);
  const overall = judge(of('all')[0] ?? NOBODY);
  return {
    ...asked,
    period: inputs.period,
    thresholds: inputs.thresholds,
    overall,
    segments: of('segment').map(judge),
    models: of('model').map(judge),
    periods: of('period').map(judge),
    drift: driftOf(of('period'), inputs.period),
    sentence: say(overall, inputs),
    notes: notesOn(inputs, overall),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const count = (value: number): string => value.toLocaleString('en');

function say(overall: SliceAccuracy, inputs: AccuracyInputs): string {
  const { entries, left, precision, recall, auc } = overall;
  if (entries === 0) {
    return inputs.immature > 0
      ? `Nothing to judge yet: the outcome windows of all ${count(inputs.immature)} held-out entries are still open.`
      : 'Nothing to judge: nobody was held out. A holdout above 0 in the campaign file, or the global holdout, is what warnings are judged on.';
  }
  const parts = [`Of ${count(entries)} held-out entries ${count(left)} left (${percent(left / entries)})`];
  if (precision) parts.push(`of those a warning calls, ${percent(precision.value)} did`);
  if (recall) parts.push(`of those who left, ${percent(recall.value)} had been called`);
  if (auc) parts.push(`one who left has the higher score in ${percent(auc.value)} of pairs`);
  return `${parts.join('; ')}.`;
}

function notesOn(inputs: AccuracyInputs, overall: SliceAccuracy): string[] {
  const notes = [
    'Judged on people who were randomly not treated (holdout and global holdout): treatment would hide the warnings that were right. "Left" means none of the campaign\'s return events within its outcome window.',
    'Only people who passed the ladder (consent, caps, reachable …) and whose score lay in the range that the policy enters are in it: recall is among them, not among all users, and people below that range are not judged.',
    'A user who entered several times counts each time, so intervals are a little too narrow.',
  ];
  const { slope } = overall;
  if (slope && slope.high < 1)
    notes.push(
      `Scores are too extreme (slope ${slope.value.toFixed(2)}): high ones promise too much, low ones too little.`,
    );
  if (slope && slope.low > 1)
    notes.push(`Scores are too timid (slope ${slope.value.toFixed(2)}): they differ less than people do.`);
  if (inputs.immature > 0)
    notes.push(`${count(inputs.immature)} held-out entries are left out: their outcome window is still open.`);
  if (inputs.unmeasured > 0)
    notes.push(
      `${count(inputs.unmeasured)} held-out entries of recorded experiments are left out: their files have no return events.`,
    );
  if (inputs.contactedElsewhere > 0) {
    notes.push(
      `To ${count(inputs.contactedElsewhere)} of these entries another campaign wrote within the window; some may have come back for that.`,
    );
  }
  return notes;
}
