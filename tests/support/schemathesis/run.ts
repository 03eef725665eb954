import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API_SCOPES } from '../../../src/domain/roles.ts';
import { freePort } from '../ports.ts';
import { configText } from './config-text.ts';

/**
 * `npm run schemathesis [seed …]`: a sample company on an installation of its own, and every operation of its OpenAPI document
 * with all checks and in all phases, once per seed. Exit code 1 where a check fails. Reports lie in the folder that it names.
 */
const VERSION = '4.32.5';
const VENV = join(homedir(), '.cache', 'recallwave', `schemathesis-${VERSION}`);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLES = Number(process.env['SCHEMATHESIS_EXAMPLES'] ?? 50);

const given = process.argv.slice(2).map(Number);
const seeds = given.length > 0 ? given : [1, 2, 3];
const folder = await mkdtemp(join(tmpdir(), 'recallwave-schemathesis-'));
await install();
const port = await freePort();
const env = {
  ...process.env,
  RECALLWAVE_HOME: join(folder, 'home'),
  API_PORT: String(port),
  API_GUESSES_PER_MINUTE: '1000000',
};
const server = await startServer();
let failed = false;
try {
  for (const seed of seeds) failed = (await pass({ seed, part: 'all' })) !== 0 || failed;
  failed = (await pass({ seed: seeds[0] ?? 1, part: 'keys' })) !== 0 || failed;
} finally {
  server.kill('SIGTERM');
  await ended(server);
  await copyFile(join(env.RECALLWAVE_HOME, 'recallwave.log'), join(folder, 'recallwave.log')).catch(() => undefined);
}
process.stdout.write(`reports and log: ${folder}\n`);
await rm(env.RECALLWAVE_HOME, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;

/** All operations with a key that none of them revokes, or those of keys alone with one that may end. */
async function pass({ seed, part }: { seed: number; part: 'all' | 'keys' }): Promise<number> {
  const key = await adminKey();
  const config = join(folder, `${part}-${seed}.toml`);
  await writeFile(config, configText({ key, part, hooks: join(import.meta.dirname, 'hooks.py') }));
  const args = ['--config-file', config, '--no-color', 'run', `http://127.0.0.1:${port}/v1/openapi.json`];
  const report = ['--report', 'junit', '--report-junit-path', join(folder, `${part}-${seed}.xml`)];
  const draw = ['--seed', String(seed), '--max-examples', String(EXAMPLES), '--generation-database', 'none'];
  return ended(
    spawn(join(VENV, 'bin', 'schemathesis'), [...args, ...draw, ...report], { cwd: folder, stdio: 'inherit' }),
  );
}

async function install(): Promise<void> {
  if (existsSync(join(VENV, 'bin', 'schemathesis'))) return;
  await mkdir(VENV, { recursive: true });
  const made = await ended(spawn('python3', ['-m', 'venv', VENV], { stdio: 'inherit' }));
  const pip = made === 0 ? spawn(join(VENV, 'bin', 'pip'), ['install', '-q', `schemathesis==${VERSION}`]) : null;
  if (pip !== null && (await ended(pip)) === 0) return;
  await rm(VENV, { recursive: true, force: true });
  throw new Error(
    `schemathesis is missing: python3 -m venv ${VENV} && ${VENV}/bin/pip install schemathesis==${VERSION}`,
  );
}

/** `npm start` with a sample company, once it says that it runs. */
function startServer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['bin/recallwave.mjs', 'start', '--users', '400'], { cwd: ROOT, env });
  return new Promise((resolve, reject) => {
    child.stdout.resume();
    let said = '';
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it ran: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Running; Ctrl-C')) resolve(child);
    });
  });
}

/** A fresh key with every scope. */
async function adminKey(): Promise<string> {
  const scopes = API_SCOPES.flatMap((scope) => ['--scope', scope]);
  const child = spawn(process.execPath, ['bin/recallwave.mjs', 'key', 'create', 'schemathesis', ...scopes], {
    cwd: ROOT,
    env,
  });
  let key = '';
  child.stdout.on('data', (chunk: Buffer) => (key += chunk.toString()));
  const code = await ended(child);
  if (code !== 0) throw new Error(`no key: exit ${code}`);
  return key.trim();
}

function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
