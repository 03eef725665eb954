import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import { rows, sql } from '../../sql.ts';

/** Opens the row of an import, so that what it stores can name it; its counts follow. */
export async function openImport(
  trx: Knex.Transaction,
  input: { kind: string; source: string; actor: Actor; startedAt: Date },
): Promise<number> {
  const [row] = await rows<{ import_no: number }>(
    trx,
    sql`insert into imports (kind, source, accepted, changed, rejected, actor, started_at)
      values (${input.kind}, ${input.source}, 0, 0, 0, ${input.actor}, ${input.startedAt}) returning import_no`,
  );
  return row!.import_no;
}

/** Writes what became of an import. */
export async function closeImport(
  trx: Knex.Transaction,
  input: { importNo: number; accepted: number; changed: number; rejected: number; rejectsFile: string | null },
): Promise<void> {
  await trx('imports')
    .where({ import_no: input.importNo })
    .update({
      accepted: input.accepted,
      changed: input.changed,
      rejected: input.rejected,
      rejects_file: input.rejectsFile,
      finished_at: trx.raw('clock_timestamp()'),
    });
}
