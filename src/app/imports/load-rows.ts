import type { Writable } from 'node:stream';
import { RecallwaveError } from '../../domain/failures.ts';
import type { ImportProgress } from './import-file.ts';
import type { RowCheck } from './kinds/kind.ts';
import type { OpenedSource } from './open-source.ts';
import { csvRows } from './reading/csv-rows.ts';
import { drained } from './reading/drained.ts';
import { jsonRows } from './reading/json-rows.ts';
import { readLineBlocks } from './reading/line-blocks.ts';
import type { RejectsFile } from './reading/rejects-file.ts';
import type { ColumnPlan, RowSink } from './reading/source-row.ts';

/** Rows read, good and bad, and remarks about the file. */
export interface LoadResult {
  read: number;
  remarks: string[];
}

interface LoadInput {
  source: OpenedSource;
  columns: ColumnPlan;
  check: RowCheck;
  rejects: RejectsFile;
  /** Takes COPY text. */
  target: Writable;
  onProgress: ((progress: ImportProgress) => void) | undefined;
}

/** Streams a source: read, check, write COPY text; block by block, so that PostgreSQL works while the next one is read. */
export async function loadRows(input: LoadInput): Promise<LoadResult> {
  const { source, target, rejects } = input;
  const result: LoadResult = { read: 0, remarks: [] };
  let copy = '';
  let bytes = 0;
  const sink: RowSink = {
    row(row) {
      result.read += 1;
      const values = input.check(row);
      if (Array.isArray(values)) copy += copyLine(row.line, values);
      else rejects.add({ line: row.line, row: row.raw, ...values });
    },
    reject(reject) {
      result.read += 1;
      rejects.add(reject);
    },
    remark: (text) => void result.remarks.push(text),
  };
  const reader = (source.format === 'csv' ? csvRows : jsonRows)(input.columns, sink);
  const flush = async (): Promise<void> => {
    const text = copy;
    copy = '';
    if (text !== '' && !target.write(text)) await drained(target);
    await rejects.drain();
  };
  for await (const block of readLineBlocks(source.chunks)) {
    reader.push(block);
    bytes += block.text.length;
    await flush();
    input.onProgress?.({ rows: result.read, bytes, totalBytes: source.bytes });
  }
  reader.end();
  await flush();
  refuseNothing(result, source);
  return result;
}

function refuseNothing(result: LoadResult, source: OpenedSource): void {
  if (result.read > 0) return;
  if (source.format === 'jsonl') {
    throw new RecallwaveError('BadInput', 'the file has no rows; nothing was imported', 'check what wrote it');
  }
  result.remarks.push('the file has a header and no rows');
}

function copyLine(line: number, values: readonly (string | null)[]): string {
  let text = String(line);
  for (const value of values) text += value === null ? '\t\\N' : `\t${copyText(value)}`;
  return `${text}\n`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(value: string): string {
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : value;
}
