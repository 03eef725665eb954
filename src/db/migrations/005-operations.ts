import type { Knex } from 'knex';

/** What people and machines do around waves: audit, tasks, links and clicks, throttles, alarms, provider stops. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_log (
      audit_no bigint generated always as identity primary key,
      actor    text not null,
      action   text not null,
      subject  text not null,
      details  jsonb not null default '{}',
      at       timestamptz not null default now()
    );
    create trigger audit_log_immutable before update or delete on audit_log
      for each row execute function refuse_change();

    create table tasks (
      task_no     bigint generated always as identity primary key,
      message_no  bigint not null unique,
      user_no     bigint not null,
      campaign_id text not null,
      kind        text not null,
      title       text not null,
      body        text not null,
      state       text not null default 'open' check (state in ('open', 'claimed', 'done', 'dropped')),
      assignee    text,
      note        text,
      due_at      timestamptz,
      created_at  timestamptz not null default now(),
      closed_at   timestamptz,
      closed_by   text
    );
    create index tasks_state on tasks (state, task_no);

    create table tracked_links (
      link_no     bigint generated always as identity primary key,
      campaign_id text not null,
      url         text not null,
      unique (campaign_id, url)
    );

    create table clicks (
      click_no   bigint generated always as identity primary key,
      message_no bigint not null,
      link_no    bigint not null,
      machine    boolean not null,
      at         timestamptz not null default now()
    );
    create index clicks_message on clicks (message_no);

    -- Token bucket per provider, counted in messages and shared by all workers.
    create table provider_throttles (
      provider      text primary key,
      rate_per_s    double precision,            -- null: no limit
      tokens        double precision not null default 0,
      refilled_at   timestamptz not null default now(),
      stopped_at    timestamptz,                 -- set by 401/403/535 and the like
      stopped_why   text
    );

    create table alarms (
      alarm_no   bigint generated always as identity primary key,
      wave_no    bigint,
      kind       text not null,
      message    text not null,
      at         timestamptz not null default now(),
      told_at    timestamptz
    );
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table alarms, provider_throttles, clicks, tracked_links, tasks, audit_log`);
}
