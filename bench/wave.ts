import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { applyCampaignFile } from '../src/app/campaigns/apply.ts';
import { importFile } from '../src/app/imports/import-file.ts';
import { prove } from '../src/app/prove.ts';
import { rehearse } from '../src/app/rehearse.ts';
import { startWave, waitForWave } from '../src/app/run-wave.ts';
import { eachAcceptance } from '../src/channels/stand-ins/acceptances.ts';
import { readConfig } from '../src/config/read-config.ts';
import { connect } from '../src/db/connect.ts';
import { migrate } from '../src/db/migrate.ts';
import { findWave } from '../src/db/queries/waves.ts';
import { findTemporalBinary } from '../src/worker/stack/temporal-binary.ts';
import { startTemporalServer } from '../src/worker/stack/temporal-server.ts';
import { openTemporal } from '../src/worker/temporal-client.ts';
import { freePort } from '../tests/support/ports.ts';
import { benchActions } from './actions.ts';
import { benchDatabase } from './database.ts';
import type { BenchResult } from './figures.ts';
import { writeHillstrom } from './hillstrom.ts';

/** Hillstrom's customers; not part of the project. */
export const HILLSTROM = fileURLToPath(new URL('../../shared/data/hillstrom.csv', import.meta.url));

const CAMPAIGN = fileURLToPath(new URL('./hillstrom/campaign.yaml', import.meta.url));
const CLI = fileURLToPath(new URL('../bin/recallwave.mjs', import.meta.url));
const STAND_INS = fileURLToPath(new URL('../src/channels/stand-ins/main.ts', import.meta.url));

/** One wave over real customers from import to proof. */
export interface WaveRunFigures {
  users: number;
  /** Seconds of each stage. */
  seconds: Record<string, number>;
  waterfall: Record<string, number>;
  proved: boolean;
  actions: number;
  longestHistory: number;
  /** Peak resident memory of the worker process. */
  workerMb: number;
}

interface Servers {
  adminUrl: string;
  home: string;
  temporalAddress: string;
}

async function standIns(
  folder: string,
): Promise<{ child: ChildProcess; smtpPort: number; httpPort: number; acceptancesFile: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', STAND_INS, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output to read the ports from');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { smtpPort: number; httpPort: number; acceptancesFile: string }) };
}

function peakMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function timed<T>(seconds: Record<string, number>, stage: string, body: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await body();
  seconds[stage] = (performance.now() - started) / 1000;
  return result;
}

async function waterfall(db: Knex, waveNo: number): Promise<Record<string, number>> {
  const { rows } = await db.raw(
    `select w.disposition || coalesce(': ' || coalesce(m.state, w.reason), '') as stage, count(*)::int as users
     from ways w left join messages m on m.wave_no = w.wave_no and m.user_no = w.user_no and m.step = w.step
     where w.wave_no = ? group by 1 order by 2 desc`,
    [waveNo],
  );
  return Object.fromEntries(rows.map((row: { stage: string; users: number }) => [row.stage, row.users]));
}

async function runStages(input: {
  db: Knex;
  client: Client;
  folder: string;
  users: number;
  acceptancesFile: string;
  queuePrefix: string;
}): Promise<Omit<WaveRunFigures, 'workerMb'>> {
  const { db, client, users } = input;
  const seconds: Record<string, number> = {};
  const now = new Date();
  const files = await writeHillstrom({ source: HILLSTROM, folder: input.folder, limit: users, now });
  const actor = 'bench';
  await timed(seconds, 'import', async () => {
    for (const kind of ['users', 'warnings'] as const) {
      await importFile({ db, kind, input: files[kind], sourceName: kind, actor, now });
    }
  });
  await timed(seconds, 'apply', () => applyCampaignFile({ db, path: CAMPAIGN, actor }));
  await timed(seconds, 'rehearse', () => rehearse({ db, campaignId: 'hillstrom', decisionAt: new Date() }));
  const { workflowId } = await timed(seconds, 'run', async () => {
    const started = await startWave({ client, campaignId: 'hillstrom', actor, queuePrefix: input.queuePrefix });
    await waitForWave({ client, campaignId: 'hillstrom', ...started });
    await client.workflow.getHandle(started.workflowId).result();
    return started;
  });
  const wave = await findWave(db, { campaignId: 'hillstrom' });
  if (!wave) throw new Error('the run left no wave');
  const file = input.acceptancesFile;
  const proof = await timed(seconds, 'prove', () =>
    prove({ db, wave, standIns: { file, channels: ['email', 'sms', 'push'], read: () => eachAcceptance(file) } }),
  );
  const { total, longestHistory } = await benchActions(client, workflowId);
  return {
    users,
    seconds,
    waterfall: await waterfall(db, wave.waveNo),
    proved: proof.proved,
    actions: total,
    longestHistory,
  };
}

