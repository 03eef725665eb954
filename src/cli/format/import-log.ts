import type { ImportRow } from '../../app/imports/import-log.ts';
import { tableOr } from './table.ts';
import { time } from './time.ts';

/** The log of imports as a table. */
export function importLogText(found: readonly ImportRow[]): string {
  return tableOr(
    'nothing was imported yet; begin with `recallwave import users FILE`',
    ['import', 'kind', 'source', 'accepted', 'rejected', 'finished', 'by', 'rejects'],
    found.map((row) => [
      String(row.importNo),
      row.kind,
      row.source,
      row.accepted,
      row.rejected,
      time(row.finishedAt),
      row.actor,
      row.rejectsFile,
    ]),
  );
}
