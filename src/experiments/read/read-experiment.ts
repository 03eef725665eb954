import type { MetricDefinition, ReadInputs } from '../../domain/read-inputs.ts';
import type {
  ArmVerdict,
  CampaignRead,
  Contrast,
  GuardrailRead,
  MoneyRead,
  SampleRatioRead,
} from '../../domain/read.ts';
import { campaignVerdict, worthOf } from './campaign-verdict.ts';
import { entriesOf } from './cells.ts';
import { comparisonsOf, type Comparison } from './comparison.ts';
import { adjustSecondary, contrastOf, findContrast } from './contrasts.ts';
import { effectOf } from './effect.ts';
import { groupsOf } from './groups.ts';
import { guardrailsOf } from './guardrails.ts';
import { moneyOf } from './money.ts';
import { notesOf } from './notes.ts';
import { noveltyOf } from './novelty.ts';
import { sampleRatiosOf } from './sample-ratios.ts';
import { slicesOf } from './slices.ts';
import { armVerdict } from './verdict.ts';

/** Chance of any false verdict of a campaign, shared by its arms (Bonferroni). */
const ALPHA = 0.05;

/**
 * The read of a campaign from its aggregates: intention to treat, each arm against random non-treatment or the control, with
 * mature entries of the interval only (EXPERIMENTS §1). Pure; the same inputs give the same digits.
 */
export function readExperiment(inputs: ReadInputs): CampaignRead {
  const inInterval = new Set(inputs.strata.filter((stratum) => stratum.inInterval).map((stratum) => stratum.stratum));
  const whole = inputs.cells.filter((cell) => cell.slice === null);
  const cells = whole.filter((cell) => inInterval.has(cell.stratum));
  const sliced = inputs.cells.filter((cell) => cell.slice !== null && inInterval.has(cell.stratum));
  const comparisons = comparisonsOf(inputs, cells);
  const judged = comparisons.filter((comparison) => comparison.verdict && comparison.entries > 0).length;
  const level = 1 - ALPHA / Math.max(1, judged);
  const contrasts = contrastsOf(inputs, comparisons, level);
  const sampleRatio = sampleRatiosOf(inputs, whole);
  const guardrails = guardrailsOf(inputs, comparisons, contrasts);
  const money = moneyOf(inputs, comparisons, contrasts);
  const verdicts = verdictsOf({ inputs, comparisons, contrasts, guardrails, money, sampleRatio, level });
  const slices = slicesOf(inputs, sliced, comparisons);
  const entries = entriesOf(cells);
  const explorationEntries = entriesOf(whole) - entries;
  return {
    campaignId: inputs.campaignId,
    version: inputs.version,
    asOf: inputs.asOf,
    by: inputs.by,
    currency: inputs.currency,
    metrics: inputs.metrics,
    entries,
    explorationEntries,
    immature: inputs.immature,
    verdict: campaignVerdict({
      inputs,
      verdicts,
      ratios: sampleRatio,
      worth: worthOf({ money, contrasts, goal: goalOf(inputs).id }),
    }),
    verdicts,
    sampleRatio,
    groups: groupsOf(inputs, cells),
    contrasts,
    guardrails,
    money,
    novelty: noveltyOf(inputs, comparisons),
    slices,
    notes: notesOf({ inputs, comparisons, slices, level, explorationEntries }),
  };
}

function goalOf(inputs: ReadInputs): MetricDefinition {
  const goal = inputs.metrics.find((metric) => metric.role === 'goal');
  if (goal === undefined) throw new Error('a read needs its goal among the metrics');
  return goal;
}

function contrastsOf(inputs: ReadInputs, comparisons: readonly Comparison[], level: number): Contrast[] {
  const contrasts = comparisons.flatMap((comparison) =>
    inputs.metrics.map((metric) => contrastOf(comparison, metric, level)),
  );
  return adjustSecondary(contrasts, inputs.metrics);
}

function verdictsOf(input: {
  inputs: ReadInputs;
  comparisons: readonly Comparison[];
  contrasts: readonly Contrast[];
  guardrails: readonly GuardrailRead[];
  money: readonly MoneyRead[];
  sampleRatio: readonly SampleRatioRead[];
  level: number;
}): ArmVerdict[] {
  const { inputs, contrasts, level } = input;
  const goal = goalOf(inputs);
  return input.comparisons.flatMap((comparison) => {
    const contrast = findContrast(contrasts, comparison, goal.id);
    if (!comparison.verdict || contrast === undefined) return [];
    const { action, arm, against } = comparison;
    const same = (row: { action: string; arm: string; against: string }): boolean =>
      row.action === action && row.arm === arm && row.against === against;
    return armVerdict({
      inputs,
      comparison,
      goal,
      effect: effectOf(comparison, goal),
      contrast,
      guardrails: input.guardrails.filter(same),
      money: input.money.find(same) ?? null,
      ratio: input.sampleRatio.find((ratio) => ratio.action === action) ?? null,
      level,
    });
  });
}
