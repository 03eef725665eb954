import type { ReadInputs } from '../../domain/read-inputs.ts';
import type { SliceRead } from '../../domain/read.ts';
import type { Comparison } from './comparison.ts';
import { percent, count } from './phrases.ts';
import { isStillDrawn } from './still-drawn.ts';

const DAY_MS = 86_400_000;
/** A feed that has been silent for longer is remarked on. */
const SILENT_DAYS = 3;

/** What a reader should know besides the figures, in sentences. */
export function notesOf(input: {
  inputs: ReadInputs;
  comparisons: readonly Comparison[];
  slices: readonly SliceRead[];
  level: number;
  explorationEntries: number;
}): string[] {
  const { inputs } = input;
  return [
    ...multiplicity(input),
    ...estimators(inputs, input.comparisons),
    ...leftOut(inputs, input.explorationEntries),
    ...recorded(inputs),
    ...remarks(inputs),
  ];
}

function multiplicity(input: {
  inputs: ReadInputs;
  comparisons: readonly Comparison[];
  slices: readonly SliceRead[];
  level: number;
}): string[] {
  const { inputs, comparisons, slices, level } = input;
  const notes = ['Verdicts rest on always-valid intervals: reading every day does not make a false one likelier.'];
  const judged = comparisons.filter((comparison) => comparison.verdict && comparison.entries > 0).length;
  if (judged > 1)
    notes.push(`${judged} arms are judged, so each verdict uses a level of ${percent(level)} (Bonferroni).`);
  const secondary = inputs.metrics.filter((metric) => metric.role === 'secondary').length;
  if (secondary > 1) notes.push(`p of the ${secondary} secondary metrics are corrected among each other (Holm).`);
  if (slices.length > 0) {
    notes.push(
      `The ${slices.length} slices by ${inputs.by ?? ''} are for exploring: their p are corrected among each other (Benjamini–Hochberg), and they decide nothing.`,
    );
  }
  return notes;
}

function estimators(inputs: ReadInputs, comparisons: readonly Comparison[]): string[] {
  return comparisons.flatMap((comparison) => {
    const { action, arm, against, blocks, leftOut: apart } = comparison;
    const name = `${action}/${arm} against ${against === 'control' ? 'control' : 'the held-out'}`;
    const notes: string[] = [];
    if (blocks.length > 1) {
      notes.push(
        `${name}: probabilities of assignment changed, so it is compared within ${blocks.length} strata of equal probability and weighted by their sizes (AIPW with the strata's means); the plain rates of the groups mix them.`,
      );
    }
    if (apart > 0) {
      notes.push(
        `${name}: ${count(apart)} entries came at times when one of the two had no chance; they are left out.`,
      );
    }
    if (comparison.verdict && comparison.entries > 0 && !isStillDrawn(inputs, comparison)) {
      notes.push(`${action}/${arm} gets no new entries: the newest ones had no chance of it.`);
    }
    return notes;
  });
}

function leftOut(inputs: ReadInputs, explorationEntries: number): string[] {
  const notes: string[] = [];
  const open = inputs.immature.reduce((sum, cohort) => sum + cohort.entries, 0);
  if (open > 0) {
    notes.push(
      `${count(open)} entries of ${inputs.immature.length} days are left out: their outcome window of ${inputs.goal.windowDays} days is still open.`,
    );
  }
  if (explorationEntries > 0) {
    notes.push(`${count(explorationEntries)} entries of the exploration band count for thresholds, not here.`);
  }
  return notes;
}

function recorded(inputs: ReadInputs): string[] {
  const strata = inputs.strata.filter((stratum) => stratum.source === 'recorded');
  if (strata.length === 0) return [];
  const notes = ['Recorded data: an experiment that was run elsewhere; its assignments are taken as they were given.'];
  if (strata.some((stratum) => stratum.designFrom === 'campaign_file')) {
    notes.push(
      'Its file has no probabilities: those of the campaign file are assumed, and the sample-ratio check is against them.',
    );
  }
  return notes;
}

function remarks({ remarks: found, strata, asOf, currency, metrics }: ReadInputs): string[] {
  const notes: string[] = [];
  if (found.otherCurrencyEvents > 0) {
    notes.push(`${count(found.otherCurrencyEvents)} events in other currencies than ${currency} are not counted.`);
  }
  if (found.eventsBeforeEntry > 0) {
    notes.push(
      `${count(found.eventsBeforeEntry)} goal events came in the day before their user's entry; they don't count. Many of them tell of a wrong clock.`,
    );
  }
  if (found.cappedAmounts > 0) {
    const caps = metrics.filter((metric) => metric.capMinor !== null).map((metric) => metric.label);
    notes.push(
      `${count(found.cappedAmounts)} amounts (${caps.join(', ')}) were cut at one cap for all groups, the 99.9th percentile of those above zero, so that single ones don't decide.`,
    );
  }
  if (strata.some((stratum) => stratum.source === 'live')) notes.push(...feed(found.newestEventAt, asOf));
  return notes;
}

function feed(newestEventAt: string | null, asOf: string): string[] {
  if (newestEventAt === null) return ['No event has come in yet: are outcomes being imported?'];
  const silent = Math.floor((Date.parse(asOf) - Date.parse(newestEventAt)) / DAY_MS);
  if (silent < SILENT_DAYS) return [];
  return [`The newest event is ${silent} days older than this read: are outcomes still being imported?`];
}
