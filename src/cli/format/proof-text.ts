import type { ProofReport } from '../../app/prove.ts';
import { number } from './table.ts';
import { time } from './time.ts';

type Step = ProofReport['steps'][number];

/** The balance of each step, every check (`brief`: only those that found a difference), and the verdict. */
export function proofText(report: ProofReport, how: { brief: boolean } = { brief: false }): string {
  const { wave, acceptances } = report;
  const checks = report.checks.filter((check) => !how.brief || !check.ok);
  const source = wave.recorded
    ? 'of an experiment that was run elsewhere: recorded, nothing was sent'
    : acceptances.source === 'rows'
      ? 'against the rows alone (no stand-in file: name one with --standins FOLDER)'
      : `against ${number(acceptances.ofWave)} acceptances of this wave in ${acceptances.file}`;
  return [
    `proof of wave ${wave.waveNo}, ${wave.campaignId}/${wave.localDate} (${wave.state}), at ${time(report.at)}, ${source}`,
    ...report.steps.map(balanceText),
    ...(checks.length === 0 ? [] : [checks.map(checkText).join('\n')]),
    verdict(report),
  ].join('\n\n');
}

function verdict(report: ProofReport): string {
  const failed = report.checks.filter((check) => !check.ok);
  if (failed.length > 0) return `NOT PROVED: ${failed.length} of ${report.checks.length} checks found a difference`;
  const open = report.open > 0 ? ` so far; ${number(report.open)} users are still open` : '';
  return `PROVED${open}: all ${report.checks.length} checks hold`;
}

function balanceText(step: Step): string {
  const parts = (label: string, counts: Record<string, number>): [string, number][] =>
    Object.entries(counts)
      .toSorted((a, b) => b[1] - a[1])
      .map(([reason, users]) => [`${label} ${reason}`, users]);
  const lines: [string, number][] = [
    ['sent', step.sent],
    ...parts('held out:', step.heldOut),
    ...parts('blocked:', step.blocked),
    ...parts('suppressed at the send:', step.suppressed),
    ...(['failed', 'unknown', 'deferred', 'cancelled', 'expired', 'open'] as const).map((name): [string, number] => [
      name,
      step[name],
    ]),
    ['not planned', step.notPlanned],
    ['without a message', step.withoutMessage],
  ];
  const shown = lines.filter(([label, users]) => users > 0 || label === 'sent');
  const width = Math.max(...shown.map(([label]) => label.length), 20);
  const digits = number(Math.max(step.audience, step.sum)).length;
  const row = (sign: string, label: string, users: number): string =>
    `${sign} ${label.padEnd(width)}  ${number(users).padStart(digits)}`;
  return [
    row(' ', `step ${step.step}: audience`, step.audience),
    ...shown.map(([label, users]) => row('+', label, users)),
    row(step.sum === step.audience ? '=' : '≠', 'accounted for', step.sum),
  ].join('\n');
}

function checkText(check: ProofReport['checks'][number]): string {
  if (check.ok) return `ok    ${check.sentence}`;
  const more = check.hits > check.samples.length ? [`      … ${number(check.hits - check.samples.length)} more`] : [];
  return [
    `WRONG ${check.sentence}: ${number(check.hits)} (${check.name})`,
    ...check.samples.map((sample) => `      ${sample}`),
    ...more,
    ...(check.fix === null ? [] : [`      fix: ${check.fix}`]),
  ].join('\n');
}
