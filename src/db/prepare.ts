import type { Knex } from 'knex';
import { connect } from './connect.ts';
import { migrate, migrationSource } from './migrate.ts';

const MIGRATION_LOCK = 7200;

/** Makes database `name` on the server of `adminUrl` unless it is there. `name` is an identifier of ours. */
export async function createDatabaseIfMissing(adminUrl: string, name: string): Promise<void> {
  const admin = connect(adminUrl, { max: 1 });
  try {
    const found = await admin('pg_database').where({ datname: name }).first('datname');
    if (found === undefined) await admin.raw('create database ??', [name]);
  } finally {
    await admin.destroy();
  }
}

/** How far the schema is: empty (nothing yet), behind (migrations wait), current, or ahead (made by a newer version). */
export async function schemaState(db: Knex): Promise<'empty' | 'behind' | 'current' | 'ahead'> {
  if (!(await db.schema.hasTable('knex_migrations'))) return 'empty';
  const done = await db<{ name: string }>('knex_migrations').pluck('name');
  const known = await migrationSource.getMigrations([]);
  if (done.some((name) => !known.includes(name))) return 'ahead';
  if (done.length === 0) return 'empty';
  return done.length < known.length ? 'behind' : 'current';
}

/** Migrates while no other process does; returns the names that ran. */
export async function migrateAlone(db: Knex): Promise<string[]> {
  // A session lock of the database, since knex's own lock row outlives a killed process.
  return db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await releaseDeadLock(db);
    return migrate(db);
  });
}

async function releaseDeadLock(db: Knex): Promise<void> {
  if (await db.schema.hasTable('knex_migrations_lock')) await db('knex_migrations_lock').update({ is_locked: 0 });
}
