import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RecallwaveError } from '../../domain/failures.ts';
import { withFileLock } from './file-lock.ts';
import { runProgram } from './processes.ts';

/** The official CLI whose dev server was tested. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

const LIMITS_MS = { probe: 5_000, download: 180_000, build: 1_200_000 };
const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** Where tools are kept between installations: XDG_CACHE_HOME, else ~/.cache. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'recallwave');
}

/**
 * The Temporal CLI: on PATH, in the cache, by the SDK's own download, or built by `go install` into the cache.
 * Throws one message that says what each of them answered.
 */
export async function findTemporalBinary(note: (text: string) => void): Promise<string> {
  const folder = join(cacheFolder(), 'temporal', TEMPORAL_CLI_VERSION);
  const ready = (await onPath()) ?? (await inCache(folder));
  if (ready !== undefined) return ready;
  await mkdir(folder, { recursive: true });
  // Of several processes that lack it one fetches it, the others wait for that.
  return withFileLock(`${folder}.lock`, async () => (await inCache(folder)) ?? obtain(folder, note), LIMITS_MS.build);
}

async function onPath(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder || '.', executable);
    if ((await isExecutable(file)) && (await isTemporal(file))) return file;
  }
  return undefined;
}

async function inCache(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const wanted =
      name === executable || (name.startsWith('temporal-sdk-typescript-') && !name.endsWith('.downloading'));
    if (wanted && (await isExecutable(file)) && (await isTemporal(file))) return file;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isTemporal(file: string): Promise<boolean> {
  const { stdout } = await runProgram(file, ['--version'], { timeoutMs: 10_000 });
  return stdout.startsWith('temporal version');
}

async function obtain(folder: string, note: (text: string) => void): Promise<string> {
  const answers: string[] = ['no `temporal` on PATH', `none in ${folder}`];
  for (const way of [download, build]) {
    const answer = await way(folder, note);
    const found = answer === undefined ? await inCache(folder) : undefined;
    if (found !== undefined) return found;
    answers.push(answer ?? 'what came does not run here');
  }
  throw new RecallwaveError(
    'NotFound',
    `no Temporal server: ${answers.join('; ')}`,
    'install the Temporal CLI (https://docs.temporal.io/cli) or Go, or set TEMPORAL_ADDRESS to a server of your own',
  );
}

/** Undefined: done; else why not. */
type Answer = string | undefined;

async function download(folder: string, note: (text: string) => void): Promise<Answer> {
  const offline = await whyOffline();
  if (offline !== undefined) return `download: ${offline}`;
  const progress = elapsed('downloading the Temporal CLI', note);
  const script = fileURLToPath(new URL('temporal-download.ts', import.meta.url));
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const result = await runProgram(process.execPath, ['--import', tsx, script, folder], {
    timeoutMs: LIMITS_MS.download,
  });
  progress.stop();
  if (result.code === 0) return undefined;
  if (result.code === null) return `download: too slow, given up after ${LIMITS_MS.download / 1000} s`;
  return `download: ${lastLine(result.stderr)}`;
}

/** Without a network the SDK tries for long: a short probe tells offline from slow. A proxy is only known to the SDK. */
async function whyOffline(): Promise<string | undefined> {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return undefined;
  try {
    await fetch('https://temporal.download/', { method: 'HEAD', signal: AbortSignal.timeout(LIMITS_MS.probe) });
    return undefined;
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    return `temporal.download cannot be reached (${cause ?? 'no answer in 5 s'})`;
  }
}

async function build(folder: string, note: (text: string) => void): Promise<Answer> {
  const go = await runProgram('go', ['version']);
  if (go.code !== 0) return 'build: Go is not installed';
  const progress = elapsed(
    `building the Temporal CLI ${TEMPORAL_CLI_VERSION} with go install (once, some minutes)`,
    note,
  );
  const bin = join(folder, `build-${process.pid}`);
  const result = await runProgram('go', ['install', `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION}`], {
    env: { ...process.env, GOBIN: bin },
    timeoutMs: LIMITS_MS.build,
    onLine: progress.detail,
  });
  progress.stop();
  if (result.code === 0) await rename(join(bin, executable), join(folder, executable));
  await rm(bin, { recursive: true, force: true });
  return result.code === 0 ? undefined : `build: ${lastLine(result.stderr) || 'go install was cut off'}`;
}

/** A line at once and then every 15 s, with what the program said last; go says nothing while it compiles. */
function elapsed(what: string, note: (text: string) => void): { detail: (line: string) => void; stop: () => void } {
  const started = Date.now();
  let last = '';
  let saidAt = started;
  note(`${what} …`);
  const timer = setInterval(() => {
    const detail = last !== '' && Date.now() - saidAt > 10_000 ? 'compiling' : last.slice(0, 80);
    note(`${what}: ${Math.round((Date.now() - started) / 1000)} s${detail === '' ? '' : ` (${detail})`}`);
  }, 15_000);
  const say = (line: string): void => {
    last = line;
    saidAt = Date.now();
  };
  return { detail: say, stop: () => clearInterval(timer) };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
