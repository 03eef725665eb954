import type { Knex } from 'knex';

/**
 * A read looks at the events of its entries' time, not at all that ever came. BRIN, since events come roughly in the order in which they
 * happened: a few kilobytes that cost an import nothing. Takes a SHARE lock on events while it reads them once.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    'create index events_occurred on events using brin (occurred_at) with (pages_per_range = 32, autosummarize = on)',
  );
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index events_occurred');
}
