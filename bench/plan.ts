import type { Knex } from 'knex';
import { loadPlanContext } from '../src/db/planning/load-context.ts';
import { planShard } from '../src/db/planning/plan-shard.ts';
import { cutShards, storeShards } from '../src/db/planning/shards.ts';
import { createZoneTable } from '../src/db/planning/zones.ts';
import { insertWave } from '../src/db/queries/open-wave.ts';
import { aCampaign, applySettings } from '../tests/support/world.ts';
import { median, type BenchResult } from './figures.ts';

const WARNED = 64_000;
const OLD_MESSAGES = 1_000_000;
const RUNS = 5;
/** Shards planned at once, as the wave workflow does. */
const IN_FLIGHT = 2;

/** 200,000 users of whom 64,000 are warned, and 1,000,000 messages of the last 90 days. */
async function fill(db: Knex): Promise<void> {
  await db.raw(`
    insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, attributes, actor)
    select 'u' || g, 'user' || g || '@example.test', '+4479' || lpad(g::text, 8, '0'), 'en',
      (array['Asia/Shanghai','Europe/Berlin','America/New_York','UTC'])[1 + g % 4], g % 10 <> 0, g % 3 = 0,
      jsonb_build_object('purchases', g % 5), 'bench'
    from generate_series(1, 200000) g`);
  await db.raw(
    `insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor, imported_at)
     select user_no, 'default', 0.5 + (user_no % 500) / 1000.0, 'shopper', '{price}', now() - interval '1 day', now() + interval '30 days',
       'bench', now() - interval '1 hour'
     from users where user_no % 25 < 8 limit ?`,
    [WARNED],
  );
  await db.raw(
    `insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm, counted_at,
       state, planned_at, expires_at)
     select gen_random_uuid(), 1000000 + g % 50, 1, g, 1 + (g * 7919::bigint) % 200000, 'older', 'email', 'winback', 'a', 'care', 'x',
       t, 'ACCEPTED', t, t
     from (select g, now() - random() * interval '90 days' as t from generate_series(1, ?) g) x`,
    [OLD_MESSAGES],
  );
  await db.raw(
    `insert into suppressions (user_no, channel, reason, actor) select user_no, 'email', 'bench', 'bench' from users where user_no % 50 = 0`,
  );
  await db.raw('vacuum analyze users');
  await db.raw('vacuum analyze warnings');
  await db.raw('vacuum analyze messages');
  await db.raw('vacuum analyze suppressions');
}

/** Two arms by e-mail and a holdout of 10 %, under two caps that few users have used up. */
function benchCampaign(run: number): Parameters<typeof aCampaign>[1] {
  return {
    campaign: `bench-${run}`,
    holdout: 0.1,
    policy: { lo: 0.3 },
    caps: {
      rules: [
        { id: 'month', scope: 'any', max: 12, per: '30d' },
        { id: 'gap', scope: 'any', max: 2, per: '3d' },
      ],
    },
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { id: 'a', share: 0.5, steps: [{ channels: ['email'], contents: {} }] },
          { id: 'b', share: 0.5, control: true, steps: [{ channels: ['email'], contents: {} }] },
        ],
      },
    ],
  };
}

async function planWave(db: Knex, run: number): Promise<number> {
  const { campaignId } = await aCampaign(db, benchCampaign(run));
  const decisionAt = new Date();
  const localDate = decisionAt.toISOString().slice(0, 10);
  const wave = await insertWave(db, {
    campaignId,
    localDate,
    version: 1,
    trigger: 'manual',
    decisionAt,
    workflowId: 'bench',
    actor: 'bench',
  });
  const started = performance.now();
  const request = { campaignId, waveNo: wave.waveNo, localDate, step: 1, decisionAt, snapshotAt: wave.snapshotAt };
  const context = await loadPlanContext(db, request);
  const shards = await storeShards(db, context, await cutShards(db, context));
  const zoneTable = createZoneTable(context);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < shards) await planShard(db, context, { shardNo: next++, zoneTable });
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return performance.now() - started;
}

/** The reference: the same choice of users and the same outbox rows in one INSERT … SELECT, and nothing else stored. */
async function insertSelect(db: Knex, run: number): Promise<number> {
  const started = performance.now();
  await db.raw(
    `insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm, counted_at,
       cost_minor, state, planned_at, expires_at)
     select uuid_generate_v5('6f9f4a52-6f5a-5c8e-9a51-7d1d3c1f0a11'::uuid, 'ref-' || ?::text || '/' || u.user_id || '/email/1'),
       2000000 + ?::int, 1, u.user_no, u.user_no, 'reference', 'email', 'winback', 'offer', 'coupon',
       case when ('x' || substr(encode(sha256(convert_to('salt:' || u.user_id || ':1', 'UTF8')), 'hex'), 1, 12))::bit(48)::bigint::float8
         / 281474976710656::float8 < 0.5 then 'a' else 'b' end,
       now(), 0, 'PLANNED', now(), now() + interval '2 days'
     from warnings w join users u on u.user_no = w.user_no
     left join suppressions s on s.user_no = u.user_no and s.channel in ('email', 'all') and s.lifted_at is null
     left join lateral (
       select count(*) as month, count(*) filter (where m.counted_at > now() - interval '3 days') as near
       from messages m where m.user_no = w.user_no and m.counted_at > now() - interval '30 days'
     ) c on true
     where w.model = 'default' and w.expires_at > now() and w.score >= 0.3 and u.consent_email and s.user_no is null
       and c.month < 12 and c.near < 2
       and ('x' || substr(encode(sha256(convert_to('salt:' || u.user_id || ':1', 'UTF8')), 'hex'), 13, 12))::bit(48)::bigint::float8
         / 281474976710656::float8 < 0.81
     order by u.user_no`,
    [run, run],
  );
  return performance.now() - started;
}

/** Makes every run meet the same tables. */
async function reset(db: Knex): Promise<void> {
  await db.raw('truncate ways, entries');
  await db.raw(`delete from messages where campaign_id <> 'older'`);
  await db.raw('vacuum analyze messages');
  await db.raw(`update campaigns set state = 'archived'`);
}

/** Planning with ladder, arm, reservation and outbox rows against one INSERT … SELECT of the outbox rows (target: ≤ 1.5 ×). */
export async function benchPlan(db: Knex): Promise<BenchResult> {
  await applySettings(db, { caps: { rules: [] } });
  await fill(db);
  const planned: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const first = await insertSelect(db, run);
    await reset(db);
    const second = await planWave(db, run);
    const [counts] = (
      await db.raw(
        `select count(*)::int as ways, (select count(*)::int from messages where campaign_id <> 'older') as messages from ways`,
      )
    ).rows;
    if (run === 0) console.error(`plan: ${counts.ways} ways, ${counts.messages} messages`);
    await reset(db);
    if (run > 0) {
      reference.push(first);
      planned.push(second);
    }
  }
  return {
    figure: `planning ${WARNED} warned users over ${OLD_MESSAGES} old messages, ms`,
    value: median(planned),
    reference: median(reference),
    ratio: median(planned) / median(reference),
    target: '≤ 1.5',
    met: median(planned) / median(reference) <= 1.5,
  };
}
