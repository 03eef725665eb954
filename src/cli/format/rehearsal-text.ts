import type { RehearsalReport } from '../../app/rehearse.ts';
import { formatMinor } from '../../domain/money.ts';
import { number, table } from './table.ts';
import { seconds, time } from './time.ts';

/** What a wave would do, in tables. */
export function rehearsalText(report: RehearsalReport): string {
  const { campaignId, version, localDate, decisionAt } = report;
  if (report.audience === 0) {
    return `${campaignId} would have nobody on ${localDate}: no valid warning fits its audience.\nnext: \`recallwave import warnings FILE\`, or look at the audience with \`recallwave campaign show ${campaignId}\``;
  }
  const hours = report.messages.toSorted((a, b) => (a.localHour ?? -1) - (b.localHour ?? -1));
  return [
    `rehearsal of ${campaignId} version ${version} for ${localDate}, decided at ${time(decisionAt)}: nothing was written or sent`,
    [
      `audience ${number(report.audience)}: to contact ${number(report.contacted)}, deferred ${number(report.deferred)}, ` +
        `held out ${number(total(report.heldOut))}, blocked ${number(total(report.blocked))}`,
      `coupons ${number(report.coupons)}, cost ${formatMinor(report.costMinor, report.currency)}`,
      ...(report.approval === null ? [] : [`would wait for a person: ${report.approval}`]),
    ].join('\n'),
    section(
      'blocked',
      ['rung', 'reason', 'users'],
      report.blocked.map((row) => [row.rung, row.reason, row.users]),
    ),
    section(
      'held out',
      ['kind', 'users'],
      report.heldOut.map((row) => [row.kind, row.users]),
    ),
    section(
      "messages by the user's own hour",
      ['action', 'arm', 'channel', 'hour', 'messages', 'coupons', 'cost'],
      hours.map((row) => [
        row.action,
        row.arm,
        row.channel,
        row.localHour === null ? 'no zone' : `${String(row.localHour).padStart(2, '0')}:00`,
        row.users,
        row.coupons,
        formatMinor(row.costMinor, report.currency),
      ]),
    ),
    section(
      'time that the providers need',
      ['channel', 'messages', 'throttle', 'time'],
      report.channels.map((row) => [
        row.channel,
        row.messages,
        row.perSecond === null ? 'none set' : `${row.perSecond}/s`,
        row.seconds === null ? 'as fast as the provider takes them' : seconds(row.seconds),
      ]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function section(title: string, head: string[], lines: (string | number)[][]): string {
  return lines.length === 0 ? '' : `${title}\n${table(head, lines)}`;
}

function total(rows: readonly { users: number }[]): number {
  return rows.reduce((sum, row) => sum + row.users, 0);
}
