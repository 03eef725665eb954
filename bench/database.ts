import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../src/db/connect.ts';
import { migrate } from '../src/db/migrate.ts';
import { openPostgres } from '../src/worker/stack/postgres.ts';

/** A migrated embedded PostgreSQL with the settings that ship, in a folder of its own. */
export async function benchDatabase(): Promise<{ db: Knex; url: string; home: string; close(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'recallwave-bench-'));
  const server = await openPostgres({ home, note: () => {} });
  const db = connect(server.url, { max: 20 });
  await migrate(db);
  return {
    db,
    url: server.url,
    home,
    close: async () => {
      await db.destroy();
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
