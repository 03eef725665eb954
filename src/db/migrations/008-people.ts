import type { Knex } from 'knex';

/** People of the console, their sessions and invitations, and answers kept for repeated requests. New tables only. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table people (
      person_no     bigint generated always as identity primary key,
      login         text not null,
      name          text not null,
      password_hash text not null,
      role          text not null check (role in ('viewer', 'marketer', 'operator', 'admin')),
      locale        text not null default 'en',
      timezone      text not null default 'UTC',
      -- Accounts of the sample company: a log-in from another machine is refused.
      loopback_only boolean not null default false,
      actor         text not null,
      created_at    timestamptz not null default now(),
      disabled_at   timestamptz
    );
    create unique index people_login on people (lower(login));

    -- Only hashes of what the browser holds.
    create table sessions (
      session_no   bigint generated always as identity primary key,
      person_no    bigint not null references people,
      token_hash   bytea not null unique,
      csrf_token   text not null,
      user_agent   text,
      created_at   timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at   timestamptz not null,
      revoked_at   timestamptz
    );
    create index sessions_person on sessions (person_no) where revoked_at is null;

    -- One-time links: the first admin, further people (person_no null), a new password (person_no set).
    create table invitations (
      invitation_no bigint generated always as identity primary key,
      token_hash    bytea not null unique,
      role          text not null check (role in ('viewer', 'marketer', 'operator', 'admin')),
      person_no     bigint references people,
      actor         text not null,
      created_at    timestamptz not null default now(),
      expires_at    timestamptz not null,
      used_at       timestamptz,
      revoked_at    timestamptz
    );
    create index invitations_person on invitations (person_no) where person_no is not null;

    -- The answer to a POST, kept a day: the same Idempotency-Key gets it again. status null: still at work.
    create table idempotency_keys (
      principal    text not null,
      route        text not null,
      key          text not null,
      request_hash bytea not null,
      status       integer,
      content_type text,
      body         text,
      created_at   timestamptz not null default now(),
      primary key (principal, route, key)
    );
    create index idempotency_keys_age on idempotency_keys (created_at);
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table idempotency_keys, invitations, sessions, people');
}
