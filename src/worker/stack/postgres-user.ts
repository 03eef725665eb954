import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RecallwaveError } from '../../domain/failures.ts';
import { runProgram, type ProcessOwner } from './processes.ts';

/** PostgreSQL refuses to run as root: as root it runs as the system user postgres, which is made where it's missing. */
export async function postgresOwner(): Promise<ProcessOwner> {
  if (process.getuid?.() !== 0) return {};
  const found = await idsOf('postgres');
  if (found !== undefined) return found;
  await runProgram('groupadd', ['--system', 'postgres']);
  const made = await runProgram('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const owner = await idsOf('postgres');
  if (owner !== undefined) return owner;
  throw new RecallwaveError(
    'BadInput',
    `PostgreSQL cannot run as root, and a user postgres could not be made (${made.stderr.trim()})`,
    'run recallwave as another user, or set DATABASE_URL',
  );
}

async function idsOf(user: string): Promise<ProcessOwner | undefined> {
  const [uid, gid] = await Promise.all([runProgram('id', ['-u', user]), runProgram('id', ['-g', user])]);
  return uid.code === 0 && gid.code === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** The first folder on the way to `path` that other users may not enter; undefined where all are open. */
export async function closedAncestor(path: string): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await closedAncestor(parent);
  if (above !== undefined) return above;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.isDirectory() && (found.mode & 0o001) === 0 ? path : undefined;
}
