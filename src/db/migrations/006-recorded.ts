import type { Knex } from 'knex';

/** Past experiments (L6), kept for learning to start from evidence. A new table only, so no lock on existing data. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- user_id is the experiment's own: those users need not be among ours. Money in outcomes is in minor units (…_minor).
    create table recorded_assignments (
      recorded_no bigint generated always as identity primary key,
      import_no   bigint not null references imports,
      user_id     text not null,
      segment     text not null,
      reasons     text[] not null default '{}',
      score       double precision not null check (score >= 0 and score <= 1),
      arm         text not null,
      assigned_at timestamptz not null,
      contacted   boolean not null,
      probability double precision check (probability > 0 and probability <= 1),
      outcomes    jsonb not null default '{}',
      currency    text,
      unique (user_id, arm, assigned_at)
    );
    create index recorded_assignments_import on recorded_assignments (import_no);
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table recorded_assignments');
}
