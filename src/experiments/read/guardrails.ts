import type { MetricDefinition, ReadInputs } from '../../domain/read-inputs.ts';
import type { Contrast, Estimate, GuardrailRead } from '../../domain/read.ts';
import { nonInferiority } from '../non-inferiority.ts';
import { totalOf } from './cells.ts';
import { measuring, type Comparison } from './comparison.ts';
import { findContrast } from './contrasts.ts';
import { SMALLEST_UNHARMED } from './guardrail-outlook.ts';
import { againstWords, effectWords, percent, perEntry } from './phrases.ts';

/** Each guardrail of each comparison, by non-inferiority: harm is the contrast itself, since more of it is worse. */
export function guardrailsOf(
  inputs: ReadInputs,
  comparisons: readonly Comparison[],
  contrasts: readonly Contrast[],
): GuardrailRead[] {
  const metrics = inputs.metrics.filter((metric) => metric.role === 'guardrail');
  return comparisons.flatMap((comparison) =>
    metrics.map((metric): GuardrailRead => {
      const { action, arm, against } = comparison;
      const contrast = findContrast(contrasts, comparison, metric.id);
      const harm = contrast?.absolute ?? null;
      const verdict = judge(comparison, metric, contrast);
      const sentence = say({
        comparison,
        metric,
        harm,
        verdict,
        currency: inputs.currency,
        why: contrast?.why ?? null,
      });
      return { action, arm, against, metric: metric.id, harm, margin: metric.margin, verdict, sentence };
    }),
  );
}

/**
 * Looked at every day, an interval for one look would find 10 % of harmless arms inferior sooner or later: that verdict also needs
 * the always-valid interval to leave out "no harm".
 */
function judge(
  comparison: Comparison,
  metric: MetricDefinition,
  contrast: Contrast | undefined,
): GuardrailRead['verdict'] {
  if (metric.margin === null || isUnmeasured(comparison, metric.id)) return 'unjudged';
  const harm = contrast?.absolute ?? null;
  if (harm === null) return isUnharmed(comparison, metric.id) ? 'pass' : 'inconclusive';
  const verdict = nonInferiority(harm, metric.margin);
  const isCertain = (contrast?.alwaysValid?.low ?? 0) > 0;
  return verdict === 'inferior' && !isCertain ? 'inconclusive' : verdict;
}

/** The data of these entries don't have it: a recorded experiment without such a column. */
function isUnmeasured(comparison: Comparison, metric: string): boolean {
  if (comparison.entries === 0 || comparison.entriesAgainst === 0) return false;
  const { entries, entriesAgainst } = measuring(comparison, metric);
  return entries === 0 || entriesAgainst === 0;
}

/** Nobody on either side suffered it: there is no spread to make an interval of, and with enough entries nothing to fear. */
function isUnharmed({ blocks, entries, entriesAgainst }: Comparison, metric: string): boolean {
  const enough = Math.min(entries, entriesAgainst) >= SMALLEST_UNHARMED;
  return enough && blocks.every((block) => totalOf([...block.arm, ...block.against], metric) === 0);
}

function say(input: {
  comparison: Comparison;
  metric: MetricDefinition;
  harm: Estimate | null;
  verdict: GuardrailRead['verdict'];
  currency: string;
  why: string | null;
}): string {
  const { comparison, metric, harm, verdict, currency, why } = input;
  if (harm === null && verdict === 'pass') return `${metric.label}: none on either side.`;
  if (harm === null && verdict === 'unjudged')
    return `${metric.label}: not judged, it is not measured here or has no margin.`;
  if (harm === null) return `${metric.label}: ${why ?? 'too few entries to judge'}.`;
  const found = `${effectWords(metric, harm, currency)} against ${againstWords(comparison.against)}`;
  if (metric.margin === null) return `${found}; shown, not judged: no margin is set.`;
  const margin = metric.kind === 'rate' ? percent(metric.margin) : perEntry(metric.margin, currency);
  if (verdict === 'pass') return `${found}: surely under the ${margin} that is tolerated.`;
  if (verdict === 'inferior') return `${found}: more than the ${margin} that is tolerated.`;
  return `${found}: may be more than the ${margin} that is tolerated, which is no pass.`;
}
