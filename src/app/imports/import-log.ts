import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Db } from '../../db/connect.ts';
import { findImport, importsBefore, type ImportRow } from '../../db/queries/import-pages.ts';
import { RecallwaveError } from '../../domain/failures.ts';

export type { ImportRow } from '../../db/queries/import-pages.ts';

/** Imports before a number (null: the newest), newest first. */
export function importPage(
  db: Db,
  input: { kind?: string | undefined; beforeNo: number | null; limit: number },
): Promise<ImportRow[]> {
  return importsBefore(db, input);
}

/** The folder that rejects of uploaded files go to. */
export function rejectsFolder(home: string): string {
  return resolve(home, 'imports');
}

/** Whether the rejects of an import are in the server's own folder: no other file is ever handed out. */
export function keepsRejects(home: string, row: Pick<ImportRow, 'rejectsFile'>): boolean {
  return row.rejectsFile !== null && dirname(row.rejectsFile) === rejectsFolder(home);
}

/** The path of the rejects of an import. Throws NotFound where it has none here. */
export async function rejectsOf(db: Db, input: { home: string; importNo: number }): Promise<string> {
  const { home, importNo } = input;
  const row = await findImport(db, importNo);
  if (!row) throw new RecallwaveError('NotFound', `there is no import ${importNo}`, 'see the list of imports');
  if (row.rejectsFile === null) throw new RecallwaveError('NotFound', `import ${importNo} rejected nothing`);
  const there = keepsRejects(home, row) && (await stat(row.rejectsFile).catch(() => null)) !== null;
  if (there) return row.rejectsFile;
  throw new RecallwaveError(
    'NotFound',
    `the rejects of import ${importNo} are not on this server`,
    `it was imported by ${row.actor}: look for ${row.rejectsFile} on that machine`,
  );
}
