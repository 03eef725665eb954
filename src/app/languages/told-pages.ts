import type { CampaignRead, Contrast, GroupRead } from '../../domain/read.ts';
import type { ThresholdReport } from '../../learning/threshold-report.ts';
import type { Language } from './tell.ts';
import { told } from './told.ts';

/** A read with its sentences in a language. */
export function toldRead(read: CampaignRead, language: Language): CampaignRead {
  const say = (sentence: string): string => told(sentence, language);
  const spoken = <T extends { sentence: string }>(one: T): T => ({ ...one, sentence: say(one.sentence) });
  const why = <T extends { why: string | null }>(one: T): T => ({
    ...one,
    why: one.why === null ? null : say(one.why),
  });
  const groups = (all: readonly GroupRead[]): GroupRead[] =>
    all.map((group) => ({ ...group, values: group.values.map(why) }));
  const contrasts = (all: readonly Contrast[]): Contrast[] => all.map(why);
  return {
    ...read,
    metrics: read.metrics.map((metric) => ({ ...metric, label: say(metric.label) })),
    verdict: spoken(read.verdict),
    verdicts: read.verdicts.map(spoken),
    sampleRatio: read.sampleRatio.map(spoken),
    groups: groups(read.groups),
    contrasts: contrasts(read.contrasts),
    guardrails: read.guardrails.map(spoken),
    money: read.money.map(why),
    novelty: read.novelty.map(spoken),
    slices: read.slices.map((slice) => ({
      ...slice,
      groups: groups(slice.groups),
      contrasts: contrasts(slice.contrasts),
    })),
    notes: read.notes.map(say),
  };
}

/** What is known of a campaign's thresholds, with its sentences in a language. */
export function toldThresholds(report: ThresholdReport, language: Language): ThresholdReport {
  const say = (sentence: string): string => told(sentence, language);
  const spoken = <T extends { sentence: string }>(one: T): T => ({ ...one, sentence: say(one.sentence) });
  const proposed = <T extends { proposal: { sentence: string } }>(one: T): T => ({
    ...one,
    proposal: spoken(one.proposal),
  });
  const { cycle } = report;
  return {
    ...report,
    cycle: cycle && { ...cycle, estimator: spoken(cycle.estimator), notes: cycle.notes.map(say) },
    policies: report.policies.map((policy) => ({
      ...policy,
      freezes: policy.freezes.map(spoken),
      sentence: policy.sentence === null ? null : say(policy.sentence),
    })),
    open: report.open.map(proposed),
    proposals: report.proposals.map(proposed),
    history: report.history.map((step) => ({ ...step, reason: say(step.reason) })),
  };
}
