import type { Assignment, ChannelName, MessageState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A message with everything that made it: who, why, by which versions and chances, and what the provider said. */
export interface ReceiptRow {
  messageNo: number;
  deliveryId: string;
  waveNo: number;
  localDate: string;
  step: number;
  campaignId: string;
  version: number;
  versionHash: string | null;
  userNo: number;
  userId: string | null;
  timezone: string | null;
  channel: ChannelName;
  category: string;
  action: string;
  kind: string;
  arm: string;
  state: MessageState;
  stateReason: string | null;
  plannedAt: Date;
  expiresAt: Date;
  countedAt: Date | null;
  costMinor: number;
  codeNo: number | null;
  pool: string | null;
  code: string | null;
  codeState: string | null;
  fence: number;
  tries: number;
  submittedAt: Date | null;
  acceptedAt: Date | null;
  changedAt: Date;
  provider: string | null;
  providerId: string | null;
  entryNo: number;
}

/** The message of a number or delivery id, or undefined. */
export async function findReceipt(
  db: Db,
  ref: { messageNo: number } | { deliveryId: string },
): Promise<ReceiptRow | undefined> {
  const condition =
    'messageNo' in ref ? sql`m.message_no = ${ref.messageNo}` : sql`m.delivery_id = ${ref.deliveryId}::uuid`;
  const found = await rows<ReceiptRow>(
    db,
    sql`select m.message_no as "messageNo", m.delivery_id as "deliveryId", m.wave_no as "waveNo", w.local_date as "localDate",
        m.step::int as step, m.campaign_id as "campaignId", e.version, v.hash as "versionHash", m.user_no as "userNo",
        u.user_id as "userId", u.timezone, m.channel, m.category, m.action, m.kind, m.arm, m.state,
        m.state_reason as "stateReason", m.planned_at as "plannedAt", m.expires_at as "expiresAt", m.counted_at as "countedAt",
        m.cost_minor as "costMinor", m.code_no as "codeNo", c.pool,
        case when c.user_no = m.user_no then c.code end as code, case when c.user_no = m.user_no then c.state end as "codeState",
        m.fence, m.attempts::int as tries, m.submitted_at as "submittedAt", m.accepted_at as "acceptedAt",
        m.changed_at as "changedAt", m.provider, m.provider_id as "providerId", m.entry_no as "entryNo"
      from messages m join waves w on w.wave_no = m.wave_no
      left join entries e on e.entry_no = m.entry_no
      left join campaign_versions v on v.campaign_id = m.campaign_id and v.version = e.version
      left join users u on u.user_no = m.user_no
      left join coupon_codes c on c.code_no = m.code_no
      where ${condition}`,
  );
  return found[0];
}

/** An entry with what chance decided. */
export interface EntryRow {
  entryNo: number;
  n: number;
  waveNo: number;
  version: number;
  warningNo: number;
  segment: string;
  score: number;
  band: number;
  action: string;
  /** The segment whose policy it was drawn under, or '*'. */
  policySegment: string;
  policyVersion: number;
  inInterval: boolean;
  assignment: Assignment;
  arm: string | null;
  drawnArm: string;
  pGlobalHoldout: number;
  pHoldout: number;
  pTreat: number;
  pArm: number | null;
  openedAt: Date;
  windowEndsAt: Date;
  reentryAt: Date;
}

const ENTRY = sql`entry_no as "entryNo", n, wave_no as "waveNo", version, warning_no as "warningNo", segment, score,
  band::int as band, action,
  policy_segment as "policySegment", policy_version as "policyVersion", in_interval as "inInterval", assignment, arm,
  drawn_arm as "drawnArm", p_global_holdout as "pGlobalHoldout", p_holdout as "pHoldout", p_treat as "pTreat",
  p_arm as "pArm", opened_at as "openedAt", window_ends_at as "windowEndsAt", reentry_at as "reentryAt"`;

/** One entry, or undefined. */
export async function findEntry(db: Db, entryNo: number): Promise<EntryRow | undefined> {
  return (await rows<EntryRow>(db, sql`select ${ENTRY} from entries where entry_no = ${entryNo}`))[0];
}

/** The newest entry of a user in a campaign that was open before a wave, or undefined. */
export async function entryBefore(
  db: Db,
  input: { campaignId: string; userNo: number; waveNo: number },
): Promise<EntryRow | undefined> {
  const found = await rows<EntryRow>(
    db,
    sql`select ${ENTRY} from entries where campaign_id = ${input.campaignId} and user_no = ${input.userNo}
      and wave_no <> ${input.waveNo} and opened_at <= (select decision_at from waves where wave_no = ${input.waveNo})
      order by n desc limit 1`,
  );
  return found[0];
}

/** A churn warning. */
export interface WarningRow {
  warningNo: number;
  model: string;
  score: number;
  segment: string;
  reasons: string[];
  raisedAt: Date;
  expiresAt: Date;
  importedAt: Date;
}

const WARNING = sql`warning_no as "warningNo", model, score, segment, reasons, raised_at as "raisedAt",
  expires_at as "expiresAt", imported_at as "importedAt"`;

/** One warning, or undefined. */
export async function findWarning(db: Db, warningNo: number): Promise<WarningRow | undefined> {
  return (await rows<WarningRow>(db, sql`select ${WARNING} from warnings where warning_no = ${warningNo}`))[0];
}

/** The newest warnings of a user, at most twenty. */
export function warningsOfUser(db: Db, userNo: number): Promise<WarningRow[]> {
  return rows(db, sql`select ${WARNING} from warnings where user_no = ${userNo} order by raised_at desc limit 20`);
}

/** What was tried and did not simply succeed. `evidence` is the provider's answer without addresses. */
export interface AttemptRow {
  fence: number;
  result: string;
  class: string | null;
  evidence: string | null;
  at: Date;
}

/** The attempts of a message, in order. */
export function attemptsOf(db: Db, messageNo: number): Promise<AttemptRow[]> {
  return rows(
    db,
    sql`select fence, result, class, evidence, at from attempts where message_no = ${messageNo} order by attempt_no`,
  );
}

/** What caps count for a user around a moment: messages with a reservation, and contacts of other tools; without one message. */
export function countedAround(
  db: Db,
  input: { userNo: number; from: Date; to: Date; exceptMessageNo: number | null },
): Promise<{ at: Date; channel: string; category: string; kind: string | null }[]> {
  return rows(
    db,
    sql`select counted_at as at, channel, category, kind from messages
      where user_no = ${input.userNo} and counted_at >= ${input.from} and counted_at < ${input.to}
        and message_no is distinct from ${input.exceptMessageNo}
      union all
      select sent_at, channel, category, null from contacts
      where user_no = ${input.userNo} and sent_at >= ${input.from} and sent_at < ${input.to}
      order by 1`,
  );
}

/** Clicks of people (not of machines) on the links of a message. */
export async function humanClicks(db: Db, messageNo: number): Promise<{ clicks: number; firstAt: Date | null }> {
  const [row] = await rows<{ clicks: number; firstAt: Date | null }>(
    db,
    sql`select count(*)::int as clicks, min(at) as "firstAt" from clicks where message_no = ${messageNo} and not machine`,
  );
  return row ?? { clicks: 0, firstAt: null };
}
