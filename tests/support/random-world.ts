import type { Db } from '../../src/db/connect.ts';
import type { PlanRequest } from '../../src/db/planning/load-context.ts';
import type { LadderSupplies } from '../../src/policy/ladder.ts';
import { aCampaign, applySettings, NOON } from './world.ts';
import { insertWave } from '../../src/db/queries/open-wave.ts';
import { seededRandom, type Random } from './seeded-random.ts';

const USERS = 160;
const HOUR_MS = 3_600_000;
const ZONES = [
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
  'Not/AZone',
  null,
];
const SEGMENTS = ['shopper', 'viewer', 'gamer'];
const REASONS = ['price', 'competitor', 'level_too_hard'];
const CHANNELS = ['email', 'sms', 'push'] as const;
const POOL = 'pool';

function at(hours: number): Date {
  return new Date(NOON.getTime() + hours * HOUR_MS);
}

function randomUser(random: Random, i: number): Record<string, unknown> {
  const consent = (): boolean | null => random.pick([true, true, true, false, null]);
  return {
    user_id: `user-${i}`,
    email: random.chance(0.85) ? `User${i % 150}@Example.test` : null,
    phone: random.chance(0.7) ? `+4479${String(i).padStart(8, '0')}` : null,
    timezone: random.pick(ZONES),
    consent_email: consent(),
    consent_sms: consent(),
    consent_push: consent(),
    refused_categories: random.pick([[], [], [], [], ['survey'], ['winback', 'service']]),
    actor: 'test',
  };
}

function randomWarning(random: Random, userNo: number): Record<string, unknown> {
  const raised = at(-random.between(1, 200));
  return {
    user_no: userNo,
    model: random.pick(['default', 'default', 'default', 'other']),
    score: Math.round(random.between(0, 1000)) / 1000,
    segment: random.pick(SEGMENTS),
    reasons: REASONS.filter(() => random.chance(0.5)),
    raised_at: raised,
    expires_at: new Date(Math.max(raised.getTime() + HOUR_MS, at(random.between(-40, 200)).getTime())),
    imported_at: raised,
    actor: 'test',
  };
}

async function fillUsers(db: Db, random: Random): Promise<number[]> {
  const rows = Array.from({ length: USERS }, (_, i) => randomUser(random, i));
  const userNos: number[] = (await db('users').insert(rows).returning('user_no')).map((row) => row.user_no);
  await db('warnings')
    .insert(
      userNos.flatMap((no) => Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () => randomWarning(random, no))),
    )
    .onConflict()
    .ignore();
  return userNos;
}

async function fillHistory(db: Db, random: Random, userNos: number[]): Promise<void> {
  const some = (share: number): number[] => userNos.filter(() => random.chance(share));
  await db('push_subscriptions').insert(
    some(0.6).map((no) => ({
      user_no: no,
      kind: 'fcm',
      endpoint: `token-${no}`,
      actor: 'test',
      gone_at: random.chance(0.2) ? NOON : null,
    })),
  );
  await db('events').insert(
    some(0.3).map((no) => ({
      event_id: `event-${no}`,
      user_id: '',
      user_no: no,
      type: random.pick(['visit', 'watch']),
      occurred_at: at(-random.between(-20, 150)),
      actor: 'test',
    })),
  );
  await db('contacts').insert(
    some(0.5).map((no) => ({
      user_no: no,
      channel: random.pick(CHANNELS),
      category: random.pick(['winback', 'service']),
      sent_at: at(random.between(-200, 20)),
      actor: 'test',
    })),
  );
  await db('suppressions').insert(
    some(0.1).map((no) => ({ user_no: no, channel: random.pick([...CHANNELS, 'all']), reason: 'test', actor: 'test' })),
  );
  await db('survey_answers').insert(
    some(0.3).map((no) => ({
      message_no: no,
      user_no: no,
      campaign_id: 'older',
      reason: random.pick(REASONS),
      locale: 'en',
      actor: 'test',
      answered_at: at(random.between(-60, 5)),
      counts_until: at(random.between(-5, 60)),
    })),
  );
  await db('suppressions').insert([
    { address: 'user7@example.test', channel: 'email', reason: 'test', actor: 'test' },
    { address: '+447900000009', channel: 'sms', reason: 'test', actor: 'test' },
    { address: '+447900000011', channel: 'all', reason: 'test', actor: 'test' },
  ]);
}

async function fillMessages(db: Db, random: Random, userNos: number[]): Promise<void> {
  const chosen = userNos.filter(() => random.chance(0.4));
  await db('messages').insert(
    chosen.map((no) => ({
      delivery_id: `00000000-0000-5000-8000-${String(no).padStart(12, '0')}`,
      wave_no: 900,
      step: 1,
      entry_no: no,
      user_no: no,
      campaign_id: 'older',
      channel: random.pick(CHANNELS),
      category: random.pick(['winback', 'service']),
      action: 'offer',
      kind: random.pick(['coupon', 'care']),
      arm: 'a',
      state: 'ACCEPTED',
      counted_at: random.chance(0.85) ? at(random.between(-220, 40)) : null,
      planned_at: NOON,
      expires_at: NOON,
    })),
  );
}

function steps(random: Random): object[] {
  const channels = CHANNELS.filter(() => random.chance(0.6));
  const contents = { email: { subject: { en: 'x' }, mjml: 'x' } };
  return [
    {
      channels: channels.length > 0 ? channels : ['email'],
      onCap: random.pick(['skip', 'defer', 'other_channel']),
      contents,
    },
  ];
}

