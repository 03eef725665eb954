import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessOwner {
  uid?: number;
  gid?: number;
}

/** How a short program ended; `code` null: killed, or it could not be started (then `stderr` says why). */
export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; never throws. `timeoutMs`: it is killed then. */
export function runProgram(
  file: string,
  args: string[],
  options: { owner?: ProcessOwner; env?: NodeJS.ProcessEnv; timeoutMs?: number; onLine?: (line: string) => void } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...options.owner,
      cwd: '/',
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' as const }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const line = chunk.toString().trim().split('\n').at(-1);
      if (line) options.onLine?.(line);
    });
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    // 'exit', not 'close': a server that was started keeps the inherited pipes open.
    child.on('exit', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Whether a process of that id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether process `pid` lives and its command line holds `part`: process ids are used again after a crash. */
export async function isProcessOf(pid: number, part: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  return (await commandLine(pid)).includes(part);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  }
  return (await runProgram('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
}

/** Asks a process to end, and kills it after `graceMs`; resolves when it is gone. */
export async function endProcess(pid: number, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  signal(pid, 'SIGTERM');
  while (isAlive(pid)) {
    if (Date.now() > deadline) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
