import type { Knex } from 'knex';

/** A webhook can be paused: what it is to be told waits. Takes a short ACCESS EXCLUSIVE lock on webhooks, rewrites nothing. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table webhooks add column paused_at timestamptz');
}

/** Drops what `up` made: what waits for a paused webhook is sent. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table webhooks drop column paused_at');
}
