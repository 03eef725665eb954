import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import copyStreams from 'pg-copy-streams';
import type { Knex } from 'knex';
import type { Db } from '../../connect.ts';
import { raw, rows, sql } from '../../sql.ts';

/** The columns of a kind's staging table `import_rows` (beside `line`), and what makes a row of a file unique. */
export interface StagingTable {
  columns: readonly string[];
  /** SQL expressions over import_rows. */
  key: readonly string[];
  /** What to call a repeated key: its column, and SQL that shows its value. */
  keyName: { column: string; value: string };
}

/** Takes imports in turn from the merge to the commit, so that an event and its user never miss each other. */
export const IMPORT_LOCK = 7202;

/**
 * Everything of one import in one transaction: temporary tables for rows and faults that vanish with it, `body` in between.
 * Nothing stays when `body` throws.
 */
export function inImport<T>(db: Db, table: StagingTable, body: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (trx) => {
    await trx.raw(`
      set local work_mem = '64MB';
      create temp table import_rows (line integer not null, ${table.columns.join(', ')}) on commit drop;
      create temp table import_faults (
        line integer primary key, column_name text not null, value text not null, code text not null, first_line integer,
        contents text not null
      ) on commit drop`);
    return body(trx);
  });
}

/** Streams lines of COPY text (line number first) into import_rows; `load` writes, and what it throws takes all back. */
export async function copyRows(trx: Knex.Transaction, load: (target: Writable) => Promise<void>): Promise<void> {
  const client = (await trx.client.acquireConnection()) as ClientBase;
  const target = client.query(copyStreams.from('copy import_rows from stdin'));
  const done = finished(target);
  // Whoever awaits `load` first must not leave this one unheard.
  done.catch(() => undefined);
  try {
    await load(target);
    target.end();
    await done;
  } catch (error) {
    target.destroy();
    await done.catch(() => undefined);
    throw error;
  }
}

/** Begins the merge: other imports wait until the commit. */
export async function beginMerge(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
}

/** Takes out rows whose key an earlier line has, and names that line. */
export async function rejectRepeats(trx: Knex.Transaction, table: StagingTable): Promise<void> {
  const key = table.key.join(', ');
  const repeated = await trx.raw(`select 1 from import_rows group by ${key} having count(*) > 1 limit 1`);
  if (repeated.rowCount === 0) return;
  await trx.raw(`
    insert into import_faults (line, column_name, value, code, first_line, contents)
    select line, '${table.keyName.column}', ${table.keyName.value}, 'repeated', first_line, ${CONTENTS}
    from (select *, min(line) over (partition by ${key}) as first_line from import_rows) r
    where line > first_line`);
  await dropFaulty(trx);
}

/** The staged row as JSON without what is empty, for the rejects file. */
const CONTENTS = `(jsonb_strip_nulls(to_jsonb(r)) - 'line' - 'first_line')::text`;

/** Takes out the rows for which `condition` (SQL over import_rows r) holds, with a code that app/imports puts in words; returns how many. */
export async function rejectWhere(
  trx: Knex.Transaction,
  fault: { condition: string; column: string; value: string; code: string },
): Promise<number> {
  const found = await trx.raw(`
    insert into import_faults (line, column_name, value, code, contents)
    select line, '${fault.column}', coalesce(${fault.value}, ''), '${fault.code}', ${CONTENTS}
    from import_rows r where ${fault.condition}`);
  if ((found.rowCount ?? 0) > 0) await dropFaulty(trx);
  return found.rowCount ?? 0;
}

/** Takes out the rows whose user_id nobody has. */
export function rejectUnknownUsers(trx: Knex.Transaction): Promise<number> {
  return rejectWhere(trx, {
    condition: `r.user_id is not null and not exists (select 1 from users u where u.user_id = r.user_id)`,
    column: 'user_id',
    value: 'r.user_id',
    code: 'unknown_user',
  });
}

/** Takes the rows with a fault out of import_rows. */
export async function dropFaulty(trx: Knex.Transaction): Promise<void> {
  await trx.raw('delete from import_rows r using import_faults f where f.line = r.line');
}

/** A row that only the database could judge. */
export interface StagedFault {
  line: number;
  column: string;
  value: string;
  code: string;
  firstLine: number | null;
  contents: string;
}

/** The next faults after a line, in the order of lines. */
export function stagedFaults(trx: Knex.Transaction, page: { after: number; limit: number }): Promise<StagedFault[]> {
  return rows<StagedFault>(
    trx,
    sql`select line, column_name as "column", value, code, first_line as "firstLine", contents from import_faults
      where line > ${page.after} order by line limit ${raw(String(page.limit))}`,
  );
}

/** Runs a statement of a merge and returns how many rows it touched. */
export async function touched(
  trx: Knex.Transaction,
  statement: { sql: string; bindings: readonly unknown[] },
): Promise<number> {
  const result = (await trx.raw(statement.sql, statement.bindings as never)) as { rowCount: number | null };
  return result.rowCount ?? 0;
}
