import { formatMinor } from '../../domain/money.ts';
import type { CampaignRead, Estimate, GuardrailRead } from '../../domain/read.ts';
import { pairText } from './results-arms.ts';
import { changeText, figuresOf } from './results-figures.ts';
import { table } from './table.ts';

const GUARDRAIL_WORDS: Record<GuardrailRead['verdict'], string> = {
  pass: 'passes',
  inferior: 'BROKEN',
  inconclusive: 'open',
  unjudged: 'not judged',
};

/** Net value with its costs, per entry and over all entries of the arm. */
export function moneyText({ money, currency }: CampaignRead): string[] {
  if (money.length === 0) return [];
  const figures = figuresOf({ kind: 'mean' }, currency);
  const whys = [...new Set(money.filter((row) => row.perEntry === null).map((row) => row.why ?? 'not known yet'))];
  const known = money.filter((row) => row.perEntry !== null);
  const rows = known.map((row) => [
    `${row.action}: ${pairText(row)}`,
    changeText(figures, row.perEntry),
    row.entries,
    totalText(row.total, currency),
  ]);
  const head = ['net value', `${currency} per entry [95 %]`, 'entries', 'in total so far [95 %]'];
  return [[...(rows.length > 0 ? [table(head, rows)] : []), ...whys.map((why) => `net value: ${why}`)].join('\n')];
}

function totalText(total: Estimate | null, currency: string): string {
  if (total === null) return '–';
  const amount = (minor: number): string => formatMinor(minor, currency).replace(` ${currency}`, '');
  return `${formatMinor(total.value, currency)} [${amount(total.low)}, ${amount(total.high)}]`;
}

/** Each guardrail with its judgement first. */
export function guardrailsText({ guardrails }: CampaignRead): string[] {
  if (guardrails.length === 0) return [];
  const rows = guardrails.map((row) => [GUARDRAIL_WORDS[row.verdict], `${row.action}: ${pairText(row)}`, row.sentence]);
  return [table(['guardrail', 'arm', 'harm [95 %]'], rows)];
}
