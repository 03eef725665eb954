import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../../db/connect.ts';
import { saveCatalogue, stageAsText, storeAsText } from '../../db/queries/imports/attribute-catalogue.ts';
import { closeImport, openImport } from '../../db/queries/imports/import-log.ts';
import { beginMerge, copyRows, inImport } from '../../db/queries/imports/staging.ts';
import type { MergeResult } from '../../db/queries/imports/merge.ts';
import { checkContext } from './check-context.ts';
import { collectFaults } from './collect-faults.ts';
import { DEFINITIONS } from './kinds/definitions.ts';
import type { Attributes } from './kinds/attributes.ts';
import type { ImportKind, ImportOptions, KindDefinition } from './kinds/kind.ts';
import { loadRows, type LoadResult } from './load-rows.ts';
import { openSource, type ImportInput, type OpenedSource } from './open-source.ts';
import { RejectsFile } from './reading/rejects-file.ts';
import { remarksOn } from './remarks.ts';

/** How far an import is; `bytes` of `totalBytes` read where the size is known. */
export interface ImportProgress {
  rows: number;
  bytes: number;
  totalBytes: number | undefined;
}

/** One import. */
export interface ImportRequest {
  db: Db;
  kind: ImportKind;
  input: ImportInput;
  /** What the log calls the source. */
  sourceName: string;
  actor: Actor;
  /** Where rejects go; default `<path>.rejects.csv`, for streams `./import-<kind>.rejects.csv`. */
  rejectsFile?: string;
  /** The business clock: what is expired, what lies in the future. */
  now: Date;
  options?: ImportOptions;
  onProgress?: (progress: ImportProgress) => void;
}

/** What became of an import: read = accepted + rejected, accepted = inserted + updated + unchanged. */
export interface ImportReport {
  importNo: number;
  kind: ImportKind;
  read: number;
  accepted: number;
  /** inserted + updated; 0 when a file comes again. */
  changed: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** null: there were no rejects. */
  rejectsFile: string | null;
  /** Remarks in words, without personal data. */
  warnings: string[];
}

/**
 * Imports one file in one transaction: bad rows go to the rejects file, the good ones in. Throws BadInput (nothing done)
 * where the file as a whole is unusable: missing, empty, not UTF-8, wrong header.
 */
export function importFile(request: ImportRequest): Promise<ImportReport> {
  return importWith(request, DEFINITIONS[request.kind]);
}

/** The same for a file of the kind that another definition checks and merges. */
export async function importWith(request: ImportRequest, definition: KindDefinition): Promise<ImportReport> {
  const source = await openSource(request.input, request.options?.format);
  const rejects = new RejectsFile(request.rejectsFile ?? defaultRejectsFile(request));
  try {
    return await inImport(request.db, definition.table, (trx) => run({ request, definition, source, rejects, trx }));
  } catch (error) {
    await rejects.discard();
    throw error;
  }
}

interface Run {
  request: ImportRequest;
  definition: KindDefinition;
  source: OpenedSource;
  rejects: RejectsFile;
  trx: Knex.Transaction;
}

async function run({ request, definition, source, rejects, trx }: Run): Promise<ImportReport> {
  const { kind, actor } = request;
  const { check, attributes } = definition.createCheck(await checkContext(trx, request));
  const startedAt = new Date();
  let loaded: LoadResult = { read: 0, remarks: [] };
  await copyRows(trx, async (target) => {
    loaded = await loadRows({
      source,
      columns: definition.columns,
      check,
      rejects,
      target,
      onProgress: request.onProgress,
    });
  });
  await beginMerge(trx);
  const importNo = await openImport(trx, { kind, source: request.sourceName, actor, startedAt });
  const remarks = attributes ? await settleAttributes(trx, attributes) : [];
  const merged = await definition.table.merge(trx, { actor, importNo, staged: loaded.read - rejects.count });
  await collectFaults(trx, rejects);
  const counts = count(loaded.read, rejects.count, merged);
  const rejectsFile = await rejects.keep();
  await closeImport(trx, { importNo, ...counts, rejectsFile });
  return {
    importNo,
    kind,
    ...counts,
    rejectsFile,
    warnings: [...loaded.remarks, ...remarks, ...remarksOn(merged.notes, loaded.read)],
  };
}

function count(read: number, rejected: number, merged: MergeResult) {
  const { inserted, updated } = merged;
  const accepted = read - rejected;
  const changed = inserted + updated;
  return { read, accepted, changed, inserted, updated, unchanged: accepted - changed, rejected };
}

async function settleAttributes(trx: Knex.Transaction, attributes: Attributes): Promise<string[]> {
  const { entries, mixed, widened, remarks } = attributes.summary();
  await stageAsText(trx, mixed);
  await storeAsText(trx, widened);
  await saveCatalogue(trx, entries);
  return remarks;
}

function defaultRejectsFile(request: ImportRequest): string {
  return typeof request.input === 'string' ? `${request.input}.rejects.csv` : `import-${request.kind}.rejects.csv`;
}
