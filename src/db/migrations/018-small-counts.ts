import type { Knex } from 'knex';

/** What waits for a webhook and what was given up is counted without its whole history; suppressions of a user in all. Short SHARE locks. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index webhook_deliveries_waiting on webhook_deliveries (webhook_no) where next_at is not null;
    create index webhook_deliveries_given_up on webhook_deliveries (webhook_no) where next_at is null and delivered_at is null;
    create index suppressions_of_user on suppressions (user_no) where user_no is not null;
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index suppressions_of_user, webhook_deliveries_given_up, webhook_deliveries_waiting');
}
