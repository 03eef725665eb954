import type { MetricDefinition, ReadInputs } from '../../domain/read-inputs.ts';
import type { Estimate, GuardrailRead, MoneyRead } from '../../domain/read.ts';
import { formatMinor } from '../../domain/money.ts';
import type { Outlook } from './days-to-decide.ts';
import type { Against } from './design.ts';
import type { Effect } from './effect.ts';
import { againstWords, amountWords, effectWords, percent, perEntry } from './phrases.ts';

/** What a verdict's sentence tells. */
export interface Told {
  goal: MetricDefinition;
  against: Against;
  /** Effect on the goal with its always-valid interval. */
  interval: Estimate;
  effect: Effect;
  money: MoneyRead | null;
  currency: string;
}

/** "purchase +1.20 points [0.40, 2.10] against the held-out (6.50 % against 5.30 %), net value +0.340 USD [0.100, 0.580] per entry, 3400.00 USD so far" */
export function outcomeWords({ goal, against, interval, effect, money, currency }: Told): string {
  const value = (side: number | null): string =>
    side === null ? '–' : goal.kind === 'rate' ? percent(side) : perEntry(side, currency);
  const sides = `${value(effect.arm)} against ${value(effect.against)}`;
  const found = `${effectWords(goal, interval, currency)} over ${againstWords(against)} (${sides})`;
  return `${found}, ${moneyWords(money, currency)}`;
}

function moneyWords(money: MoneyRead | null, currency: string): string {
  if (money?.perEntry && money.total) {
    const total = formatMinor(money.total.value, currency);
    return `net value ${amountWords(money.perEntry, currency)} per entry, ${total} so far`;
  }
  return 'net value unknown';
}

/** "unsubscribe +1.20 points [0.70, 1.80] where 0.50 % more are tolerated" */
export function guardrailWords(guardrail: GuardrailRead, metric: MetricDefinition, currency: string): string {
  if (guardrail.harm === null || guardrail.margin === null) return `${metric.label} can't be judged yet`;
  const margin = metric.kind === 'rate' ? percent(guardrail.margin) : perEntry(guardrail.margin, currency);
  return `${effectWords(metric, guardrail.harm, currency)} where ${margin} more is tolerated`;
}

/** Why waiting would not help. */
export function notInTime(outlook: Outlook & { days: null }, inputs: ReadInputs): string {
  switch (outlook.why) {
    case 'until':
      return `it won't be known from the entries that still come until the campaign ends on ${inputs.until ?? ''}`;
    case 'year':
      return 'it would take more than a year to know';
    case 'no_new_entries':
      return 'no new entries come in';
  }
}
