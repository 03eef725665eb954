import { randomUUID } from 'node:crypto';
import type { Db } from '../../src/db/connect.ts';
import type { Assignment, ChannelName, Disposition, MessageState, Rung, WaveState } from '../../src/domain/words.ts';
import { aUser, aWarning, type UserFields } from './world-people.ts';
import { DAY, insert, NOON } from './world-clock.ts';

interface WaveFields {
  campaignId?: string;
  localDate?: string;
  version?: number;
  state?: WaveState;
  decisionAt?: Date;
  audience?: number;
}

/** A wave in state `sending` with one planned shard of step 1 over all users. */
export async function aWave(db: Db, fields: WaveFields = {}): Promise<number> {
  const decisionAt = fields.decisionAt ?? NOON;
  const waveNo = await insert(
    db,
    'waves',
    {
      campaign_id: fields.campaignId ?? 'winback',
      local_date: fields.localDate ?? decisionAt.toISOString().slice(0, 10),
      version: fields.version ?? 1,
      state: fields.state ?? 'sending',
      trigger: 'manual',
      decision_at: decisionAt,
      snapshot_at: decisionAt,
      created_at: decisionAt,
      audience: fields.audience ?? 0,
      actor: 'test',
    },
    'wave_no',
  );
  await db('wave_shards').insert({
    wave_no: waveNo,
    step: 1,
    shard_no: 0,
    from_user_no: 0,
    to_user_no: 1_000_000_000,
    expected: fields.audience ?? 0,
    planned_at: decisionAt,
  });
  return waveNo;
}

interface WayFields {
  waveNo: number;
  userNo: number;
  warningNo: number;
  step?: number;
  entryNo?: number | null;
  disposition?: Disposition;
  rung?: Rung | null;
  reason?: string | null;
  channel?: ChannelName | null;
  plannedAt?: Date | null;
}

/** The way of one user; it counts him into the wave's audience and shard. */
export async function aWay(db: Db, fields: WayFields): Promise<void> {
  const step = fields.step ?? 1;
  await db('ways').insert({
    wave_no: fields.waveNo,
    step,
    user_no: fields.userNo,
    warning_no: fields.warningNo,
    entry_no: fields.entryNo ?? null,
    disposition: fields.disposition ?? 'contacted',
    rung: fields.rung ?? null,
    reason: fields.reason ?? null,
    channel: fields.channel ?? null,
    planned_at: fields.plannedAt ?? null,
  });
  if (step === 1) await db('waves').where({ wave_no: fields.waveNo }).increment('audience', 1);
  await db('wave_shards').where({ wave_no: fields.waveNo, step }).increment('expected', 1);
}

interface EntryFields {
  campaignId?: string;
  userNo: number;
  waveNo: number;
  warningNo: number;
  n?: number;
  segment?: string;
  score?: number;
  action?: string;
  assignment?: Assignment;
  arm?: string | null;
  openedAt?: Date;
}

/** An entry assigned to arm `mail` with the probabilities of `aDefinition`. */
export function anEntry(db: Db, fields: EntryFields): Promise<number> {
  const opened = fields.openedAt ?? NOON;
  const score = fields.score ?? 0.7;
  const assignment = fields.assignment ?? 'arm';
  const row = {
    campaign_id: fields.campaignId ?? 'winback',
    user_no: fields.userNo,
    n: fields.n ?? 1,
    wave_no: fields.waveNo,
    version: 1,
    warning_no: fields.warningNo,
    segment: fields.segment ?? 'shopper',
    score,
    band: Math.min(11, Math.floor(score * 12)),
    action: fields.action ?? 'offer',
    policy_segment: '*',
    policy_version: 1,
    in_interval: true,
    assignment,
    arm: assignment === 'arm' ? (fields.arm ?? 'mail') : null,
    drawn_arm: fields.arm ?? 'mail',
    p_global_holdout: 0,
    p_holdout: 0.1,
    p_treat: 0.9,
    p_arm: assignment === 'arm' ? (fields.arm === 'usual' ? 0.2 : 0.8) : null,
    opened_at: opened,
    window_ends_at: new Date(opened.getTime() + 14 * DAY),
    reentry_at: new Date(opened.getTime() + 44 * DAY),
  };
  return insert(db, 'entries', row, 'entry_no');
}

