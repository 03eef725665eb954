-- Dumped from the migrations; npm run schema writes it, tests/db/schema-dump.test.ts compares.

create extension if not exists "uuid-ossp";

CREATE OR REPLACE FUNCTION public.announce_task()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into webhook_deliveries (webhook_no, event, task_no)
        select webhook_no, e.event, new.task_no
        from webhooks cross join (select case tg_op when 'INSERT' then 'task.created' else 'task.' || new.state end as event) e
        where removed_at is null and e.event = any(events);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.chain_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    declare
      before bytea;
    begin
      perform pg_advisory_xact_lock(7203);
      select hash into before from audit_chain order by chain_no desc limit 1;
      before := coalesce(before, sha256('recallwave'));
      insert into audit_chain (audit_no, previous, hash) values (new.audit_no, before, sha256(before || convert_to(
        jsonb_build_array(new.audit_no, new.actor, new.action, new.subject, new.details,
          to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')));
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.count_messages()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if tg_op = 'TRUNCATE' then
        delete from message_counts;
        delete from message_troubles;
        return null;
      end if;
      if tg_op in ('UPDATE', 'DELETE') then
        delete from message_troubles t using old_rows o
          where o.state in ('DEFERRED', 'SUPPRESSED', 'FAILED', 'UNKNOWN', 'CANCELLED', 'EXPIRED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT') and t.wave_no = o.wave_no and t.state = o.state and t.message_no = o.message_no;
      end if;
      if tg_op in ('INSERT', 'UPDATE') then
        insert into message_troubles select wave_no, state, message_no from new_rows where state in ('DEFERRED', 'SUPPRESSED', 'FAILED', 'UNKNOWN', 'CANCELLED', 'EXPIRED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT');
      end if;
      if tg_op = 'INSERT' then
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, count(*) from (select wave_no, step, channel, action, arm, state, state_reason,
    case when state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED') then date_trunc('minute', planned_at) end as due from new_rows) m
          group by 1, 2, 3, 4, 5, 6, 7, 8;
      elsif tg_op = 'DELETE' then
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, -count(*) from (select wave_no, step, channel, action, arm, state, state_reason,
    case when state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED') then date_trunc('minute', planned_at) end as due from old_rows) m
          group by 1, 2, 3, 4, 5, 6, 7, 8;
      else
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, sum(n)
          from (select *, 1 as n from (select wave_no, step, channel, action, arm, state, state_reason,
    case when state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED') then date_trunc('minute', planned_at) end as due from new_rows) a union all select *, -1 from (select wave_no, step, channel, action, arm, state, state_reason,
    case when state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED') then date_trunc('minute', planned_at) end as due from old_rows) b) m
          group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0;
      end if;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.count_ways()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if tg_op = 'TRUNCATE' then
        delete from way_counts;
        return null;
      end if;
      if tg_op in ('UPDATE', 'DELETE') then
        insert into way_counts select w.wave_no, w.step, w.disposition, w.rung, w.reason, e.assignment, e.action, e.drawn_arm, -count(*)
    from old_rows w left join entries e on e.entry_no = w.entry_no group by 1, 2, 3, 4, 5, 6, 7, 8;
      end if;
      if tg_op in ('INSERT', 'UPDATE') then
        insert into way_counts select w.wave_no, w.step, w.disposition, w.rung, w.reason, e.assignment, e.action, e.drawn_arm, count(*)
    from new_rows w left join entries e on e.entry_no = w.entry_no group by 1, 2, 3, 4, 5, 6, 7, 8;
      end if;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception '% rows are immutable', tg_table_name using errcode = 'restrict_violation';
    end $function$
;

create table alarms (
  alarm_no bigint not null generated always as identity,
  wave_no bigint,
  kind text not null,
  message text not null,
  at timestamp with time zone not null default now(),
  told_at timestamp with time zone
);
create table api_keys (
  key_no bigint not null generated always as identity,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone
);
create table approvals (
  approval_no bigint not null generated always as identity,
  campaign_id text not null,
  revision integer not null,
  hash text not null,
  max_audience integer not null,
  over_version integer,
  approver text not null,
  at timestamp with time zone not null default now(),
  voided_at timestamp with time zone,
  voided_why text,
  published_version integer,
  published_at timestamp with time zone
);
create table attempts (
  attempt_no bigint not null generated always as identity,
  message_no bigint not null,
  fence integer not null,
  result text not null,
  class text,
  evidence text,
  at timestamp with time zone not null default now()
);
create table attributes (
  name text not null,
  type text not null,
  sample text,
  seen_at timestamp with time zone not null default now()
);
create table audit_chain (
  chain_no bigint not null generated always as identity,
  audit_no bigint not null,
  previous bytea not null,
  hash bytea not null
);
create table audit_log (
  audit_no bigint not null generated always as identity,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null default now()
);
create table campaign_budgets (
  campaign_id text not null,
  reserved_minor bigint not null default 0
);
create table campaign_drafts (
  campaign_id text not null,
  revision integer not null,
  source text not null,
  files jsonb not null,
  hash text,
  errors integer not null,
  author text not null,
  editor text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);
create table campaign_versions (
  campaign_id text not null,
  version integer not null,
  hash text not null,
  source text not null,
  definition jsonb not null,
  contents jsonb not null,
  author text not null,
  published_at timestamp with time zone not null default now(),
  files jsonb
);
create table campaigns (
  campaign_id text not null,
  salt text not null,
  state text not null default 'active'::text,
  current_version integer,
  actor text not null,
  created_at timestamp with time zone not null default now()
);
create table clicks (
  click_no bigint not null generated always as identity,
  message_no bigint not null,
  link_no bigint not null,
  machine boolean not null,
  at timestamp with time zone not null default now()
);
create table consents (
  consent_no bigint not null generated always as identity,
  user_no bigint not null,
  channel text,
  granted boolean not null,
  source text not null,
  actor text not null,
  at timestamp with time zone not null default now(),
  category text
);
create table contacts (
  user_no bigint not null,
  channel text not null,
  category text not null,
  sent_at timestamp with time zone not null,
  actor text not null
);
create table content (
  content_id text not null,
  kind text not null,
  title text not null,
  tags text[] not null default '{}'::text[],
  url text,
  price_minor bigint,
  published_at timestamp with time zone,
  locale text,
  actor text not null
);
create table coupon_codes (
  code_no bigint not null generated always as identity,
  pool text not null,
  code text not null,
  state text not null default 'free'::text,
  test boolean not null default false,
  expires_at timestamp with time zone,
  campaign_id text,
  user_no bigint,
  reserved_at timestamp with time zone,
  redeemed_at timestamp with time zone
);
create table coupon_pools (
  pool text not null,
  kind text not null,
  prefix text not null default ''::text,
  actor text not null,
  created_at timestamp with time zone not null default now()
);
create table entries (
  entry_no bigint not null generated always as identity,
  campaign_id text not null,
  user_no bigint not null,
  n integer not null,
  wave_no bigint not null,
  version integer not null,
  warning_no bigint not null,
  segment text not null,
  score double precision not null,
  band smallint not null,
  action text not null,
  policy_version integer not null,
  in_interval boolean not null,
  assignment text not null,
  arm text,
  drawn_arm text not null,
  p_global_holdout double precision not null,
  p_holdout double precision not null,
  p_treat double precision not null,
  p_arm double precision,
  opened_at timestamp with time zone not null,
  window_ends_at timestamp with time zone not null,
  reentry_at timestamp with time zone not null,
  policy_segment text not null default '*'::text,
  recorded_no bigint
);
create table erased_names (
  hash bytea not null,
  at timestamp with time zone not null default now()
);
create table erasure_keys (
  key bytea not null
);
create table erasures (
  user_no bigint not null,
  actor text not null,
  erased_at timestamp with time zone not null default now()
);
create table events (
  event_id text not null,
  user_id text not null,
  user_no bigint,
  type text not null,
  occurred_at timestamp with time zone not null,
  value_minor bigint,
  currency text,
  properties jsonb not null default '{}'::jsonb,
  actor text not null,
  received_at timestamp with time zone not null default now()
);
create table global_holdout_periods (
  period_no bigint not null generated always as identity,
  salt text not null,
  share double precision not null,
  from_at timestamp with time zone not null default now(),
  until_at timestamp with time zone,
  actor text not null
);
create table idempotency_keys (
  principal text not null,
  route text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  content_type text,
  body text,
  created_at timestamp with time zone not null default now()
);
create table imports (
  import_no bigint not null generated always as identity,
  kind text not null,
  source text not null,
  accepted integer not null,
  changed integer not null,
  rejected integer not null,
  rejects_file text,
  actor text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone not null default now()
);
create table invitations (
  invitation_no bigint not null generated always as identity,
  token_hash bytea not null,
  role text not null,
  person_no bigint,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone
);
create table kill_switches (
  kill_no bigint not null generated always as identity,
  campaign_id text,
  reason text not null,
  engaged_at timestamp with time zone not null default now(),
  engaged_by text not null,
  released_at timestamp with time zone,
  released_by text
);
create table learning_cycles (
  cycle_no bigint not null generated always as identity,
  campaign_id text not null,
  read_no bigint not null,
  as_of timestamp with time zone not null,
  evidence jsonb not null,
  result jsonb not null,
  trigger text not null,
  week date not null,
  actor text not null,
  at timestamp with time zone not null default now()
);
create table learning_switches (
  switch_no bigint not null generated always as identity,
  campaign_id text not null,
  segment text not null,
  mode text,
  frozen boolean,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null default now()
);
create table live_policies (
  campaign_id text not null,
  segment text not null,
  action text not null,
  policy_version integer not null,
  lo double precision not null,
  hi double precision not null,
  inside double precision not null,
  outside double precision not null,
  explore_width double precision not null,
  arm_shares jsonb not null,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null default now(),
  treat_by_band double precision[]
);
create table message_counts (
  wave_no bigint not null,
  step smallint not null,
  channel text not null,
  action text not null,
  arm text not null,
  state text not null,
  state_reason text,
  due_at timestamp with time zone,
  messages integer not null,
  counted_at timestamp with time zone not null default now()
);
create table message_troubles (
  wave_no bigint not null,
  state text not null,
  message_no bigint not null
);
create table messages (
  message_no bigint not null generated always as identity,
  delivery_id uuid not null,
  wave_no bigint not null,
  step smallint not null,
  entry_no bigint not null,
  user_no bigint not null,
  campaign_id text not null,
  channel text not null,
  category text not null,
  action text not null,
  kind text not null,
  arm text not null,
  counted_at timestamp with time zone,
  cost_minor bigint not null default 0,
  code_no bigint,
  state text not null,
  state_reason text,
  planned_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  fence integer not null default 0,
  owner text,
  lease_until timestamp with time zone,
  attempts smallint not null default 0,
  submitted_at timestamp with time zone,
  accepted_at timestamp with time zone,
  changed_at timestamp with time zone not null default now(),
  provider text,
  provider_id text
) with (fillfactor=75);
create table people (
  person_no bigint not null generated always as identity,
  login text not null,
  name text not null,
  password_hash text not null,
  role text not null,
  locale text not null default 'en'::text,
  timezone text not null default 'UTC'::text,
  loopback_only boolean not null default false,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone
);
create table provider_throttles (
  provider text not null,
  rate_per_s double precision,
  tokens double precision not null default 0,
  refilled_at timestamp with time zone not null default now(),
  stopped_at timestamp with time zone,
  stopped_why text
);
create table push_subscriptions (
  subscription_no bigint not null generated always as identity,
  user_no bigint not null,
  kind text not null,
  endpoint text not null,
  p256dh text,
  auth text,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  gone_at timestamp with time zone
);
create table reads (
  read_no bigint not null generated always as identity,
  campaign_id text not null,
  as_of timestamp with time zone not null,
  inputs jsonb not null,
  result jsonb not null,
  actor text not null,
  at timestamp with time zone not null default now()
);
create table recorded_assignments (
  recorded_no bigint not null generated always as identity,
  import_no bigint not null,
  user_id text not null,
  segment text not null,
  reasons text[] not null default '{}'::text[],
  score double precision not null,
  arm text not null,
  assigned_at timestamp with time zone not null,
  contacted boolean not null,
  probability double precision,
  outcomes jsonb not null default '{}'::jsonb,
  currency text
);
create table recorded_outcomes (
  entry_no bigint not null,
  type text not null,
  count integer not null,
  value_minor bigint
);
create table sessions (
  session_no bigint not null generated always as identity,
  person_no bigint not null,
  token_hash bytea not null,
  csrf_token text not null,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone
);
create table settings (
  version integer not null,
  value jsonb not null,
  actor text not null,
  at timestamp with time zone not null default now()
);
create table summaries (
  key text not null,
  content text not null,
  took_ms integer not null,
  made_at timestamp with time zone not null default now()
);
create table suppressions (
  suppression_no bigint not null generated always as identity,
  user_no bigint,
  address text,
  channel text not null,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null default now(),
  lifted_at timestamp with time zone
);
create table survey_answers (
  answer_no bigint not null generated always as identity,
  message_no bigint not null,
  user_no bigint not null,
  campaign_id text not null,
  reason text not null,
  comment text,
  locale text not null,
  actor text not null,
  answered_at timestamp with time zone not null,
  counts_until timestamp with time zone not null
);
create table tasks (
  task_no bigint not null generated always as identity,
  message_no bigint not null,
  user_no bigint not null,
  campaign_id text not null,
  kind text not null,
  title text not null,
  body text not null,
  state text not null default 'open'::text,
  assignee text,
  note text,
  due_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  closed_by text
);
create table threshold_decisions (
  decision_no bigint not null generated always as identity,
  proposal_no bigint not null,
  decision text not null,
  policy_version integer,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null default now()
);
create table threshold_proposals (
  proposal_no bigint not null generated always as identity,
  cycle_no bigint not null,
  campaign_id text not null,
  segment text not null,
  action text not null,
  policy_version integer not null,
  proposal jsonb not null
);
create table tracked_links (
  link_no bigint not null generated always as identity,
  campaign_id text not null,
  url text not null
);
create table users (
  user_no bigint not null generated always as identity,
  user_id text not null,
  email text,
  phone text,
  locale text,
  timezone text,
  consent_email boolean,
  consent_sms boolean,
  consent_push boolean,
  attributes jsonb not null default '{}'::jsonb,
  actor text not null,
  imported_at timestamp with time zone not null default now(),
  erased_at timestamp with time zone,
  refused_categories text[] not null default '{}'::text[]
);
create table warnings (
  warning_no bigint not null generated always as identity,
  user_no bigint not null,
  model text not null,
  score double precision not null,
  segment text not null,
  reasons text[] not null default '{}'::text[],
  evidence jsonb,
  raised_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  actor text not null,
  imported_at timestamp with time zone not null default now()
);
create table wave_shards (
  wave_no bigint not null,
  step integer not null,
  shard_no integer not null,
  from_user_no bigint not null,
  to_user_no bigint not null,
  expected integer not null,
  planned_at timestamp with time zone
);
create table waves (
  wave_no bigint not null generated always as identity,
  campaign_id text not null,
  local_date date not null,
  version integer,
  state text not null,
  state_reason text,
  trigger text not null,
  decision_at timestamp with time zone not null,
  snapshot_at timestamp with time zone not null default now(),
  audience integer not null default 0,
  workflow_id text,
  paused_at timestamp with time zone,
  reserved_minor bigint not null default 0,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone
);
create table way_counts (
  wave_no bigint not null,
  step smallint not null,
  disposition text not null,
  rung text,
  reason text,
  assignment text,
  action text,
  arm text,
  users integer not null
);
create table ways (
  wave_no bigint not null,
  step smallint not null,
  user_no bigint not null,
  warning_no bigint not null,
  entry_no bigint,
  disposition text not null,
  rung text,
  reason text,
  channel text,
  planned_at timestamp with time zone
);
create table webhook_deliveries (
  delivery_no bigint not null generated always as identity,
  webhook_no bigint not null,
  event text not null,
  task_no bigint not null,
  tries integer not null default 0,
  next_at timestamp with time zone default now(),
  last_status integer,
  last_error text,
  created_at timestamp with time zone not null default now(),
  delivered_at timestamp with time zone
);
create table webhooks (
  webhook_no bigint not null generated always as identity,
  url text not null,
  secret text not null,
  events text[] not null,
  actor text not null,
  created_at timestamp with time zone not null default now(),
  removed_at timestamp with time zone,
  paused_at timestamp with time zone
);

alter table alarms add constraint alarms_pkey PRIMARY KEY (alarm_no);
alter table api_keys add constraint api_keys_pkey PRIMARY KEY (key_no);
alter table api_keys add constraint api_keys_prefix_key UNIQUE (prefix);
alter table approvals add constraint approvals_check CHECK (((published_version IS NULL) = (published_at IS NULL)));
alter table approvals add constraint approvals_check1 CHECK (((voided_at IS NULL) OR (published_at IS NULL)));
alter table approvals add constraint approvals_max_audience_check CHECK ((max_audience > 0));
alter table approvals add constraint approvals_pkey PRIMARY KEY (approval_no);
alter table attempts add constraint attempts_pkey PRIMARY KEY (attempt_no);
alter table attributes add constraint attributes_pkey PRIMARY KEY (name);
alter table attributes add constraint attributes_type_check CHECK ((type = ANY (ARRAY['number'::text, 'boolean'::text, 'date'::text, 'string'::text])));
alter table audit_chain add constraint audit_chain_audit_no_key UNIQUE (audit_no);
alter table audit_chain add constraint audit_chain_pkey PRIMARY KEY (chain_no);
alter table audit_chain add constraint audit_chain_previous_key UNIQUE (previous);
alter table audit_log add constraint audit_log_chained TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table audit_log add constraint audit_log_pkey PRIMARY KEY (audit_no);
alter table campaign_budgets add constraint campaign_budgets_pkey PRIMARY KEY (campaign_id);
alter table campaign_drafts add constraint campaign_drafts_pkey PRIMARY KEY (campaign_id);
alter table campaign_versions add constraint campaign_versions_campaign_id_hash_key UNIQUE (campaign_id, hash);
alter table campaign_versions add constraint campaign_versions_pkey PRIMARY KEY (campaign_id, version);
alter table campaigns add constraint campaigns_pkey PRIMARY KEY (campaign_id);
alter table campaigns add constraint campaigns_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])));
alter table clicks add constraint clicks_pkey PRIMARY KEY (click_no);
alter table consents add constraint consents_category_check CHECK ((category = ANY (ARRAY['winback'::text, 'service'::text, 'survey'::text])));
alter table consents add constraint consents_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'push'::text])));
alter table consents add constraint consents_pkey PRIMARY KEY (consent_no);
alter table consents add constraint consents_subject CHECK ((num_nonnulls(channel, category) = 1)) NOT VALID;
alter table contacts add constraint contacts_pkey PRIMARY KEY (user_no, channel, category, sent_at);
alter table content add constraint content_pkey PRIMARY KEY (content_id);
alter table coupon_codes add constraint coupon_codes_pkey PRIMARY KEY (code_no);
alter table coupon_codes add constraint coupon_codes_pool_code_key UNIQUE (pool, code);
alter table coupon_codes add constraint coupon_codes_state_check CHECK ((state = ANY (ARRAY['free'::text, 'reserved'::text, 'sent'::text, 'redeemed'::text, 'void'::text])));
alter table coupon_pools add constraint coupon_pools_kind_check CHECK ((kind = ANY (ARRAY['imported'::text, 'generated'::text])));
alter table coupon_pools add constraint coupon_pools_pkey PRIMARY KEY (pool);
alter table entries add constraint entries_assignment_check CHECK ((assignment = ANY (ARRAY['global_holdout'::text, 'holdout'::text, 'untreated'::text, 'arm'::text])));
alter table entries add constraint entries_campaign_id_user_no_n_key UNIQUE (campaign_id, user_no, n);
alter table entries add constraint entries_pkey PRIMARY KEY (entry_no);
alter table erased_names add constraint erased_names_pkey PRIMARY KEY (hash);
alter table erasures add constraint erasures_pkey PRIMARY KEY (user_no);
alter table events add constraint events_pkey PRIMARY KEY (event_id);
alter table global_holdout_periods add constraint global_holdout_periods_pkey PRIMARY KEY (period_no);
alter table global_holdout_periods add constraint global_holdout_periods_share_check CHECK (((share >= (0)::double precision) AND (share < (1)::double precision)));
alter table idempotency_keys add constraint idempotency_keys_pkey PRIMARY KEY (principal, route, key);
alter table imports add constraint imports_pkey PRIMARY KEY (import_no);
alter table invitations add constraint invitations_pkey PRIMARY KEY (invitation_no);
alter table invitations add constraint invitations_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'marketer'::text, 'operator'::text, 'admin'::text])));
alter table invitations add constraint invitations_token_hash_key UNIQUE (token_hash);
alter table kill_switches add constraint kill_switches_pkey PRIMARY KEY (kill_no);
alter table learning_cycles add constraint learning_cycles_pkey PRIMARY KEY (cycle_no);
alter table learning_cycles add constraint learning_cycles_trigger_check CHECK ((trigger = ANY (ARRAY['schedule'::text, 'manual'::text])));
alter table learning_switches add constraint learning_switches_mode_check CHECK ((mode = ANY (ARRAY['off'::text, 'suggest'::text, 'auto'::text])));
alter table learning_switches add constraint learning_switches_pkey PRIMARY KEY (switch_no);
alter table live_policies add constraint live_policies_pkey PRIMARY KEY (campaign_id, segment, action, policy_version);
alter table message_troubles add constraint message_troubles_pkey PRIMARY KEY (wave_no, state, message_no);
alter table messages add constraint messages_delivery_id_key UNIQUE (delivery_id);
alter table messages add constraint messages_pkey PRIMARY KEY (message_no);
alter table people add constraint people_pkey PRIMARY KEY (person_no);
alter table people add constraint people_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'marketer'::text, 'operator'::text, 'admin'::text])));
alter table provider_throttles add constraint provider_throttles_pkey PRIMARY KEY (provider);
alter table push_subscriptions add constraint push_subscriptions_endpoint_key UNIQUE (endpoint);
alter table push_subscriptions add constraint push_subscriptions_kind_check CHECK ((kind = ANY (ARRAY['webpush'::text, 'fcm'::text])));
alter table push_subscriptions add constraint push_subscriptions_pkey PRIMARY KEY (subscription_no);
alter table reads add constraint reads_pkey PRIMARY KEY (read_no);
alter table recorded_assignments add constraint recorded_assignments_pkey PRIMARY KEY (recorded_no);
alter table recorded_assignments add constraint recorded_assignments_probability_check CHECK (((probability > (0)::double precision) AND (probability <= (1)::double precision)));
alter table recorded_assignments add constraint recorded_assignments_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)));
alter table recorded_assignments add constraint recorded_assignments_user_id_arm_assigned_at_key UNIQUE (user_id, arm, assigned_at);
alter table recorded_outcomes add constraint recorded_outcomes_pkey PRIMARY KEY (entry_no, type);
alter table sessions add constraint sessions_pkey PRIMARY KEY (session_no);
alter table sessions add constraint sessions_token_hash_key UNIQUE (token_hash);
alter table settings add constraint settings_pkey PRIMARY KEY (version);
alter table summaries add constraint summaries_pkey PRIMARY KEY (key);
alter table suppressions add constraint suppressions_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'push'::text, 'task'::text, 'all'::text])));
alter table suppressions add constraint suppressions_check CHECK (((user_no IS NOT NULL) OR (address IS NOT NULL)));
alter table suppressions add constraint suppressions_pkey PRIMARY KEY (suppression_no);
alter table survey_answers add constraint survey_answers_message_no_key UNIQUE (message_no);
alter table survey_answers add constraint survey_answers_pkey PRIMARY KEY (answer_no);
alter table tasks add constraint tasks_message_no_key UNIQUE (message_no);
alter table tasks add constraint tasks_pkey PRIMARY KEY (task_no);
alter table tasks add constraint tasks_state_check CHECK ((state = ANY (ARRAY['open'::text, 'claimed'::text, 'done'::text, 'dropped'::text])));
alter table threshold_decisions add constraint threshold_decisions_decision_check CHECK ((decision = ANY (ARRAY['applied'::text, 'rejected'::text, 'superseded'::text, 'reverted'::text])));
alter table threshold_decisions add constraint threshold_decisions_pkey PRIMARY KEY (decision_no);
alter table threshold_decisions add constraint threshold_decisions_proposal_no_decision_key UNIQUE (proposal_no, decision);
alter table threshold_proposals add constraint threshold_proposals_pkey PRIMARY KEY (proposal_no);
alter table tracked_links add constraint tracked_links_campaign_id_url_key UNIQUE (campaign_id, url);
alter table tracked_links add constraint tracked_links_pkey PRIMARY KEY (link_no);
alter table users add constraint users_pkey PRIMARY KEY (user_no);
alter table users add constraint users_user_id_key UNIQUE (user_id);
alter table warnings add constraint warnings_pkey PRIMARY KEY (warning_no);
alter table warnings add constraint warnings_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)));
alter table warnings add constraint warnings_user_no_model_raised_at_key UNIQUE (user_no, model, raised_at);
alter table wave_shards add constraint wave_shards_pkey PRIMARY KEY (wave_no, step, shard_no);
alter table waves add constraint waves_campaign_id_local_date_key UNIQUE (campaign_id, local_date);
alter table waves add constraint waves_pkey PRIMARY KEY (wave_no);
alter table ways add constraint ways_disposition_check CHECK ((disposition = ANY (ARRAY['contacted'::text, 'held_out'::text, 'blocked'::text, 'deferred'::text])));
alter table ways add constraint ways_pkey PRIMARY KEY (wave_no, step, user_no);
alter table webhook_deliveries add constraint webhook_deliveries_pkey PRIMARY KEY (delivery_no);
alter table webhooks add constraint webhooks_pkey PRIMARY KEY (webhook_no);
alter table campaign_budgets add constraint campaign_budgets_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table campaign_versions add constraint campaign_versions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table coupon_codes add constraint coupon_codes_pool_fkey FOREIGN KEY (pool) REFERENCES coupon_pools(pool);
alter table invitations add constraint invitations_person_no_fkey FOREIGN KEY (person_no) REFERENCES people(person_no);
alter table kill_switches add constraint kill_switches_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table learning_cycles add constraint learning_cycles_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table learning_cycles add constraint learning_cycles_read_no_fkey FOREIGN KEY (read_no) REFERENCES reads(read_no);
alter table learning_switches add constraint learning_switches_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table live_policies add constraint live_policies_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table reads add constraint reads_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table recorded_assignments add constraint recorded_assignments_import_no_fkey FOREIGN KEY (import_no) REFERENCES imports(import_no);
alter table sessions add constraint sessions_person_no_fkey FOREIGN KEY (person_no) REFERENCES people(person_no);
alter table threshold_decisions add constraint threshold_decisions_proposal_no_fkey FOREIGN KEY (proposal_no) REFERENCES threshold_proposals(proposal_no);
alter table threshold_proposals add constraint threshold_proposals_cycle_no_fkey FOREIGN KEY (cycle_no) REFERENCES learning_cycles(cycle_no);
alter table wave_shards add constraint wave_shards_wave_no_fkey FOREIGN KEY (wave_no) REFERENCES waves(wave_no);
alter table waves add constraint waves_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(campaign_id);
alter table webhook_deliveries add constraint webhook_deliveries_webhook_no_fkey FOREIGN KEY (webhook_no) REFERENCES webhooks(webhook_no);

