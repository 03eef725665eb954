import type { Knex } from 'knex';

/** Users, consent, suppression and addresses: who may be reached how. New tables only, so no lock on existing data. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists "uuid-ossp";

    create table users (
      user_no       bigint generated always as identity primary key,
      user_id       text not null unique,
      email         text,
      phone         text,
      locale        text,
      timezone      text,
      consent_email boolean,
      consent_sms   boolean,
      consent_push  boolean,
      attributes    jsonb not null default '{}',
      actor         text not null,
      imported_at   timestamptz not null default now()
    );
    create index users_email on users (lower(email)) where email is not null;
    create index users_phone on users (phone) where phone is not null;

    -- Append-only: every change of consent with who, when and from where. 'import' never overrides an opt-out from elsewhere.
    create table consents (
      consent_no bigint generated always as identity primary key,
      user_no    bigint not null,
      channel    text not null check (channel in ('email', 'sms', 'push')),
      granted    boolean not null,
      source     text not null,
      actor      text not null,
      at         timestamptz not null default now()
    );
    create index consents_user on consents (user_no, channel, consent_no);

    -- Keyed by user and by normalised address (lower-case e-mail, E.164): either match blocks. channel 'all' blocks every channel.
    create table suppressions (
      suppression_no bigint generated always as identity primary key,
      user_no        bigint,
      address        text,
      channel        text not null check (channel in ('email', 'sms', 'push', 'task', 'all')),
      reason         text not null,
      actor          text not null,
      at             timestamptz not null default now(),
      lifted_at      timestamptz,
      check (user_no is not null or address is not null)
    );
    create unique index suppressions_user on suppressions (user_no, channel) where user_no is not null and lifted_at is null;
    create unique index suppressions_address on suppressions (address, channel)
      where address is not null and user_no is null and lifted_at is null;
    create index suppressions_by_address on suppressions (address) where address is not null;

    create table push_subscriptions (
      subscription_no bigint generated always as identity primary key,
      user_no         bigint not null,
      kind            text not null check (kind in ('webpush', 'fcm')),
      endpoint        text not null unique, -- the web-push endpoint or the FCM token
      p256dh          text,
      auth            text,
      actor           text not null,
      created_at      timestamptz not null default now(),
      gone_at         timestamptz
    );
    create index push_subscriptions_user on push_subscriptions (user_no) where gone_at is null;

    -- The attribute catalogue that types the filters.
    create table attributes (
      name    text primary key,
      type    text not null check (type in ('number', 'boolean', 'date', 'string')),
      sample  text,
      seen_at timestamptz not null default now()
    );
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table attributes, push_subscriptions, suppressions, consents, users`);
}
