import type { Knex } from 'knex';

/**
 * What learning needs: probabilities by band, reads, the ledger of proposals, recorded experiments as entries, keys of the
 * HTTP API. New tables, and columns that need no rewrite of
 * tables; entries of segments with a policy of their own are updated once.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- e by score band, learned; null: inside and outside hold.
    alter table live_policies add column treat_by_band double precision[];

    -- Which policy an entry was drawn under: its segment's own, or '*'. policy_version 0: a recorded experiment.
    alter table entries add column policy_segment text not null default '*';
    update entries e set policy_segment = e.segment where exists (
      select from live_policies p where p.campaign_id = e.campaign_id and p.segment = e.segment and p.action = e.action);
    alter table entries add column recorded_no bigint;
    create unique index entries_recorded on entries (campaign_id, recorded_no) where recorded_no is not null;
    create index entries_campaign_opened on entries (campaign_id, opened_at);

    -- Outcomes of recorded experiments; those of live entries are read from events. value_minor null: a count.
    create table recorded_outcomes (
      entry_no    bigint not null,
      type        text not null,
      count       integer not null,
      value_minor bigint,
      primary key (entry_no, type)
    );

    -- A read with the aggregates it was computed from, so that it can be repeated to the digit.
    create table reads (
      read_no     bigint generated always as identity primary key,
      campaign_id text not null references campaigns,
      as_of       timestamptz not null,
      inputs      jsonb not null,
      result      jsonb not null,
      actor       text not null,
      at          timestamptz not null default now()
    );
    create index reads_campaign on reads (campaign_id, read_no);

    -- One learning cycle with its evidence.
    create table learning_cycles (
      cycle_no    bigint generated always as identity primary key,
      campaign_id text not null references campaigns,
      read_no     bigint not null references reads,
      as_of       timestamptz not null,
      evidence    jsonb not null,
      result      jsonb not null,
      trigger     text not null check (trigger in ('schedule', 'manual')),
      -- Monday of the campaign's local week: the Schedule learns once a week, however often an activity is retried.
      week        date not null,
      actor       text not null,
      at          timestamptz not null default now()
    );
    create unique index learning_cycles_week on learning_cycles (campaign_id, week) where trigger = 'schedule';
    create index learning_cycles_campaign on learning_cycles (campaign_id, cycle_no);
    create index learning_cycles_read on learning_cycles (read_no);

    -- The ledger: what was proposed, and (in a second table, since rows never change) what became of it.
    create table threshold_proposals (
      proposal_no  bigint generated always as identity primary key,
      cycle_no     bigint not null references learning_cycles,
      campaign_id  text not null,
      segment      text not null,
      action       text not null,
      policy_version integer not null,
      proposal     jsonb not null
    );
    create index threshold_proposals_cycle on threshold_proposals (cycle_no);
    create index threshold_proposals_policy on threshold_proposals (campaign_id, segment, action, proposal_no);
    create table threshold_decisions (
      decision_no    bigint generated always as identity primary key,
      proposal_no    bigint not null references threshold_proposals,
      decision       text not null check (decision in ('applied', 'rejected', 'superseded', 'reverted')),
      policy_version integer,
      reason         text not null,
      actor          text not null,
      at             timestamptz not null default now(),
      unique (proposal_no, decision)
    );

    -- Mode and hand brake of learning; the newest row counts. segment '*': the whole campaign.
    create table learning_switches (
      switch_no   bigint generated always as identity primary key,
      campaign_id text not null references campaigns,
      segment     text not null,
      mode        text check (mode in ('off', 'suggest', 'auto')),
      frozen      boolean,
      reason      text not null,
      actor       text not null,
      at          timestamptz not null default now()
    );
    create index learning_switches_campaign on learning_switches (campaign_id, segment, switch_no);

    create trigger reads_immutable before update or delete on reads for each row execute function refuse_change();
    create trigger learning_cycles_immutable before update or delete on learning_cycles for each row execute function refuse_change();
    create trigger threshold_proposals_immutable before update or delete on threshold_proposals for each row execute function refuse_change();
    create trigger threshold_decisions_immutable before update or delete on threshold_decisions for each row execute function refuse_change();
    create trigger learning_switches_immutable before update or delete on learning_switches for each row execute function refuse_change();

    -- Keys of the HTTP API: only the hash is kept.
    create table api_keys (
      key_no     bigint generated always as identity primary key,
      name       text not null,
      prefix     text not null unique,
      hash       bytea not null,
      scopes     text[] not null,
      actor      text not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      revoked_at timestamptz
    );
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table api_keys, learning_switches, threshold_decisions, threshold_proposals, learning_cycles, reads, recorded_outcomes;
    drop index entries_campaign_opened, entries_recorded;
    alter table entries drop column policy_segment, drop column recorded_no;
    alter table live_policies drop column treat_by_band;
  `);
}
