import type { Knex } from 'knex';
import { listKillSwitches, type KillSwitch } from '../db/queries/kill-switches.ts';
import { openProposalsOfAll, type OpenProposal } from '../db/queries/proposals.ts';
import { unknownByWave, type UnknownCount } from '../db/queries/unknown.ts';
import { listAlarms, type AlarmRow } from '../db/queries/wave-looks.ts';
import { wavesBefore } from '../db/queries/wave-pages.ts';
import type { WaveRow } from '../db/queries/waves.ts';
import type { WaveState } from '../domain/words.ts';
import { readHealth } from './health.ts';
import { waveProgress, type WaveProgressView } from './waves/wave-view.ts';

/** What somebody who logs in should see first. */
export interface Home {
  at: Date;
  running: WaveProgressView[];
  recent: WaveRow[];
  decisions: { waves: WaveRow[]; proposals: OpenProposal[]; unknownMessages: UnknownCount[] };
  alarms: AlarmRow[];
  killSwitches: KillSwitch[];
  health: { database: boolean; temporal: boolean };
}

const RUNNING: readonly WaveState[] = ['planning', 'sending', 'paused', 'halted', 'waiting_approval'];
const RECENT: readonly WaveState[] = ['following_up', 'done', 'aborted', 'skipped', 'failed'];
const WAITING: readonly WaveState[] = ['waiting_approval', 'halted'];
const RUNNING_SHOWN = 20;
const RECENT_SHOWN = 10;
const DECISIONS_SHOWN = 50;
const WEEK_MS = 7 * 86_400_000;

/** Waves with progress, decisions that wait for a person, alarms of the last week, stops and health. */
export async function home(input: { db: Knex; now: Date; checkTemporal: () => Promise<void> }): Promise<Home> {
  const { db, now, checkTemporal } = input;
  const newest = (states: readonly WaveState[], limit: number): Promise<WaveRow[]> =>
    wavesBefore(db, { states, beforeNo: null, limit, liveOnly: true });
  const [running, recent, waiting, proposals, unknownMessages, alarms, killSwitches, health] = await Promise.all([
    newest(RUNNING, RUNNING_SHOWN),
    newest(RECENT, RECENT_SHOWN),
    newest(WAITING, DECISIONS_SHOWN),
    openProposalsOfAll(db, DECISIONS_SHOWN),
    unknownByWave(db, DECISIONS_SHOWN),
    listAlarms(db, { since: new Date(now.getTime() - WEEK_MS), limit: 20 }),
    listKillSwitches(db),
    readHealth(db, { checkTemporal }),
  ]);
  const progress: WaveProgressView[] = [];
  for (const { waveNo } of running) progress.push(await waveProgress({ db, waveNo, now }));
  return {
    at: now,
    running: progress,
    recent,
    decisions: { waves: waiting, proposals, unknownMessages },
    alarms,
    killSwitches,
    health: { database: health.database, temporal: health.temporal === true },
  };
}
