import { expect, test } from 'vitest';
import { migrationSource } from '../../src/db/migrate.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();

async function tables(): Promise<string[]> {
  const rows = await db('pg_tables').where({ schemaname: 'public' }).orderBy('tablename').pluck('tablename');
  return rows.filter((name: string) => !name.startsWith('knex_'));
}

test('every migration can be taken back and applied again', async () => {
  const before = await tables();
  await db.migrate.rollback({ migrationSource }, true);
  expect(await tables()).toEqual([]);
  await db.migrate.latest({ migrationSource });
  expect(await tables()).toEqual(before);
});

test('refuses to change a published campaign version', async () => {
  await db('campaigns').insert({ campaign_id: 'a', salt: 's', actor: 'test' });
  await db('campaign_versions').insert({
    campaign_id: 'a',
    version: 1,
    hash: 'h',
    source: '',
    definition: {},
    contents: {},
    author: 'test',
  });
  await expect(db('campaign_versions').update({ hash: 'other' })).rejects.toThrow(/immutable/);
});
