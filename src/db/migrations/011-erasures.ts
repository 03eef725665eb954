import type { Knex } from 'knex';

/**
 * Erased people: who was erased, and keyed hashes of what they were known by, so that they stay left alone when a file brings
 * them back. Takes a short ACCESS EXCLUSIVE lock on users for the column.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column erased_at timestamptz;

    create table erasures (
      user_no   bigint primary key,
      actor     text not null,
      erased_at timestamptz not null default now()
    );
    create trigger erasures_immutable before update or delete on erasures
      for each row execute function refuse_change();

    -- One row: the key of the hashes below. Leave it out of copies that leave the house.
    create table erasure_keys (key bytea not null);
    insert into erasure_keys (key) values
      (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

    create table erased_names (
      hash bytea primary key,
      at   timestamptz not null default now()
    );
  `);
}

/** Drops what `up` made; who was erased stays erased. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table erased_names, erasure_keys, erasures;
    alter table users drop column erased_at;
  `);
}
