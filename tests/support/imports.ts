import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { afterAll } from 'vitest';
import { importFile, type ImportReport } from '../../src/app/imports/import-file.ts';
import type { ImportKind, ImportOptions } from '../../src/app/imports/kinds/kind.ts';

/** The business clock of import tests. */
export const NOW = new Date('2026-03-10T08:00:00Z');

/** A row of a rejects file. */
export interface RejectRow {
  line: string;
  column: string;
  value: string;
  reason: string;
  row: string;
}

/** An import of a text, with what it rejected; files live in a folder that goes away with the test file. */
export async function importer(db: Knex) {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-imports-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (
    kind: ImportKind,
    text: string | Buffer,
    options: ImportOptions = {},
  ): Promise<ImportReport & { rejects: RejectRow[] }> => {
    const rejectsFile = join(folder, `${kind}.rejects.csv`);
    const input = (async function* () {
      yield Buffer.from(text as string);
    })();
    const request = { db, kind, input, sourceName: 'test', actor: 'test', now: NOW, rejectsFile, options };
    const report = await importFile(request);
    const written = report.rejectsFile === null ? '' : await readFile(report.rejectsFile, 'utf8');
    return { ...report, rejects: parse(written, { columns: true, bom: true }) as RejectRow[] };
  };
}