interface MessageFields {
  waveNo: number;
  userNo: number;
  entryNo: number;
  campaignId?: string;
  step?: number;
  channel?: ChannelName;
  category?: string;
  arm?: string;
  state?: MessageState;
  stateReason?: string | null;
  plannedAt?: Date;
  countedAt?: Date | null;
  acceptedAt?: Date | null;
  costMinor?: number;
  codeNo?: number | null;
  deliveryId?: string;
}

const UNCOUNTED: readonly MessageState[] = ['SUPPRESSED', 'FAILED', 'CANCELLED', 'EXPIRED', 'DEFERRED'];
const WITH_PROVIDER: readonly MessageState[] = ['ACCEPTED', 'DELIVERED', 'BOUNCED', 'COMPLAINED'];

/** A message of arm `mail` by e-mail in state PLANNED, counted at its planned send unless the state gave it back. */
export function aMessage(db: Db, fields: MessageFields): Promise<number> {
  const state = fields.state ?? 'PLANNED';
  const plannedAt = fields.plannedAt ?? NOON;
  const accepted = WITH_PROVIDER.includes(state) ? (fields.acceptedAt ?? plannedAt) : null;
  const counted = fields.countedAt === undefined ? (accepted ?? plannedAt) : fields.countedAt;
  const row = {
    delivery_id: fields.deliveryId ?? randomUUID(),
    wave_no: fields.waveNo,
    step: fields.step ?? 1,
    entry_no: fields.entryNo,
    user_no: fields.userNo,
    campaign_id: fields.campaignId ?? 'winback',
    channel: fields.channel ?? 'email',
    category: fields.category ?? 'winback',
    action: 'offer',
    kind: 'coupon',
    arm: fields.arm ?? 'mail',
    counted_at: UNCOUNTED.includes(state) ? null : counted,
    cost_minor: fields.costMinor ?? 0,
    code_no: fields.codeNo ?? null,
    state,
    state_reason: fields.stateReason ?? null,
    planned_at: plannedAt,
    expires_at: new Date(plannedAt.getTime() + 2 * DAY),
    accepted_at: accepted,
    submitted_at: accepted,
    provider: accepted ? 'smtp' : null,
    provider_id: accepted ? '250 ok' : null,
  };
  return insert(db, 'messages', row, 'message_no');
}

/** A user taken all the way: user, warning, way, entry and message in one wave; returns their numbers. */
export async function aContactedUser(
  db: Db,
  fields: { waveNo: number; user?: UserFields } & Partial<Omit<MessageFields, 'userNo' | 'entryNo' | 'waveNo'>>,
): Promise<{ userNo: number; warningNo: number; entryNo: number; messageNo: number }> {
  const { waveNo, user, ...message } = fields;
  const userNo = await aUser(db, user);
  const warningNo = await aWarning(db, { userNo });
  const campaignId = fields.campaignId ?? 'winback';
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, campaignId });
  const channel = fields.channel ?? 'email';
  await aWay(db, { waveNo, userNo, warningNo, entryNo, channel, plannedAt: fields.plannedAt ?? NOON });
  const messageNo = await aMessage(db, { ...message, waveNo, userNo, entryNo });
  return { userNo, warningNo, entryNo, messageNo };
}

/** A code of `pool`; the pool is made where it isn't there. Returns code_no. */
export async function aCouponCode(
  db: Db,
  fields: {
    pool?: string;
    code?: string;
    state?: 'free' | 'reserved' | 'sent' | 'redeemed';
    campaignId?: string;
    userNo?: number;
    test?: boolean;
  } = {},
): Promise<number> {
  const pool = fields.pool ?? 'big';
  await db('coupon_pools').insert({ pool, kind: 'imported', actor: 'test' }).onConflict('pool').ignore();
  const row = {
    pool,
    code: fields.code ?? `CODE-${randomUUID()}`,
    state: fields.state ?? 'free',
    test: fields.test ?? false,
    campaign_id: fields.campaignId ?? null,
    user_no: fields.userNo ?? null,
    reserved_at: fields.userNo ? NOON : null,
  };
  return insert(db, 'coupon_codes', row, 'code_no');
}
