import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

/** Runs `recallwave` in this process on a database; returns what it wrote and the exit code. */
export async function runCli(
  url: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string; json: () => never }> {
  const written = { out: '', err: '' };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))));
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))));
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = url;
  try {
    const code = await runProgram(args);
    return { code, ...written, json: () => JSON.parse(written.out) as never };
  } finally {
    if (before === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = before;
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
