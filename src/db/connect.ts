import knex, { type Knex } from 'knex';
import pg from 'pg';

export type Db = Knex | Knex.Transaction;

// bigint as number: every id here stays under 2^53. date as its ISO text: a local date has no zone.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const silent = (): void => {};

/** Opens a pool on `url` (postgres://…); the caller destroys it. */
export function connect(url: string, options: { max?: number } = {}): Knex {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'recallwave' },
    pool: { min: 0, max: options.max ?? 10 },
    // knex prints a stack trace for a lost server besides throwing; the one who catches it says it in words.
    log: { warn: silent, error: silent, deprecate: silent, debug: silent },
  });
}
