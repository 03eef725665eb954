import type { Knex } from 'knex';

/**
 * Drafts of campaigns and their approvals (rule 8), and the texts of a version as they were written. New tables, and a column
 * without a default: an ACCESS EXCLUSIVE lock on campaign_versions for a moment.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The texts beside the YAML by name; null: published before they were kept.
    alter table campaign_versions add column files jsonb;

    -- One open draft a campaign, which need not be published yet: no foreign key.
    create table campaign_drafts (
      campaign_id text primary key,
      revision    integer not null,
      source      text not null,
      files       jsonb not null,
      -- sha256 (hex) of definition and compiled texts; null: it can't be read as a campaign
      hash        text,
      errors      integer not null,
      author      text not null,
      editor      text not null,
      created_at  timestamptz not null default now(),
      updated_at  timestamptz not null default now()
    );

    -- A draft that is begun anew never comes back to a revision that somebody may still have open.
    create sequence draft_revisions as integer;

    create table approvals (
      approval_no       bigint generated always as identity primary key,
      campaign_id       text not null,
      revision          integer not null,
      hash              text not null,
      max_audience      integer not null check (max_audience > 0),
      -- In force when it was given; another one since then voids it.
      over_version      integer,
      approver          text not null,
      at                timestamptz not null default now(),
      voided_at         timestamptz,
      voided_why        text,
      published_version integer,
      published_at      timestamptz,
      check ((published_version is null) = (published_at is null)),
      check (voided_at is null or published_at is null)
    );
    create index approvals_campaign on approvals (campaign_id, approval_no);
    create unique index approvals_open on approvals (campaign_id) where voided_at is null and published_at is null;
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table approvals, campaign_drafts;
    drop sequence draft_revisions;
    alter table campaign_versions drop column files;
  `);
}