/** One wave over the first `users` customers, with worker and stand-ins in processes of their own. */
async function hillstromWave(servers: Servers, users: number): Promise<WaveRunFigures> {
  const name = `hillstrom_${users}`;
  const queuePrefix = `hillstrom-${users}`;
  const admin = connect(servers.adminUrl, { max: 1 });
  await admin.raw(`create database ${name}`);
  await admin.destroy();
  const databaseUrl = servers.adminUrl.replace(/\/[^/]*$/, `/${name}`);
  const db = connect(databaseUrl);
  await migrate(db);
  const folder = join(servers.home, name);
  const sink = await standIns(join(folder, 'stand-ins'));
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_QUEUE_PREFIX: queuePrefix,
    RECALLWAVE_HOME: folder,
    LINK_SECRET: 'bench'.repeat(8),
    STANDIN_SMTP_PORT: String(sink.smtpPort),
    STANDIN_HTTP_PORT: String(sink.httpPort),
    API_PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
  };
  const worker = spawn(process.execPath, [CLI, 'worker'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const temporal = await openTemporal(readConfig(env));
  try {
    const { client } = temporal;
    const stages = await runStages({
      db,
      client,
      folder,
      users,
      acceptancesFile: sink.acceptancesFile,
      queuePrefix,
    });
    return { ...stages, workerMb: peakMb(worker.pid) };
  } finally {
    await temporal.close();
    for (const child of [worker, sink.child]) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    await db.destroy();
  }
}

/** Waves over 6,400 and 64,000 of Hillstrom's customers on the embedded servers; none where the data are missing. */
export async function benchWaves(sizes: readonly number[] = [6_400, 64_000]): Promise<WaveRunFigures[]> {
  if (!existsSync(HILLSTROM)) {
    console.error(`skipped: ${HILLSTROM} is not there`);
    return [];
  }
  const runs: WaveRunFigures[] = [];
  for (const users of sizes) runs.push(await withServers((servers) => hillstromWave(servers, users)));
  return runs;
}

/** PostgreSQL and Temporal of their own for one wave: workflow ids name campaign and date, and a date has one wave. */
async function withServers<T>(body: (servers: Servers) => Promise<T>): Promise<T> {
  const database = await benchDatabase();
  const server = await startTemporalServer({
    binary: await findTemporalBinary((text) => console.error(text)),
    port: await freePort(),
    namespace: 'default',
    logFile: join(database.home, 'temporal.log'),
    databaseFile: join(database.home, 'temporal.db'),
  });
  try {
    return await body({ adminUrl: database.url, home: database.home, temporalAddress: server.address });
  } finally {
    await server.stop();
    await database.close();
  }
}

/** The figures of Temporal actions and memory that the waves give. */
export function waveFigures(runs: readonly WaveRunFigures[]): BenchResult[] {
  const small = runs.at(0);
  const large = runs.at(-1);
  if (!small || !large || small === large) return [];
  const actions = (large.actions * 1000) / large.users;
  const memory = large.workerMb / small.workerMb;
  return [
    {
      figure: `Temporal actions per 1,000 users at ${large.users}`,
      value: actions,
      reference: 5,
      ratio: actions / 5,
      target: '≤ 5 actions',
      met: actions <= 5,
    },
    {
      figure: `worker memory at ${large.users} users, MB, against ${small.users}`,
      value: large.workerMb,
      reference: small.workerMb,
      ratio: memory,
      target: '≤ 1.2 and ≤ 600 MB',
      met: memory <= 1.2 && large.workerMb <= 600,
    },
  ];
}
