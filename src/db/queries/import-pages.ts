import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { join, raw, rows, sql } from '../sql.ts';

/** An import in the log. */
export interface ImportRow {
  importNo: number;
  kind: string;
  source: string;
  accepted: number;
  changed: number;
  rejected: number;
  /** Where the rejects went, on the machine that imported; null: there were none. */
  rejectsFile: string | null;
  actor: Actor;
  startedAt: Date;
  finishedAt: Date;
}

const COLUMNS =
  raw(`import_no as "importNo", kind, source, accepted, changed, rejected, rejects_file as "rejectsFile", actor,
  started_at as "startedAt", finished_at as "finishedAt"`);

/** Imports before a number (null: from the newest), newest first. */
export function importsBefore(
  db: Db,
  input: { kind?: string | undefined; beforeNo: number | null; limit: number },
): Promise<ImportRow[]> {
  const { kind, beforeNo, limit } = input;
  const conditions = [
    kind !== undefined && sql`kind = ${kind}`,
    beforeNo !== null && sql`import_no < ${beforeNo}`,
  ].filter((one) => one !== false);
  return rows(
    db,
    sql`select ${COLUMNS} from imports where ${join(conditions, ' and ', 'true')} order by import_no desc limit ${limit}`,
  );
}

/** One import, or undefined. */
export async function findImport(db: Db, importNo: number): Promise<ImportRow | undefined> {
  return (await rows<ImportRow>(db, sql`select ${COLUMNS} from imports where import_no = ${importNo}`))[0];
}
