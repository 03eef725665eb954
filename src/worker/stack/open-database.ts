import type { Knex } from 'knex';
import type { Config } from '../../config/config.ts';
import { connect } from '../../db/connect.ts';
import { migrateAlone, schemaState } from '../../db/prepare.ts';
import { ping } from '../../db/queries/ping.ts';
import { RecallwaveError, UnreachableError } from '../../domain/failures.ts';

export interface OpenDatabase {
  db: Knex;
  url: string;
  /** Embedded only: starts the server again where it died; true when it had to. */
  revive?: () => Promise<boolean>;
  close(): Promise<void>;
}

interface Opening {
  config: Config;
  note: (text: string) => void;
}

/** DATABASE_URL's database, else the home's embedded one (started or shared), checked and with its schema. */
export async function openDatabase({ config, note }: Opening): Promise<OpenDatabase> {
  const opened = await open({ config, note });
  try {
    await ensureSchema(opened.db, { embedded: config.databaseUrl === undefined, note });
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Brings the same database to the newest schema; returns the migrations that ran. */
export async function migrateDatabase(opening: Opening): Promise<string[]> {
  const opened = await open(opening);
  try {
    if ((await schemaState(opened.db)) === 'ahead') throw newerDatabase();
    return await migrateAlone(opened.db);
  } finally {
    await opened.close();
  }
}

async function open({ config, note }: Opening): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    const db = await connectChecked(config.databaseUrl);
    return { db, url: config.databaseUrl, close: () => db.destroy() };
  }
  const { openPostgres } = await import('./postgres.ts');
  const server = await openPostgres({ home: config.home, note });
  const db = await connectChecked(server.url).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  return {
    db,
    url: server.url,
    revive: () => server.revive(),
    close: async () => {
      await db.destroy();
      await server.close();
    },
  };
}

/** A pool on `url` that has answered once. Throws UnreachableError with host and port, never with the password. */
export async function connectChecked(url: string): Promise<Knex> {
  const db = connect(url);
  try {
    await ping(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw explain(error, url);
  }
}

const REFUSALS: Record<string, string> = {
  '28P01': 'refused the password',
  '28000': 'refused the user',
  '3D000': 'has no such database',
  '57P03': 'is starting up or shutting down',
  '53300': 'has no connection left',
};

function explain(error: unknown, url: string): UnreachableError {
  const { hostname, port, pathname } = new URL(url);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const place = `PostgreSQL at ${hostname}:${port || '5432'}`;
  const refusal = REFUSALS[code];
  const message =
    refusal === undefined
      ? `${place} cannot be reached (${code || 'no answer'})`
      : `${place} ${refusal} (${pathname.slice(1)})`;
  return new UnreachableError(
    message,
    'start it or correct DATABASE_URL; without DATABASE_URL the embedded one is used',
  );
}

/** An empty or embedded database is brought up; one's own is never changed behind one's back. */
async function ensureSchema(db: Knex, how: { embedded: boolean; note: (text: string) => void }): Promise<void> {
  const state = await schemaState(db);
  if (state === 'current') return;
  if (state === 'ahead') throw newerDatabase();
  if (state === 'behind' && !how.embedded) {
    throw new RecallwaveError('BadInput', 'the database has an older schema', 'recallwave db migrate');
  }
  const names = await migrateAlone(db);
  if (!how.embedded && names.length > 0) how.note(`made the schema: ${names.length} migrations`);
}

function newerDatabase(): RecallwaveError {
  return new RecallwaveError('BadInput', 'the database was made by a newer Recallwave', 'update this installation');
}
