import type { MetricDefinition, ReadInputs } from '../../domain/read-inputs.ts';
import type { ArmVerdict, Contrast, GuardrailRead, MoneyRead, SampleRatioRead, Verdict } from '../../domain/read.ts';
import type { Comparison } from './comparison.ts';
import { entriesToDecide, outlook } from './days-to-decide.ts';
import type { Effect } from './effect.ts';
import { entriesToJudge } from './guardrail-outlook.ts';
import { nothingToCompare, tooFew } from './no-verdict.ts';
import { guardrailWords, notInTime, outcomeWords } from './verdict-sentences.ts';

/** All that the verdict of one arm rests on. */
export interface ArmFacts {
  inputs: ReadInputs;
  comparison: Comparison;
  goal: MetricDefinition;
  effect: Effect;
  contrast: Contrast;
  guardrails: readonly GuardrailRead[];
  money: MoneyRead | null;
  ratio: SampleRatioRead | null;
  /** Of the always-valid interval. */
  level: number;
}

/** Ship, stop, keep running or can't tell for one arm, in the order in which they rule each other out (EXPERIMENTS §1). */
export function armVerdict(facts: ArmFacts): ArmVerdict {
  const { action, arm, against, comparable } = facts.comparison;
  const none = untrusted(facts) ?? nothingToCompare(facts) ?? tooFew(facts);
  const verdict = none ?? stop(facts) ?? ship(facts) ?? wait(facts);
  return { ...verdict, action, arm, against: comparable ? against : null };
}

function untrusted({ ratio }: ArmFacts): Verdict | null {
  if (!ratio?.alarm) return null;
  return { decision: 'cant_tell', reason: 'sample_ratio', sentence: `Can't tell: ${ratio.sentence}`, days: null };
}

function stop(facts: ArmFacts): Verdict | null {
  const { comparison, contrast, guardrails } = facts;
  const start = `Stop ${comparison.arm}: `;
  if (direction(contrast) < 0) {
    return { decision: 'stop', reason: 'worse', sentence: `${start}${outcome(facts)}.`, days: null };
  }
  const inferior = guardrails.find((guardrail) => guardrail.verdict === 'inferior');
  if (inferior === undefined) return null;
  const sentence = `${start}${harm(facts, inferior)}; ${outcome(facts)}.`;
  return { decision: 'stop', reason: 'guardrail_inferior', sentence, days: null };
}

function ship(facts: ArmFacts): Verdict | null {
  if (!isBetter(facts) || openGuardrail(facts) !== undefined) return null;
  const sentence = `Ship ${facts.comparison.arm}: ${outcome(facts)}.`;
  return { decision: 'ship', reason: 'better', sentence, days: null };
}

/** Keep running, or can't tell where that would take too long. */
function wait(facts: ArmFacts): Verdict {
  const { inputs, comparison, goal, effect, level } = facts;
  const open = isBetter(facts) ? openGuardrail(facts) : undefined;
  const needed = open
    ? entriesToJudge(comparison, open)
    : entriesToDecide({ comparison, metric: goal, effect, minLift: inputs.goal.minLift, level });
  const why = open ? `${outcome(facts)}, but ${harm(facts, open)}` : `${outcome(facts)}, ${openWords(facts)}`;
  const ahead = outlook(inputs, comparison, needed);
  if (ahead.days === null) {
    const sentence = `Can't tell ${comparison.arm}: ${why}, and ${notInTime(ahead, inputs)}.`;
    return { decision: 'cant_tell', reason: 'not_in_time', sentence, days: null };
  }
  const days = `about ${ahead.days} more ${ahead.days === 1 ? 'day' : 'days'}`;
  return {
    decision: 'keep_running',
    reason: open ? 'guardrail_open' : 'not_yet',
    sentence: `Keep running ${comparison.arm} (${days}): ${why}.`,
    days: ahead.days,
  };
}

function isBetter({ contrast }: ArmFacts): boolean {
  return direction(contrast) > 0;
}

/** On which side of zero the effect lies at any look: 1, −1, or 0 where that is open, or where it has turned since it first showed. */
function direction({ absolute, alwaysValid }: Contrast): number {
  const sign = Math.sign(absolute?.value ?? 0);
  if (alwaysValid === null) return 0;
  return (sign > 0 && alwaysValid.low > 0) || (sign < 0 && alwaysValid.high < 0) ? sign : 0;
}

/** Why it is open: chance, or an effect that lies on the other side by now than the interval has excluded. */
function openWords({ contrast }: ArmFacts): string {
  const { low, high } = contrast.alwaysValid ?? { low: 0, high: 0 };
  return low > 0 || high < 0 ? 'which is not what it was at first' : 'which can still be chance';
}

function openGuardrail({ guardrails }: ArmFacts): GuardrailRead | undefined {
  return guardrails.find((guardrail) => guardrail.verdict === 'inconclusive');
}

function outcome({ inputs, comparison, goal, contrast, effect, money }: ArmFacts): string {
  const value = contrast.absolute?.value ?? 0;
  const interval = { value, low: contrast.alwaysValid?.low ?? 0, high: contrast.alwaysValid?.high ?? 0 };
  return outcomeWords({ goal, against: comparison.against, interval, effect, money, currency: inputs.currency });
}

function harm({ inputs }: ArmFacts, guardrail: GuardrailRead): string {
  const metric = inputs.metrics.find((candidate) => candidate.id === guardrail.metric);
  return metric === undefined ? guardrail.sentence : guardrailWords(guardrail, metric, inputs.currency);
}