function arms(random: Random, offer: object | undefined): object[] {
  return [
    { id: 'usual', share: 0.2, control: true },
    { id: 'one', share: 0.5, steps: steps(random), ...(offer ? { offer } : {}) },
    { id: 'two', share: 0.3, steps: steps(random) },
  ];
}

function randomCaps(random: Random): object {
  const rules = [
    { id: 'any-day', scope: 'any', max: 1, per: 'day' },
    { id: 'any-week', scope: 'any', max: 2, per: '7d' },
    { id: 'own-week', scope: 'category', category: 'winback', max: 1, per: 'week' },
    { id: 'each-channel', scope: 'channel', max: 1, per: '3d' },
    { id: 'sms-month', scope: 'channel', channel: 'sms', max: 1, per: 'month' },
  ].filter(() => random.chance(0.4));
  return { rules, ...(random.chance(0.3) ? { minGap: '36h' } : {}) };
}

function definition(random: Random, seed: number): Parameters<typeof aCampaign>[1] {
  const offer = random.chance(0.5) ? { pool: POOL, cost: 3 } : undefined;
  return {
    campaign: `world-${seed}`,
    category: random.pick(['winback', 'winback', 'winback', 'transactional']),
    holdout: random.pick([0, 0.1, 0.3]),
    audience: {
      ...(random.chance(0.5) ? { segments: SEGMENTS.slice(0, 2) } : {}),
      ...(random.chance(0.3) ? { reasons: REASONS.slice(0, 2) } : {}),
    },
    policy: {
      lo: random.pick([0.2, 0.5]),
      hi: random.pick([0.9, 1]),
      exploreWidth: 0.1,
      outside: random.pick([0, 0.1]),
      segments: { shopper: { lo: 0.4, inside: 0.8 } },
    },
    actions: [
      { id: 'first', kind: 'coupon', reasons: ['price', 'competitor'], arms: arms(random, offer) },
      {
        id: 'second',
        kind: 'care',
        ...(random.chance(0.5) ? { reasons: ['level_too_hard'] } : {}),
        arms: arms(random, offer),
      },
    ] as never,
    caps: randomCaps(random),
    noRepeat: random.chance(0.3),
    allowedHours: random.chance(0.5)
      ? { email: { from: '20:00', to: '09:00' }, sms: { from: '09:30', to: '18:00' } }
      : {},
    expiresAfter: random.pick(['6h', '2d']),
    costs: { email: 0.01, sms: 0.4, push: 0 },
    budget: random.chance(0.5) ? { total: 60, ...(random.chance(0.5) ? { perWave: 25 } : {}) } : {},
  };
}

/** Policies that learning put in force: e by score band, one of them of a segment that the file doesn't name. */
async function learnedPolicies(db: Db, random: Random, campaignId: string): Promise<void> {
  const first = await db('live_policies')
    .where({ campaign_id: campaignId, segment: 'shopper', action: 'first' })
    .first();
  const treatByBand = Array.from({ length: 12 }, () => random.pick([0, 0.02, 0.1, 0.8, 0.95]));
  await db('live_policies').insert([
    {
      ...first,
      policy_version: 2,
      lo: 0.25,
      hi: 0.75,
      treat_by_band: treatByBand,
      arm_shares: JSON.stringify(first.arm_shares),
    },
    { ...first, segment: 'viewer', lo: 0.6, hi: 1, arm_shares: JSON.stringify(first.arm_shares) },
  ]);
}

/** Users, history and a published campaign drawn from a seed, with an open wave at NOON; every rung has somebody to stop. */
export async function aRandomWorld(
  db: Db,
  seed: number,
): Promise<{ request: PlanRequest; supplies: () => LadderSupplies }> {
  const random = seededRandom(seed + 1);
  await applySettings(db, {
    caps: randomCaps(random),
    ...(random.chance(0.5) ? { defaultTimezone: 'Europe/Berlin' } : {}),
  });
  await db('global_holdout_periods').whereNull('until_at').update({ until_at: NOON });
  await db('global_holdout_periods').insert({ salt: `global-${seed}`, share: random.pick([0, 0.1]), actor: 'test' });
  const userNos = await fillUsers(db, random);
  await fillHistory(db, random, userNos);
  await fillMessages(db, random, userNos);
  const codes = random.pick([3, 20, 500]);
  await db('coupon_pools').insert({ pool: POOL, kind: 'imported', actor: 'test' });
  await db('coupon_codes').insert(Array.from({ length: codes }, (_, i) => ({ pool: POOL, code: `C${i}` })));
  const { campaignId, definition: campaign } = await aCampaign(db, definition(random, seed));
  if (random.chance(0.6)) await learnedPolicies(db, random, campaignId);
  const opened = await insertWave(db, {
    campaignId,
    localDate: '2026-05-20',
    version: 1,
    trigger: 'manual',
    decisionAt: NOON,
    workflowId: 'test',
    actor: 'test',
  });
  const budget = [campaign.budget.total, campaign.budget.perWave].filter((limit) => limit !== undefined);
  return {
    request: {
      campaignId,
      waveNo: opened.waveNo,
      localDate: '2026-05-20',
      step: 1,
      decisionAt: NOON,
      snapshotAt: opened.snapshotAt,
    },
    supplies: () => ({
      budgetLeftMinor: budget.length > 0 ? Math.round(Math.min(...budget) * 100) : null,
      codesLeft: { [POOL]: codes },
    }),
  };
}
