import type { Knex } from 'knex';

/** Answers that take long to count, kept for whoever looks next. Nothing else lives here: the table may be emptied at any time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table summaries (
      key      text primary key,                     -- what was asked, with its filters
      content  text not null,                        -- JSON
      took_ms  integer not null,
      made_at  timestamptz not null default now()
    );
    create index summaries_made on summaries (made_at);
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table summaries');
}
