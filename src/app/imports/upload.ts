import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { importFile, type ImportProgress, type ImportReport } from './import-file.ts';
import { rejectsFolder } from './import-log.ts';
import type { ImportKind, ImportOptions } from './kinds/kind.ts';

/** An upload that is being imported by this process. */
export interface RunningImport {
  kind: ImportKind;
  source: string;
  actor: Actor;
  startedAt: Date;
  rows: number;
  bytes: number;
  totalBytes: number | null;
}

const running = new Set<RunningImport>();

/** Each holds a connection until it is done. */
const MOST_AT_ONCE = 3;

/** Uploads that this process imports just now, the oldest first. */
export function runningImports(): RunningImport[] {
  return [...running];
}

/**
 * Imports a file as it arrives; its rejects go to the home's folder of imports. Throws BadInput as `importFile` does, and
 * WaveRefused where three uploads run already.
 */
export async function importUpload(input: {
  db: Knex;
  home: string;
  kind: ImportKind;
  body: AsyncIterable<Buffer | string>;
  totalBytes: number | null;
  sourceName: string;
  actor: Actor;
  now: Date;
  options: ImportOptions;
}): Promise<ImportReport> {
  const { db, kind, body, sourceName, actor, now, options } = input;
  return runUpload(input, (files) => importFile({ db, kind, input: body, sourceName, actor, now, options, ...files }));
}

/** Runs an import as one of the few uploads at once, with a place for its rejects, where others can see how far it is. */
export async function runUpload<Report>(
  upload: Pick<Parameters<typeof importUpload>[0], 'home' | 'kind' | 'totalBytes' | 'sourceName' | 'actor' | 'now'>,
  run: (files: { rejectsFile: string; onProgress: (progress: ImportProgress) => void }) => Promise<Report>,
): Promise<Report> {
  const { home, kind, totalBytes, sourceName, actor, now } = upload;
  if (running.size >= MOST_AT_ONCE) {
    throw new RecallwaveError('WaveRefused', `${running.size} imports are running`, 'wait until one of them is done');
  }
  const progress: RunningImport = { kind, source: sourceName, actor, startedAt: now, rows: 0, bytes: 0, totalBytes };
  running.add(progress);
  try {
    await mkdir(rejectsFolder(home), { recursive: true, mode: 0o700 });
    return await run({
      rejectsFile: join(rejectsFolder(home), `${randomUUID()}.rejects.csv`),
      onProgress: ({ rows, bytes }) => Object.assign(progress, { rows, bytes }),
    });
  } finally {
    running.delete(progress);
  }
}
