import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** What the database says of itself and of what came in last. Times null: nothing yet. */
export interface DatabaseFigures {
  version: string;
  bytes: number;
  lastWaveAt: Date | null;
  lastImportAt: Date | null;
  untoldAlarms: number;
  alarmsOfDay: number;
}

/** Reads them; each by a small table or an end of a primary key. */
export async function databaseFigures(db: Db): Promise<DatabaseFigures> {
  const [figures] = await rows<DatabaseFigures>(
    db,
    sql`select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
        (select created_at from waves order by wave_no desc limit 1) as "lastWaveAt",
        (select finished_at from imports order by import_no desc limit 1) as "lastImportAt",
        (select count(*)::int from alarms where told_at is null) as "untoldAlarms",
        (select count(*)::int from alarms where at > now() - interval '1 day') as "alarmsOfDay"`,
  );
  if (!figures) throw new Error('a select without from gives one row');
  return figures;
}
