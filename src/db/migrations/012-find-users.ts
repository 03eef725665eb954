import type { Knex } from 'knex';

/**
 * Users by the beginning of id, address or number, whatever the collation of the database; tasks by what is due first. Takes
 * SHARE locks while it reads the tables once.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index users_id_begins on users (user_id text_pattern_ops);
    create index users_email_begins on users (lower(email) text_pattern_ops) where email is not null;
    create index users_phone_begins on users (phone text_pattern_ops) where phone is not null;
    create index tasks_due on tasks (coalesce(due_at, 'infinity'::timestamptz), task_no) where state in ('open', 'claimed');
    create index tasks_state_due on tasks (state, coalesce(due_at, 'infinity'::timestamptz), task_no);
    create index tasks_assignee on tasks (assignee, coalesce(due_at, 'infinity'::timestamptz), task_no) where assignee is not null;
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop index tasks_assignee, tasks_state_due, tasks_due, users_phone_begins, users_email_begins, users_id_begins',
  );
}
