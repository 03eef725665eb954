import type { Knex } from 'knex';

/** Campaigns in immutable versions, the live policy beside them (rule 7), settings, coupons and budgets. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table campaigns (
      campaign_id     text primary key,
      salt            text not null,
      state           text not null default 'active' check (state in ('active', 'paused', 'archived')),
      current_version integer,
      actor           text not null,
      created_at      timestamptz not null default now()
    );

    create table campaign_versions (
      campaign_id  text not null references campaigns,
      version      integer not null,
      hash         text not null,
      source       text not null,          -- the YAML as it was applied
      definition   jsonb not null,         -- the parsed Campaign (domain/campaign.schema.ts)
      contents     jsonb not null,         -- template texts by name and locale, MJML already compiled to HTML
      author       text not null,
      published_at timestamptz not null default now(),
      primary key (campaign_id, version),
      unique (campaign_id, hash)
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% rows are immutable', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger campaign_versions_immutable before update or delete on campaign_versions
      for each row execute function refuse_change();

    -- The newest policy_version of a key is in force. segment '*' serves segments without a row of their own.
    create table live_policies (
      campaign_id    text not null references campaigns,
      segment        text not null,
      action         text not null,
      policy_version integer not null,
      lo             double precision not null,
      hi             double precision not null,
      inside         double precision not null,  -- e of a score in [lo, hi)
      outside        double precision not null,  -- e of a score in the exploration band
      explore_width  double precision not null,  -- width of the band on each side, in score
      arm_shares     jsonb not null,             -- {"arm id": share}, summing to 1
      reason         text not null,
      actor          text not null,
      at             timestamptz not null default now(),
      primary key (campaign_id, segment, action, policy_version)
    );
    create trigger live_policies_immutable before update or delete on live_policies
      for each row execute function refuse_change();

    -- Company-wide settings (caps, quiet hours, sender, default zone, global holdout …); the newest version is in force.
    create table settings (
      version integer primary key,
      value   jsonb not null,
      actor   text not null,
      at      timestamptz not null default now()
    );
    create trigger settings_immutable before update or delete on settings
      for each row execute function refuse_change();

    -- Membership is hash(salt, user_id) < share of the period in force; a changed share opens a new period.
    create table global_holdout_periods (
      period_no bigint generated always as identity primary key,
      salt      text not null,
      share     double precision not null check (share >= 0 and share < 1),
      from_at   timestamptz not null default now(),
      until_at  timestamptz,
      actor     text not null
    );
    create unique index global_holdout_in_force on global_holdout_periods ((until_at is null)) where until_at is null;

    create table kill_switches (
      kill_no     bigint generated always as identity primary key,
      campaign_id text references campaigns,  -- null: everything
      reason      text not null,
      engaged_at  timestamptz not null default now(),
      engaged_by  text not null,
      released_at timestamptz,
      released_by text
    );
    create index kill_switches_engaged on kill_switches (campaign_id) where released_at is null;

    create table coupon_pools (
      pool       text primary key,
      kind       text not null check (kind in ('imported', 'generated')),
      prefix     text not null default '',
      actor      text not null,
      created_at timestamptz not null default now()
    );

    create table coupon_codes (
      code_no     bigint generated always as identity primary key,
      pool        text not null references coupon_pools,
      code        text not null,
      state       text not null default 'free' check (state in ('free', 'reserved', 'sent', 'redeemed', 'void')),
      test        boolean not null default false,
      expires_at  timestamptz,
      campaign_id text,
      user_no     bigint,
      reserved_at timestamptz,
      redeemed_at timestamptz,
      unique (pool, code)
    );
    create index coupon_codes_free on coupon_codes (pool, code_no) where state = 'free' and not test;
    create unique index coupon_codes_one_per_person on coupon_codes (campaign_id, user_no)
      where user_no is not null and state in ('reserved', 'sent', 'redeemed');

    -- One row per campaign, locked while a shard reserves; minor units of the campaign's currency.
    create table campaign_budgets (
      campaign_id    text primary key references campaigns,
      reserved_minor bigint not null default 0
    );
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table campaign_budgets, coupon_codes, coupon_pools, kill_switches, global_holdout_periods, settings,
      live_policies, campaign_versions, campaigns;
    drop function refuse_change();
  `);
}
