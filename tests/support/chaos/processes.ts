import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault, FaultService } from '../../../src/channels/stand-ins/faults.ts';
import type { WorkerOrders } from './worker.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STAND_INS = 'src/channels/stand-ins/main';
const WORKER = 'tests/support/chaos/worker';

/** Stand-ins in a process of their own, so that what they accepted outlives every worker. */
export interface ChaosStandIns {
  smtpPort: number;
  httpPort: number;
  acceptancesFile: string;
  fault(service: FaultService, fault: Fault): Promise<void>;
  stop(): Promise<void>;
}

/** A worker that can be killed. */
export interface ChaosWorker {
  process: ChildProcess;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Worker and stand-ins as plain JavaScript: a killed worker is back in half the time that a loader would take. */
export interface CompiledChaos {
  folder: string;
  remove(): Promise<void>;
}

/** Compiles them once per run, below node_modules so that packages resolve. */
export async function compileChaos(): Promise<CompiledChaos> {
  const folder = await mkdtemp(join(ROOT, 'node_modules/.chaos-'));
  const options = ['--ignoreConfig', '--noCheck', '--skipLibCheck', '--rewriteRelativeImportExtensions'];
  const shape = [
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    '--rootDir',
    ROOT,
    '--outDir',
    folder,
  ];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const entries = [WORKER, STAND_INS].map((entry) => join(ROOT, `${entry}.ts`));
  const compiler = spawn(process.execPath, [tsc, ...options, ...shape, ...entries], { stdio: 'inherit' });
  const [code] = (await once(compiler, 'exit')) as [number];
  if (code !== 0) throw new Error('the chaos worker does not compile');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts the stand-ins, recording into `folder`. */
export async function startChaosStandIns(compiled: CompiledChaos, folder: string): Promise<ChaosStandIns> {
  const child = run(compiled, STAND_INS, { args: ['--folder', folder] });
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const ports = JSON.parse(line.toString()) as Pick<ChaosStandIns, 'smtpPort' | 'httpPort' | 'acceptancesFile'>;
  return {
    ...ports,
    async fault(service, fault) {
      const body = JSON.stringify({ service, ...fault });
      const response = await fetch(`http://127.0.0.1:${ports.httpPort}/_faults`, { method: 'POST', body });
      if (response.status !== 204) throw new Error(`the stand-ins refused a fault: ${await response.text()}`);
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Starts a worker; resolves when it begins to work. */
export async function startChaosWorker(compiled: CompiledChaos, orders: WorkerOrders): Promise<ChaosWorker> {
  const child = run(compiled, WORKER, { env: { CHAOS_WORKER: JSON.stringify(orders) } });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  await Promise.race([once(child.stdout ?? child, 'data'), ended]);
  return { process: child, ended };
}

function run(
  compiled: CompiledChaos,
  entry: string,
  extra: { args?: string[]; env?: Record<string, string> },
): ChildProcess {
  const stderr = process.env['CHAOS_VERBOSE'] ? 'inherit' : 'ignore';
  return spawn(process.execPath, [join(compiled.folder, `${entry}.js`), ...(extra.args ?? [])], {
    env: { ...process.env, ...extra.env },
    stdio: ['ignore', 'pipe', stderr],
  });
}
