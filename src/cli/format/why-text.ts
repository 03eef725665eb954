import type { Receipt } from '../../app/receipt.ts';
import type { WhyReport } from '../../app/why.ts';
import { time } from './time.ts';

const MARK = {
  passed: '✓',
  stopped: '✗',
  chance: '⚄',
  held_out: '✗',
  ghost_passed: '(✓)',
  ghost_stopped: '(✗)',
  message: '→',
} as const;

/** A user's way in words, and below it what he allowed and did. */
export function whyText(report: WhyReport): string {
  const { wave, user } = report;
  const steps = report.steps.map((step) => {
    const title = report.steps.length > 1 ? [`step ${step.step}`] : [];
    return [...title, ...step.lines.map((line) => `  ${MARK[line.outcome]} ${line.text}`)].join('\n');
  });
  return [
    `user ${user.userId} in wave ${wave.waveNo} (${wave.campaignId}/${wave.localDate}, ${wave.state}):\n${report.answer}`,
    ...steps,
    ...history('consent and suppression', report.permissions),
    ...history('afterwards', report.outcomes),
  ].join('\n\n');
}

function history(title: string, lines: readonly { at: Date; text: string }[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${time(line.at)}  ${line.text}`)].join('\n')];
}

/** A receipt as labelled lines. */
export function receiptText({ message, warning, entry, settingsVersion, attempts }: Receipt): string {
  const lines: [string, string | number | null][] = [
    ['message', message.messageNo],
    ['delivery id', message.deliveryId],
    ['user', message.userId],
    ['wave', `${message.waveNo} (${message.campaignId}/${message.localDate}), step ${message.step}`],
    ['campaign version', `${message.version}, hash ${message.versionHash?.slice(0, 12) ?? '–'}`],
    ['settings version', settingsVersion],
    ...(warning
      ? ([
          [
            'warning',
            `${warning.warningNo} of model ${warning.model}: score ${warning.score}, segment ${warning.segment}`,
          ],
          ['raised, valid until', `${time(warning.raisedAt)}, ${time(warning.expiresAt)}`],
        ] as [string, string][])
      : []),
    ...(entry
      ? ([
          ['entry', `${entry.entryNo} (n = ${entry.n}), policy version ${entry.policyVersion}, band ${entry.band}`],
          [
            'propensities',
            `global holdout ${entry.pGlobalHoldout}, holdout ${entry.pHoldout}, treated ${entry.pTreat}, arm ${entry.arm} ${entry.pArm ?? '–'}`,
          ],
        ] as [string, string][])
      : []),
    ['arm, channel', `${message.action}/${message.arm} by ${message.channel} (${message.category}, ${message.kind})`],
    ['reservation', `counted at ${time(message.countedAt)}, cost ${message.costMinor} minor units`],
    ['coupon', message.code === null ? null : `${message.code} of pool ${message.pool}, ${message.codeState}`],
    ['planned, not after', `${time(message.plannedAt)}, ${time(message.expiresAt)}`],
    [
      'state',
      `${message.state}${message.stateReason === null ? '' : ` (${message.stateReason})`} since ${time(message.changedAt)}`,
    ],
    ['submitted, accepted', `${time(message.submittedAt)}, ${time(message.acceptedAt)}`],
    ['provider', message.provider === null ? null : `${message.provider}: ${message.providerId ?? '–'}`],
    ...attempts.map((attempt): [string, string] => [
      `attempt, fence ${attempt.fence}`,
      `${time(attempt.at)} ${attempt.result} ${attempt.class ?? ''} ${attempt.evidence ?? ''}`.trimEnd(),
    ]),
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${value ?? '–'}`).join('\n');
}
