import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/recallwave.mjs', import.meta.url));

/** How a run of the CLI ended. */
export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running CLI process; `until` waits for text on stderr and answers all of it so far. */
export interface RunningCli {
  child: ChildProcess;
  ended: Promise<CliRun>;
  until(text: string): Promise<string>;
}

/** An empty folder that every user may enter, removed after the file's tests. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-cli-'));
  await chmod(folder, 0o755);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts `recallwave …` as a user would, in `cwd`, with an environment of its own. */
export function startCli(args: string[], options: { cwd: string; env?: Record<string, string> }): RunningCli {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [BIN, ...args], { cwd: options.cwd, env: { PATH, HOME, ...options.env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<CliRun>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const until = async (text: string): Promise<string> => {
    while (!stderr.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without "${text}":\n${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return stderr;
  };
  return { child, ended, until };
}

/** Runs `recallwave …` to its end. */
export function runCli(args: string[], options: { cwd: string; env?: Record<string, string> }): Promise<CliRun> {
  return startCli(args, options).ended;
}
