import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterAll, inject } from 'vitest';
import { connect } from '../../src/db/connect.ts';

/** A fresh clone of the migrated template for one test file; dropped afterwards. Await at the top of the file. */
export async function freshDatabase(): Promise<{ db: Knex; url: string }> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(`${server}/postgres`, { max: 1 });
  // Two files that clone at once meet a template "being accessed": take turns.
  await admin.raw(`select pg_advisory_lock(42)`);
  await admin.raw(`create database ${name} template recallwave_template`);
  await admin.raw(`select pg_advisory_unlock(42)`);
  const url = `${server}/${name}`;
  const db = connect(url, { max: 20 });
  afterAll(async () => {
    await db.destroy();
    await admin.raw(`drop database if exists ${name} with (force)`);
    await admin.destroy();
  });
  return { db, url };
}
