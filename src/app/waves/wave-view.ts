import type { Knex } from 'knex';
import { auditOfSubject, type AuditRow } from '../../db/queries/audit-read.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { listKillSwitches } from '../../db/queries/kill-switches.ts';
import { stepSizes } from '../../db/queries/proof.ts';
import { messageCountsOf } from '../../db/queries/wave-counts.ts';
import { listAlarms, waveReturnCounts, type AlarmRow, type WaveReturnCounts } from '../../db/queries/wave-looks.ts';
import { findWave, type WaveRow } from '../../db/queries/waves.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { ChannelName, MessageState, WaveState } from '../../domain/words.ts';
import { forecastWave, type ChannelForecast } from '../forecast.ts';
import { throttles, type ChannelThrottle } from '../throttle.ts';
import { waveReport, type WaveReport } from '../wave-report.ts';
import { channelCounts, type ChannelCounts } from '../wave-report/funnel.ts';

const HISTORY_SHOWN = 50;

/** The report of a wave with what surrounds it: limits of the providers, alarms, who did what to it. */
export interface WaveView extends WaveReport {
  /** Of the campaign; null where its version is gone. */
  timezone: string | null;
  states: { channel: ChannelName; state: MessageState; messages: number }[];
  throttles: ChannelThrottle[];
  alarms: AlarmRow[];
  /** Newest first, at most 50. */
  history: AuditRow[];
}

/** The wave of a number. Throws NotFound. */
export async function mustFindWave(db: Knex, waveNo: number): Promise<WaveRow> {
  const wave = await findWave(db, { waveNo });
  if (wave) return wave;
  throw new RecallwaveError('NotFound', `there is no wave ${waveNo}`, 'see the list of waves');
}

/** Everything that there is to see of a wave. Changes nothing. Throws NotFound. */
export async function waveView(input: { db: Knex; waveNo: number; now: Date }): Promise<WaveView> {
  const { db, waveNo, now } = input;
  const wave = await mustFindWave(db, waveNo);
  const report = await waveReport({ db, wave, now });
  const loaded = await loadVersion(db, { campaignId: wave.campaignId });
  const states = await messageCountsOf(db, waveNo);
  return {
    ...report,
    timezone: loaded?.campaign.timezone ?? null,
    states: overSteps(states),
    throttles: await throttles(db),
    alarms: await listAlarms(db, { waveNo, limit: HISTORY_SHOWN }),
    history: await auditOfSubject(db, { subject: `wave/${waveNo}`, limit: HISTORY_SHOWN }),
  };
}

function overSteps(rows: Awaited<ReturnType<typeof messageCountsOf>>): WaveView['states'] {
  const sums = new Map<string, WaveView['states'][number]>();
  for (const { channel, state, users } of rows) {
    const known = sums.get(`${channel}/${state}`);
    if (known) known.messages += users;
    else sums.set(`${channel}/${state}`, { channel, state, messages: users });
  }
  return [...sums.values()];
}

/** How far a wave is. */
export interface WaveProgressView {
  at: Date;
  wave: WaveRow;
  killed: string | null;
  steps: { step: number; audience: number; notPlanned: number; channels: ChannelCounts[] }[];
  forecast: ChannelForecast[];
  /** Nothing will change any more unless a person does something. */
  over: boolean;
}

const OVER: readonly WaveState[] = ['done', 'aborted', 'skipped', 'failed'];

/** Looks how far a wave is; from the database, so also while Temporal is down. Throws NotFound. */
export async function waveProgress(input: { db: Knex; waveNo: number; now: Date }): Promise<WaveProgressView> {
  const { db, waveNo, now } = input;
  const wave = await mustFindWave(db, waveNo);
  const [sizes, states, kills, forecast] = await Promise.all([
    stepSizes(db, waveNo),
    messageCountsOf(db, waveNo),
    listKillSwitches(db),
    forecastWave({ db, waveNo, now }),
  ]);
  const kill = kills.find((one) => one.campaignId === null || one.campaignId === wave.campaignId);
  return {
    at: now,
    wave,
    killed: kill?.reason ?? null,
    steps: sizes.map(({ step, planned, unplanned }) => ({
      step,
      audience: planned + unplanned,
      notPlanned: unplanned,
      channels: channelCounts(states.filter((row) => row.step === step)),
    })),
    forecast,
    over: OVER.includes(wave.state),
  };
}

/** Who of a wave came back so far, contacted and held out; by the return events of the version that it ran. Throws NotFound. */
export async function waveReturns(input: { db: Knex; waveNo: number; now: Date }): Promise<WaveReturnCounts> {
  const { db, waveNo, now } = input;
  const returnEvents = await returnEventsOf(db, await mustFindWave(db, waveNo));
  return waveReturnCounts(db, { waveNo, returnEvents, asOf: now });
}

/** What counts as a return for a wave: the events of the version that it ran. */
export async function returnEventsOf(
  db: Knex,
  { campaignId, version }: Pick<WaveRow, 'campaignId' | 'version'>,
): Promise<string[]> {
  const loaded = await loadVersion(db, { campaignId, ...(version !== null && { version }) });
  return loaded?.campaign.returnEvents ?? [];
}
