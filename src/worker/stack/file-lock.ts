import { readFile, rm, writeFile } from 'node:fs/promises';
import { RecallwaveError } from '../../domain/failures.ts';
import { isAlive } from './processes.ts';

/** Runs `body` while no other process of this machine holds the lock at `path`; a dead holder's lock is broken. */
export async function withFileLock<T>(path: string, body: () => Promise<T>, patienceMs = 120_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (!(await tryLock(path))) {
    if (Date.now() > deadline) {
      throw new RecallwaveError(
        'BadInput',
        `another process holds ${path}`,
        'end that process, or remove the file if there is none',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    return await body();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
  return false;
}
