import type { ChannelForecast } from '../../app/forecast.ts';
import type { StepReport, WaveReport } from '../../app/wave-report.ts';
import { formatMinor } from '../../domain/money.ts';
import { number, table } from './table.ts';
import { seconds, time } from './time.ts';
import { waterfall } from './waterfall.ts';

/** A whole wave: header, and per step the waterfall, arms, channels and what was not sent. */
export function waveText(report: WaveReport): string {
  const parts = [
    header(report),
    ...recordedText(report),
    ...report.steps.map((step) => stepText(step, report.steps.length > 1)),
  ];
  if (report.coupons.length > 0) {
    parts.push(
      `coupons\n${table(
        ['pool', 'state', 'codes'],
        report.coupons.map((row) => [row.pool, row.state, row.codes]),
      )}`,
    );
  }
  if (report.forecast.length > 0) parts.push(`still open\n${forecastText(report.forecast)}`);
  return parts.join('\n\n');
}

function header({ wave, killed, cost, currency }: WaveReport): string {
  const why = wave.stateReason === null ? '' : ` (${wave.stateReason})`;
  return [
    `wave ${wave.waveNo}: ${wave.campaignId}/${wave.localDate}, version ${wave.version ?? '–'}, ${wave.state}${why}`,
    `decided at ${time(wave.decisionAt)}, started by ${wave.actor} (${wave.trigger})` +
      (wave.finishedAt === null ? '' : `, finished at ${time(wave.finishedAt)}`),
    ...(killed === null ? [] : [`kill switch engaged: ${killed}`]),
    ...(cost.reservedMinor > 0 && currency !== null ? [`reserved: ${formatMinor(cost.reservedMinor, currency)}`] : []),
    ...(wave.trigger === 'recorded'
      ? [`next: \`recallwave results ${wave.campaignId}\``]
      : nextStep(wave.state, wave.waveNo)),
  ].join('\n');
}

function recordedText({ recorded }: WaveReport): string[] {
  if (recorded === null) return [];
  const groups = recorded.map((row) => [row.action, row.group, row.entries]);
  return [`recorded: this is an experiment that was run elsewhere\n${table(['action', 'group', 'entries'], groups)}`];
}

function nextStep(state: string, waveNo: number): string[] {
  switch (state) {
    case 'waiting_approval':
      return ['next: look at the audience, then `recallwave wave run CAMPAIGN --approve`'];
    case 'halted':
      return [`next: mend the cause, then \`recallwave wave resume ${waveNo}\` or \`recallwave wave abort ${waveNo}\``];
    case 'paused':
      return [`next: \`recallwave wave resume ${waveNo}\` or \`recallwave wave abort ${waveNo}\``];
    case 'done':
      return [`next: \`recallwave prove ${waveNo}\``];
    default:
      return [];
  }
}

function stepText(step: StepReport, named: boolean): string {
  const parts = [
    ...(named ? [`── step ${step.step} ──`] : []),
    waterfall(step.waterfall),
    ...(step.notPlanned > 0 ? [`not planned yet: ${number(step.notPlanned)} users`] : []),
  ];
  const held = step.heldOut.map((kind) => [kind.kind, kind.users, ghosts(kind.ghosts)] as const);
  if (held.length > 0) parts.push(`held out\n${table(['kind', 'users', 'their ghosts'], held)}`);
  if (step.arms.length > 0) {
    const arms = step.arms.map((arm) => [
      arm.action,
      arm.arm,
      arm.assigned,
      arm.contacted,
      arm.blocked,
      arm.accepted,
      arm.heldOut,
    ]);
    parts.push(
      `arms\n${table(['action', 'arm', 'assigned', 'to contact', 'blocked later', 'accepted', 'held out of it'], arms)}`,
    );
  }
  if (step.channels.length > 0) parts.push(`channels\n${channelTable(step.channels)}`);
  if (step.unsent.length > 0) {
    const unsent = step.unsent.map((row) => [row.state.toLowerCase(), row.reason, row.users]);
    parts.push(`not sent (yet)\n${table(['state', 'reason', 'messages'], unsent)}`);
  }
  return parts.join('\n\n');
}

function ghosts(rows: readonly { reason: string; users: number }[]): string {
  return rows.map((row) => `${row.reason} ${number(row.users)}`).join(', ');
}

/** Messages per channel by what became of them. */
export function channelTable(channels: StepReport['channels']): string {
  return table(
    ['channel', 'planned', 'accepted', 'failed', 'unknown', 'suppressed', 'deferred', 'cancelled', 'expired', 'open'],
    channels.map((row) => [
      row.channel,
      row.planned,
      row.accepted,
      row.failed,
      row.unknown,
      row.suppressed,
      row.deferred,
      row.cancelled,
      row.expired,
      row.open,
    ]),
  );
}

/** When each channel will be through. */
export function forecastText(forecast: readonly ChannelForecast[]): string {
  const rate = (row: ChannelForecast): string =>
    row.ratePerS === null ? 'unknown' : `${row.ratePerS.toFixed(1)}/s ${row.rateFrom}`;
  return table(
    ['channel', 'open', 'due now', 'last due', 'rate', 'finished'],
    forecast.map((row) => [row.channel, row.open, row.dueNow, time(row.lastDueAt), rate(row), finish(row)]),
  );
}

function finish(row: ChannelForecast): string {
  if (row.finishAt === null) return `not before ${time(row.lastDueAt)}`;
  const left = (row.finishAt.getTime() - Date.now()) / 1000;
  return left > 0 ? `${time(row.finishAt)} (in ${seconds(left)})` : 'any moment';
}
