import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { recordAudit } from '../../src/db/queries/audit.ts';
import { publishVersion } from '../../src/db/queries/publish-version.ts';
import { campaignSchema } from '../../src/domain/campaign.schema.ts';

/** How much there is. Each campaign reaches every user once: messages = users × campaigns. */
export interface Size {
  users: number;
  campaigns: number;
  wavesPerCampaign: number;
}

/** What the issue asks for: 1,000,000 users and 5,000,000 messages. */
export const FULL_SIZE: Size = { users: 1_000_000, campaigns: 5, wavesPerCampaign: 10 };

/** Fills an empty database set by set; `note` is told of each. States, dispositions and reasons are spread by user number. */
export async function fillConsoleWorld(db: Knex, size: Size, note: (what: string) => void): Promise<void> {
  const steps: [string, () => Promise<unknown>][] = [
    ['users', () => fillUsers(db, size)],
    ['campaigns and waves', () => fillCampaigns(db, size)],
    ['entries', () => fillEntries(db, size)],
    ['ways', () => fillWays(db, size)],
    ['messages', () => fillMessages(db)],
    ['events, tasks, imports and the audit log', () => fillRest(db, size)],
    ['statistics', () => db.raw('vacuum analyze')],
  ];
  for (const [what, fill] of steps) {
    const from = Date.now();
    await fill();
    note(`${what}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
  }
}

async function fillUsers(db: Knex, { users }: Size): Promise<void> {
  await db.raw(
    `insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, consent_push, actor)
     select 'user-' || g, md5(g::text) || '@example.test', '+1555' || lpad(g::text, 8, '0'), case g % 3 when 0 then 'zh-CN' else 'en' end,
       'UTC', true, true, true, 'bench' from generate_series(1, ?::int) g`,
    [users],
  );
  await db.raw(
    `insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor)
     select user_no, 'default', 0.7, 'shopper', '{price}', now() - interval '40 days', now() + interval '30 days', 'bench' from users`,
  );
}

function definition(campaign: string) {
  return campaignSchema.parse({
    campaign,
    name: { en: campaign },
    timezone: 'UTC',
    locales: ['en'],
    audience: {},
    policy: { lo: 0.5, hi: 1 },
    holdout: 0.1,
    actions: [
      {
        id: 'offer',
        kind: 'care',
        arms: [
          { id: 'a', share: 0.5, steps: [{ channels: ['sms'], contents: { sms: { text: { en: 'Hello' } } } }] },
          { id: 'b', share: 0.5, steps: [{ channels: ['sms'], contents: { sms: { text: { en: 'Come back' } } } }] },
        ],
      },
    ],
    goal: { event: 'purchase' },
    returnEvents: ['visit'],
    schedule: { at: '10:00' },
  });
}

async function fillCampaigns(db: Knex, { users, campaigns, wavesPerCampaign }: Size): Promise<void> {
  for (let n = 1; n <= campaigns; n++) {
    const campaign = definition(`campaign-${n}`);
    const contents = {
      'offer/a/1': { sms: { en: { text: 'Hello' } } },
      'offer/b/1': { sms: { en: { text: 'Come back' } } },
    };
    await db.transaction((trx) =>
      publishVersion(trx, { campaign, contents, source: '', hash: randomUUID(), author: 'bench' }),
    );
  }
  await db.raw(
    `insert into waves (campaign_id, local_date, version, state, trigger, decision_at, audience, actor, finished_at)
     select 'campaign-' || c, current_date - d, 1, 'done', 'schedule', now() - make_interval(days => d), ?::int, 'bench', now()
     from generate_series(?::int, 1, -1) d, generate_series(1, ?::int) c order by d desc, c`,
    [users / wavesPerCampaign, wavesPerCampaign, campaigns],
  );
  await db.raw(
    `insert into wave_shards (wave_no, step, shard_no, from_user_no, to_user_no, expected, planned_at)
     select wave_no, 1, 1, 1, ?::int, audience, now() from waves`,
    [users + 1],
  );
}

/** Wave of a user in a campaign: the users are dealt to its waves in turn. */
const DEALT = `from users u join (
    select wave_no, campaign_id, decision_at, row_number() over (partition by campaign_id order by wave_no) - 1 as place from waves) w
  on w.place = u.user_no % ?::int`;

async function fillEntries(db: Knex, { wavesPerCampaign }: Size): Promise<void> {
  await db.raw(
    `insert into entries (campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action, policy_version, in_interval,
       assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at, window_ends_at, reentry_at)
     select w.campaign_id, u.user_no, 1, w.wave_no, 1, u.user_no, 'shopper', 0.7, 8, 'offer', 1, true,
       case when u.user_no % 10 = 0 then 'holdout' else 'arm' end, case when u.user_no % 10 = 0 then null when u.user_no % 2 = 0 then 'a' else 'b' end,
       case when u.user_no % 2 = 0 then 'a' else 'b' end, 0, 0.1, 1, 0.5, w.decision_at, w.decision_at + interval '14 days',
       w.decision_at + interval '44 days' ${DEALT} order by w.wave_no, u.user_no`,
    [wavesPerCampaign],
  );
}

async function fillWays(db: Knex, { users }: Size): Promise<void> {
  await db.raw(
    `insert into ways (wave_no, step, user_no, warning_no, entry_no, disposition, rung, reason, channel, planned_at)
     select wave_no, 1, user_no, warning_no, entry_no, case when user_no % 10 = 0 then 'held_out' when user_no % 10 = 1 then 'blocked' else 'contacted' end,
       case when user_no % 10 = 1 then 'caps' end, case when user_no % 10 = 0 then 'holdout' when user_no % ?::int = 1 then 'rare' when user_no % 10 = 1 then 'min_gap' end,
       'sms', opened_at from entries order by wave_no, user_no`,
    [users / 10],
  );
}

async function fillMessages(db: Knex): Promise<void> {
  await db.raw(
    `insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm, counted_at, state,
       state_reason, planned_at, expires_at, submitted_at, accepted_at, provider, provider_id)
     select gen_random_uuid(), wave_no, 1, entry_no, user_no, campaign_id, case user_no % 3 when 0 then 'email' when 1 then 'push' else 'sms' end,
       'winback', 'offer', 'care', drawn_arm, opened_at, case when user_no % 50000 = 7 then 'UNKNOWN' when user_no % 100 = 3 then 'FAILED' else 'ACCEPTED' end,
       case when user_no % 100 = 3 then 'mailbox_gone' end, opened_at, opened_at + interval '2 days', opened_at, opened_at, 'twilio', 'SM' || entry_no
     from entries order by wave_no, user_no`,
  );
  await db.raw(
    `insert into attempts (message_no, fence, result, class, evidence)
     select message_no, 1, 'failed', 'permanent', '550' from messages where state = 'FAILED'`,
  );
}

async function fillRest(db: Knex, { users }: Size): Promise<void> {
  await db.raw(
    `insert into events (event_id, user_id, user_no, type, occurred_at, actor)
     select 'e' || g, 'user-' || g, g, case g % 2 when 0 then 'visit' else 'purchase' end, now() - interval '5 days', 'bench'
     from generate_series(1, ?::int, 5) g`,
    [users],
  );
  await db.raw(
    `insert into tasks (message_no, user_no, campaign_id, kind, title, body, state, assignee, due_at)
     select message_no, user_no, campaign_id, 'account_manager', 'Call', 'Ask', (array['open', 'claimed', 'done', 'dropped'])[1 + message_no % 4],
       case when message_no % 4 > 0 then 'person-' || message_no % 7 end, planned_at from messages where message_no % 25 = 0`,
  );
  await db.raw(
    `insert into webhooks (url, secret, events, actor) values ('https://example.test/hook', 'secret', '{task.created}', 'bench')`,
  );
  await db.raw(
    `insert into webhook_deliveries (webhook_no, event, task_no, next_at, delivered_at)
     select 1, 'task.created', task_no, case when task_no % 1000 = 0 then now() end, case when task_no % 100 > 1 then now() end from tasks`,
  );
  await db.raw(
    `insert into suppressions (user_no, channel, reason, actor) select user_no, 'email', 'unsubscribe', 'bench' from users where user_no % 20 = 0`,
  );
  await db.raw(
    `insert into imports (kind, source, accepted, changed, rejected, actor, started_at)
     select case when g % 5000 = 0 then 'content' else 'events' end, 'nightly', 1, 1, 0, 'bench', now() from generate_series(1, 20000) g`,
  );
  // One transaction: the chain is built line by line at its commit.
  await db.raw(
    `insert into audit_log (actor, action, subject, at)
     select 'cli:person-' || g % 9, case when g % 20000 = 0 then 'user.erase' else 'task.claimed' end, 'task/' || g, now() - make_interval(secs => 100000 - g)
     from generate_series(1, 100000) g`,
  );
  await recordAudit(db, { actor: 'bench', action: 'bench.filled', subject: 'console' });
}
