import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createDatabaseIfMissing } from '../../src/db/prepare.ts';
import { openPostgres } from '../../src/worker/stack/postgres.ts';
import { findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

const note = (text: string): boolean => process.stderr.write(`${text}\n`);

/**
 * One real PostgreSQL for the whole run, with a migrated template database that each test file clones. The Temporal CLI is
 * fetched or built here, where no time limit cuts it short; tests that need it say so when it is not to be had.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-tests-'));
  await chmod(folder, 0o755); // as root the server runs as the user postgres
  const settings = { fsync: 'off', max_connections: '300' };
  const server = await openPostgres({ home: folder, note, settings });
  await createDatabaseIfMissing(`${server.serverUrl}/postgres`, 'recallwave_template');
  const db = connect(`${server.serverUrl}/recallwave_template`);
  await migrate(db);
  await db.destroy();
  await findTemporalBinary(note).catch((error: Error) => note(error.message));
  project.provide('postgresUrl', server.serverUrl);
  return async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}
