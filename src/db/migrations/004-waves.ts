import type { Knex } from 'knex';

/** Waves, entries, ways and the outbox: who was taken when, what chance decided, how far each came, what was sent. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table waves (
      wave_no        bigint generated always as identity primary key,
      campaign_id    text not null references campaigns,
      local_date     date not null,
      version        integer,
      state          text not null,
      state_reason   text,
      trigger        text not null,               -- 'schedule' or 'manual'
      decision_at    timestamptz not null,        -- the business clock of the plan (rule 6)
      snapshot_at    timestamptz not null default now(), -- warnings imported later don't join this wave
      audience       integer not null default 0,
      workflow_id    text,
      paused_at      timestamptz,
      reserved_minor bigint not null default 0,
      actor          text not null,
      created_at     timestamptz not null default now(),
      finished_at    timestamptz,
      unique (campaign_id, local_date)
    );

    -- Ranges of user_no, about 5,000 warned users each; planned_at says that the range's transaction committed.
    create table wave_shards (
      wave_no      bigint not null references waves,
      step         integer not null,
      shard_no     integer not null,
      from_user_no bigint not null,
      to_user_no   bigint not null,               -- exclusive
      expected     integer not null,
      planned_at   timestamptz,
      primary key (wave_no, step, shard_no)
    );

    create table entries (
      entry_no         bigint generated always as identity primary key,
      campaign_id      text not null,
      user_no          bigint not null,
      n                integer not null,
      wave_no          bigint not null,
      version          integer not null,
      warning_no       bigint not null,
      segment          text not null,
      score            double precision not null,
      band             smallint not null,
      action           text not null,
      policy_version   integer not null,
      in_interval      boolean not null,
      assignment       text not null check (assignment in ('global_holdout', 'holdout', 'untreated', 'arm')),
      arm              text,                      -- null for held-out users
      drawn_arm        text not null,             -- what the draw said, for ghosts too: never drawn again
      p_global_holdout double precision not null,
      p_holdout        double precision not null,
      p_treat          double precision not null,
      p_arm            double precision,
      opened_at        timestamptz not null,      -- the wave's decision_at
      window_ends_at   timestamptz not null,
      reentry_at       timestamptz not null,
      unique (campaign_id, user_no, n)
    );
    create index entries_wave on entries (wave_no);

    -- One row per user of the audience, wave and step. rung and reason say where the way ended; null rung: through.
    create table ways (
      wave_no     bigint not null,
      step        smallint not null,
      user_no     bigint not null,
      warning_no  bigint not null,
      entry_no    bigint,
      disposition text not null check (disposition in ('contacted', 'held_out', 'blocked', 'deferred')),
      rung        text,
      reason      text,
      channel     text,
      planned_at  timestamptz,
      primary key (wave_no, step, user_no)
    );

    create table messages (
      message_no   bigint generated always as identity primary key,
      delivery_id  uuid not null unique,          -- UUIDv5 of campaign/date/user/channel/step: stable over a restore
      wave_no      bigint not null,
      step         smallint not null,
      entry_no     bigint not null,
      user_no      bigint not null,
      campaign_id  text not null,
      channel      text not null,
      category     text not null,
      action       text not null,                 -- action id; its kind is in the version
      kind         text not null,                 -- action kind, for "not the same kind twice in a row"
      arm          text not null,
      -- the reservation
      counted_at   timestamptz,                   -- when caps count it; null: not counted
      cost_minor   bigint not null default 0,
      code_no      bigint,
      -- the send
      state        text not null,
      state_reason text,
      planned_at   timestamptz not null,          -- not before
      expires_at   timestamptz not null,          -- not after
      fence        integer not null default 0,
      owner        text,
      lease_until  timestamptz,
      attempts     smallint not null default 0,
      submitted_at timestamptz,
      accepted_at  timestamptz,
      changed_at   timestamptz not null default now(),
      provider     text,
      provider_id  text
    ) with (fillfactor = 75);
    create index messages_user on messages (user_no);
    create index messages_wave on messages (wave_no, message_no);

    -- Evidence of what was tried and answered: append-only, one row per attempt that did not simply succeed.
    create table attempts (
      attempt_no bigint generated always as identity primary key,
      message_no bigint not null,
      fence      integer not null,
      result     text not null,
      class      text,
      evidence   text,
      at         timestamptz not null default now()
    );
    create index attempts_message on attempts (message_no);
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table attempts, messages, ways, entries, wave_shards, waves`);
}
