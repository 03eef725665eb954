import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { ChannelName } from '../../../src/domain/words.ts';
import { aFullWave, aSendableCampaign } from '../sendable-wave.ts';
import { judge, type Verdict } from './oracle.ts';
import {
  compileChaos,
  startChaosStandIns,
  startChaosWorker,
  type ChaosStandIns,
  type ChaosWorker,
} from './processes.ts';
import type { WorkerOrders } from './worker.ts';

/** Sends in flight of every chaos worker. */
export const CONCURRENCY = 5;

/** A wave that chaos workers send. */
export interface ChaosWave {
  waveNo: number;
  messageNos: number[];
  /** Matches the wave's e-mail recipients in the stand-ins' faults. */
  to: string;
  start(more?: Partial<WorkerOrders>): Promise<ChaosWorker>;
  judge(): Promise<Verdict>;
}

/** Stand-ins and compiled workers, ready to play. */
export interface Stage {
  standIns: ChaosStandIns;
  wave(fields: { users: number; campaign?: object; channel?: ChannelName }): Promise<ChaosWave>;
  close(): Promise<void>;
}

/** Sets the stage over a migrated database. */
export async function setStage(db: Knex, databaseUrl: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-chaos-'));
  const compiled = await compileChaos();
  const standIns = await startChaosStandIns(compiled, folder);
  const workers: ChaosWorker[] = [];
  const start = async (orders: WorkerOrders): Promise<ChaosWorker> => {
    const worker = await startChaosWorker(compiled, orders);
    workers.push(worker);
    return worker;
  };
  let serial = 0;
  return {
    standIns,
    async wave({ users, campaign = {}, channel = 'email' }) {
      const campaignId = await aSendableCampaign(db, { campaign: `f${++serial}`, ...campaign });
      const { waveNo, messageNos } = await aFullWave(db, { campaignId, users, channel });
      const orders: WorkerOrders = {
        databaseUrl,
        smtpPort: standIns.smtpPort,
        httpPort: standIns.httpPort,
        parts: [{ waveNo, step: 1, channel }],
        leaseSeconds: 2,
        concurrency: CONCURRENCY,
        rangeSize: 100,
      };
      return {
        waveNo,
        messageNos,
        to: `^w${waveNo}-`,
        start: (more = {}) => start({ ...orders, ...more }),
        judge: () => judge(db, { waveNos: [waveNo], acceptancesFile: standIns.acceptancesFile }),
      };
    },
    async close() {
      for (const worker of workers) worker.process.kill('SIGKILL'); // those that a failed test left behind
      await standIns.stop();
      await compiled.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
