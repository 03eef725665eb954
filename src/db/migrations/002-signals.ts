import type { Knex } from 'knex';

/** What comes in about users: warnings, events, contacts made by other tools, content to recommend, and the import log. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table warnings (
      warning_no  bigint generated always as identity primary key,
      user_no     bigint not null,
      model       text not null,
      score       double precision not null check (score >= 0 and score <= 1),
      segment     text not null,
      reasons     text[] not null default '{}',
      evidence    jsonb,
      raised_at   timestamptz not null,
      expires_at  timestamptz not null,
      actor       text not null,
      imported_at timestamptz not null default now(),
      unique (user_no, model, raised_at)
    );

    -- user_no stays null until the user arrives; an import of users fills it.
    create table events (
      event_id    text primary key,
      user_id     text not null,
      user_no     bigint,
      type        text not null,
      occurred_at timestamptz not null,
      value_minor bigint,
      currency    text,
      properties  jsonb not null default '{}',
      actor       text not null,
      received_at timestamptz not null default now()
    );
    create index events_user on events (user_no, occurred_at);
    create index events_unmatched on events (user_id) where user_no is null;

    create table contacts (
      user_no  bigint not null,
      channel  text not null,
      category text not null,
      sent_at  timestamptz not null,
      actor    text not null,
      primary key (user_no, channel, category, sent_at)
    );

    create table content (
      content_id   text primary key,
      kind         text not null,
      title        text not null,
      tags         text[] not null default '{}',
      url          text,
      price_minor  bigint,
      published_at timestamptz,
      locale       text,
      actor        text not null
    );

    create table imports (
      import_no    bigint generated always as identity primary key,
      kind         text not null,
      source       text not null,
      accepted     integer not null,
      changed      integer not null,
      rejected     integer not null,
      rejects_file text,
      actor        text not null,
      started_at   timestamptz not null,
      finished_at  timestamptz not null default now()
    );
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table imports, content, contacts, events, warnings`);
}