CREATE INDEX approvals_campaign ON public.approvals USING btree (campaign_id, approval_no);
CREATE UNIQUE INDEX approvals_open ON public.approvals USING btree (campaign_id) WHERE ((voided_at IS NULL) AND (published_at IS NULL));
CREATE INDEX attempts_message ON public.attempts USING btree (message_no);
CREATE INDEX audit_log_action ON public.audit_log USING btree (action text_pattern_ops, audit_no);
CREATE INDEX audit_log_actor ON public.audit_log USING btree (actor, audit_no);
CREATE INDEX audit_log_at ON public.audit_log USING btree (at);
CREATE INDEX audit_log_subject ON public.audit_log USING btree (subject text_pattern_ops, audit_no);
CREATE INDEX clicks_message ON public.clicks USING btree (message_no);
CREATE INDEX consents_category ON public.consents USING btree (user_no, category, consent_no) WHERE (category IS NOT NULL);
CREATE INDEX consents_user ON public.consents USING btree (user_no, channel, consent_no);
CREATE INDEX coupon_codes_free ON public.coupon_codes USING btree (pool, code_no) WHERE ((state = 'free'::text) AND (NOT test));
CREATE UNIQUE INDEX coupon_codes_one_per_person ON public.coupon_codes USING btree (campaign_id, user_no) WHERE ((user_no IS NOT NULL) AND (state = ANY (ARRAY['reserved'::text, 'sent'::text, 'redeemed'::text])));
CREATE INDEX entries_campaign_opened ON public.entries USING btree (campaign_id, opened_at);
CREATE UNIQUE INDEX entries_recorded ON public.entries USING btree (campaign_id, recorded_no) WHERE (recorded_no IS NOT NULL);
CREATE INDEX entries_wave ON public.entries USING btree (wave_no);
CREATE INDEX events_occurred ON public.events USING brin (occurred_at) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX events_unmatched ON public.events USING btree (user_id) WHERE (user_no IS NULL);
CREATE INDEX events_user ON public.events USING btree (user_no, occurred_at);
CREATE UNIQUE INDEX global_holdout_in_force ON public.global_holdout_periods USING btree (((until_at IS NULL))) WHERE (until_at IS NULL);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);
CREATE INDEX invitations_person ON public.invitations USING btree (person_no) WHERE (person_no IS NOT NULL);
CREATE INDEX kill_switches_engaged ON public.kill_switches USING btree (campaign_id) WHERE (released_at IS NULL);
CREATE INDEX learning_cycles_campaign ON public.learning_cycles USING btree (campaign_id, cycle_no);
CREATE INDEX learning_cycles_read ON public.learning_cycles USING btree (read_no);
CREATE UNIQUE INDEX learning_cycles_week ON public.learning_cycles USING btree (campaign_id, week) WHERE (trigger = 'schedule'::text);
CREATE INDEX learning_switches_campaign ON public.learning_switches USING btree (campaign_id, segment, switch_no);
CREATE INDEX message_counts_wave ON public.message_counts USING btree (wave_no);
CREATE INDEX messages_user ON public.messages USING btree (user_no);
CREATE INDEX messages_wave ON public.messages USING btree (wave_no, message_no);
CREATE UNIQUE INDEX people_login ON public.people USING btree (lower(login));
CREATE INDEX push_subscriptions_user ON public.push_subscriptions USING btree (user_no) WHERE (gone_at IS NULL);
CREATE INDEX reads_campaign ON public.reads USING btree (campaign_id, read_no);
CREATE INDEX recorded_assignments_import ON public.recorded_assignments USING btree (import_no);
CREATE INDEX sessions_person ON public.sessions USING btree (person_no) WHERE (revoked_at IS NULL);
CREATE INDEX summaries_made ON public.summaries USING btree (made_at);
CREATE UNIQUE INDEX suppressions_address ON public.suppressions USING btree (address, channel) WHERE ((address IS NOT NULL) AND (user_no IS NULL) AND (lifted_at IS NULL));
CREATE INDEX suppressions_by_address ON public.suppressions USING btree (address) WHERE (address IS NOT NULL);
CREATE INDEX suppressions_of_user ON public.suppressions USING btree (user_no) WHERE (user_no IS NOT NULL);
CREATE UNIQUE INDEX suppressions_user ON public.suppressions USING btree (user_no, channel) WHERE ((user_no IS NOT NULL) AND (lifted_at IS NULL));
CREATE INDEX survey_answers_campaign ON public.survey_answers USING btree (campaign_id, answer_no);
CREATE INDEX survey_answers_reason ON public.survey_answers USING btree (campaign_id, reason, answer_no);
CREATE INDEX survey_answers_user ON public.survey_answers USING btree (user_no, reason);
CREATE INDEX tasks_assignee ON public.tasks USING btree (assignee, COALESCE(due_at, 'infinity'::timestamp with time zone), task_no) WHERE (assignee IS NOT NULL);
CREATE INDEX tasks_due ON public.tasks USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), task_no) WHERE (state = ANY (ARRAY['open'::text, 'claimed'::text]));
CREATE INDEX tasks_state ON public.tasks USING btree (state, task_no);
CREATE INDEX tasks_state_due ON public.tasks USING btree (state, COALESCE(due_at, 'infinity'::timestamp with time zone), task_no);
CREATE INDEX threshold_proposals_cycle ON public.threshold_proposals USING btree (cycle_no);
CREATE INDEX threshold_proposals_policy ON public.threshold_proposals USING btree (campaign_id, segment, action, proposal_no);
CREATE INDEX users_email ON public.users USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX users_email_begins ON public.users USING btree (lower(email) text_pattern_ops) WHERE (email IS NOT NULL);
CREATE INDEX users_id_begins ON public.users USING btree (user_id text_pattern_ops);
CREATE INDEX users_phone ON public.users USING btree (phone) WHERE (phone IS NOT NULL);
CREATE INDEX users_phone_begins ON public.users USING btree (phone text_pattern_ops) WHERE (phone IS NOT NULL);
CREATE INDEX way_counts_wave ON public.way_counts USING btree (wave_no);
CREATE INDEX webhook_deliveries_given_up ON public.webhook_deliveries USING btree (webhook_no) WHERE ((next_at IS NULL) AND (delivered_at IS NULL));
CREATE INDEX webhook_deliveries_next ON public.webhook_deliveries USING btree (next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (webhook_no) WHERE (next_at IS NOT NULL);
CREATE INDEX webhook_deliveries_webhook ON public.webhook_deliveries USING btree (webhook_no, delivery_no);

CREATE TRIGGER audit_chain_immutable BEFORE DELETE OR UPDATE ON public.audit_chain FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER audit_log_chained AFTER INSERT ON public.audit_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chain_audit();
CREATE TRIGGER audit_log_immutable BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER campaign_versions_immutable BEFORE DELETE OR UPDATE ON public.campaign_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER erasures_immutable BEFORE DELETE OR UPDATE ON public.erasures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learning_cycles_immutable BEFORE DELETE OR UPDATE ON public.learning_cycles FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learning_switches_immutable BEFORE DELETE OR UPDATE ON public.learning_switches FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER live_policies_immutable BEFORE DELETE OR UPDATE ON public.live_policies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER messages_counted_change AFTER UPDATE ON public.messages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_messages();
CREATE TRIGGER messages_counted_gone AFTER DELETE ON public.messages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_messages();
CREATE TRIGGER messages_counted_new AFTER INSERT ON public.messages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_messages();
CREATE TRIGGER messages_counted_none AFTER TRUNCATE ON public.messages FOR EACH STATEMENT EXECUTE FUNCTION count_messages();
CREATE TRIGGER reads_immutable BEFORE DELETE OR UPDATE ON public.reads FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_immutable BEFORE DELETE OR UPDATE ON public.settings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER survey_answers_kept BEFORE UPDATE ON public.survey_answers FOR EACH ROW WHEN (((new.comment IS NOT NULL) OR ((to_jsonb(new.*) - 'comment'::text) <> (to_jsonb(old.*) - 'comment'::text)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER survey_answers_not_deleted BEFORE DELETE ON public.survey_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tasks_created AFTER INSERT ON public.tasks FOR EACH ROW EXECUTE FUNCTION announce_task();
CREATE TRIGGER tasks_moved AFTER UPDATE OF state ON public.tasks FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION announce_task();
CREATE TRIGGER threshold_decisions_immutable BEFORE DELETE OR UPDATE ON public.threshold_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER threshold_proposals_immutable BEFORE DELETE OR UPDATE ON public.threshold_proposals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ways_counted_change AFTER UPDATE ON public.ways REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_ways();
CREATE TRIGGER ways_counted_gone AFTER DELETE ON public.ways REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_ways();
CREATE TRIGGER ways_counted_new AFTER INSERT ON public.ways REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_ways();
CREATE TRIGGER ways_counted_none AFTER TRUNCATE ON public.ways FOR EACH STATEMENT EXECUTE FUNCTION count_ways();
