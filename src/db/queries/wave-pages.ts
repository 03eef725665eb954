import {
  RUNGS,
  type Assignment,
  type ChannelName,
  type Disposition,
  type MessageState,
  type Rung,
  type WaveState,
} from '../../domain/words.ts';
import { TROUBLE_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { join, rows, sql, type Sql } from '../sql.ts';
import type { AttemptRow } from './receipts.ts';
import { WAVE_COLUMNS, type WaveRow } from './waves.ts';

/** Which waves a list shows; dates are local ones, both included. */
export interface WaveFilter {
  campaignId?: string | undefined;
  states?: readonly WaveState[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** True: without those of recorded experiments. */
  liveOnly?: boolean | undefined;
}

/** Waves before a number (null: from the newest), newest first. */
export function wavesBefore(
  db: Db,
  input: WaveFilter & { beforeNo: number | null; limit: number },
): Promise<WaveRow[]> {
  const { campaignId, states, from, to, beforeNo, limit, liveOnly } = input;
  return rows(
    db,
    sql`select ${WAVE_COLUMNS} from waves where ${all([
      beforeNo !== null && sql`wave_no < ${beforeNo}`,
      liveOnly === true && sql`trigger <> 'recorded'`,
      campaignId !== undefined && sql`campaign_id = ${campaignId}`,
      states !== undefined && sql`state = any(${states})`,
      from !== undefined && sql`local_date >= ${from}::date`,
      to !== undefined && sql`local_date <= ${to}::date`,
    ])} order by wave_no desc limit ${limit}`,
  );
}

function all(conditions: readonly (Sql | false)[]): Sql {
  return join(
    conditions.filter((one) => one !== false),
    ' and ',
    'true',
  );
}

/** Which users of a wave a list shows. */
export interface WayFilter {
  step?: number | undefined;
  /** `reached`: contacted or deferred, as reports count the contacted. */
  disposition?: Disposition | 'reached' | undefined;
  /** Without a disposition: the rung of the waterfall, where held-out users stop at the assignment. */
  rung?: Rung | undefined;
  /** Who goes on after this rung of the waterfall. */
  past?: Rung | undefined;
  reason?: string | undefined;
  action?: string | undefined;
  arm?: string | undefined;
  /** Drawn for an arm, or kept back by one of the holdouts. */
  drawn?: 'arm' | 'held_out' | undefined;
  /** Contacted or held-out users whose entry came back within its window by `asOf`, or whose window is open then. */
  outcome?:
    | { kind: 'returned'; returnEvents: readonly string[]; asOf: Date }
    | { kind: 'window_open'; asOf: Date }
    | undefined;
}

/** One user of a wave and step, with the draw and the message. */
export interface WayLine {
  step: number;
  userNo: number;
  userId: string | null;
  disposition: Disposition;
  rung: string | null;
  reason: string | null;
  channel: ChannelName | null;
  plannedAt: Date | null;
  timezone: string | null;
  entryNo: number | null;
  assignment: Assignment | null;
  action: string | null;
  arm: string | null;
  messageNo: number | null;
  state: MessageState | null;
}

/** Users of a wave after a step and user number, in that order. */
export async function waysAfter(
  db: Db,
  input: WayFilter & { waveNo: number; after: { step: number; userNo: number } | null; limit: number },
): Promise<WayLine[]> {
  const { waveNo, after, limit } = input;
  if (!(await hasWays(db, input))) return [];
  return rows(
    db,
    // The page is cut before anything is looked up for its users. The entry is looked up user by user in the page's order: a join
    // would read the whole wave before it cuts.
    sql`with page as (
        select w.* from ways w where w.wave_no = ${waveNo} and ${wayConditions(input)}
          and ${ofEntry(input)}
          and ${after === null ? sql`true` : sql`(w.step, w.user_no) > (${after.step}::smallint, ${after.userNo}::bigint)`}
        order by w.step, w.user_no limit ${limit})
      select w.step::int as step, w.user_no as "userNo", u.user_id as "userId", w.disposition, w.rung, w.reason,
        coalesce(m.channel, w.channel) as channel, w.planned_at as "plannedAt", u.timezone, w.entry_no as "entryNo", e.assignment,
        e.action, e.drawn_arm as arm, m.message_no as "messageNo", m.state
      from page w left join users u on u.user_no = w.user_no left join entries e on e.entry_no = w.entry_no
      left join lateral (select channel, message_no, state from messages
        where user_no = w.user_no and wave_no = w.wave_no and step = w.step order by message_no limit 1) m on true
      order by w.step, w.user_no`,
  );
}

/** Whether the counts know of any: a look for what isn't there would read the whole wave. */
async function hasWays(db: Db, filter: WayFilter & { waveNo: number }): Promise<boolean> {
  const [row] = await rows<{ users: number }>(
    db,
    sql`select coalesce(sum(w.users), 0)::int as users from way_counts w
      where w.wave_no = ${filter.waveNo} and ${wayConditions(filter)} and ${all(drawConditions(filter, sql`w.arm`, sql`w`))}`,
  );
  return (row?.users ?? 0) > 0;
}

/** What of a filter the entry of a way `w` says. */
function ofEntry(filter: WayFilter): Sql {
  const { outcome } = filter;
  const conditions = [
    ...drawConditions(filter, sql`e.drawn_arm`, sql`e`),
    outcome !== undefined &&
      sql`w.step = 1 and w.disposition <> 'blocked' and e.wave_no = w.wave_no and e.recorded_no is null`,
    outcome?.kind === 'window_open' && sql`e.window_ends_at > ${outcome.asOf}`,
    outcome?.kind === 'returned' &&
      sql`exists (select from events v where v.user_no = e.user_no and v.type = any(${outcome.returnEvents}::text[])
        and v.occurred_at > e.opened_at and v.occurred_at <= least(e.window_ends_at, ${outcome.asOf}::timestamptz))`,
  ].filter((one) => one !== false);
  if (conditions.length === 0) return sql`true`;
  return sql`exists (select from entries e where e.entry_no = w.entry_no and ${all(conditions)} offset 0)`;
}

/** What was drawn, of an entry or of the counts. */
function drawConditions({ action, arm, drawn }: WayFilter, armColumn: Sql, of: Sql): (Sql | false)[] {
  return [
    action !== undefined && sql`${of}.action = ${action}`,
    arm !== undefined && sql`${armColumn} = ${arm}`,
    drawn === 'arm' && sql`${of}.assignment = 'arm'`,
    drawn === 'held_out' && sql`${of}.assignment <> 'arm'`,
  ];
}

/** Whose way ends at a later rung of the waterfall, or at none. */
function goesOn(past: Rung): Sql {
  const later = RUNGS.slice(RUNGS.indexOf(past) + 1);
  return sql`(w.disposition in ('contacted', 'deferred')
    or w.disposition = 'held_out' and ${later.includes('assignment')}
    or w.disposition = 'blocked' and (w.rung is null or w.rung = any(${later}::text[])))`;
}

function wayConditions({ step, disposition, rung, past, reason }: WayFilter): Sql {
  return all([
    step !== undefined && sql`w.step = ${step}`,
    disposition === 'reached' && sql`w.disposition in ('contacted', 'deferred')`,
    disposition !== undefined && disposition !== 'reached' && sql`w.disposition = ${disposition}`,
    rung !== undefined && disposition !== undefined && sql`w.rung = ${rung}`,
    rung === 'assignment' && disposition === undefined && sql`w.disposition = 'held_out'`,
    rung !== undefined &&
      rung !== 'assignment' &&
      disposition === undefined &&
      sql`w.disposition = 'blocked' and w.rung = ${rung}`,
    past !== undefined && goesOn(past),
    reason !== undefined && sql`w.reason = ${reason}`,
  ]);
}

/** Which messages of a wave a list shows. */
export interface MessageFilter {
  state?: MessageState | undefined;
  /** One of them. */
  states?: readonly MessageState[] | undefined;
  reason?: string | undefined;
  channel?: ChannelName | undefined;
  step?: number | undefined;
  action?: string | undefined;
  arm?: string | undefined;
}

/** One message of a wave with its last attempt that did not simply succeed. */
export interface MessageLine {
  messageNo: number;
  deliveryId: string;
  step: number;
  userNo: number;
  userId: string | null;
  timezone: string | null;
  channel: ChannelName;
  action: string;
  arm: string;
  kind: string;
  state: MessageState;
  stateReason: string | null;
  plannedAt: Date;
  submittedAt: Date | null;
  acceptedAt: Date | null;
  changedAt: Date;
  tries: number;
  costMinor: number;
  provider: string | null;
  providerId: string | null;
  lastAttempt: AttemptRow | null;
}

type MessageRow = Omit<MessageLine, 'lastAttempt'> & {
  lastAttempt: (Omit<AttemptRow, 'at'> & { at: string }) | null;
};

/** Messages of a wave after a number, in order. */
export async function messagesAfter(
  db: Db,
  input: MessageFilter & { waveNo: number; afterNo: number; limit: number },
): Promise<MessageLine[]> {
  const { afterNo, limit } = input;
  if (!(await hasMessages(db, input))) return [];
  const found = await rows<MessageRow>(
    db,
    sql`with page as (select m.* from ${messagesWhere(input)} and m.message_no > ${afterNo} order by m.message_no limit ${limit})
      select m.message_no as "messageNo", m.delivery_id as "deliveryId", m.step::int as step, m.user_no as "userNo",
        u.user_id as "userId", u.timezone, m.channel, m.action, m.arm, m.kind, m.state, m.state_reason as "stateReason",
        m.planned_at as "plannedAt", m.submitted_at as "submittedAt", m.accepted_at as "acceptedAt", m.changed_at as "changedAt",
        m.attempts::int as tries, m.cost_minor as "costMinor", m.provider, m.provider_id as "providerId",
        a.attempt as "lastAttempt"
      from page m left join users u on u.user_no = m.user_no
      left join lateral (select jsonb_build_object('fence', fence, 'result', result, 'class', class, 'evidence', evidence, 'at', at)
          as attempt from attempts where message_no = m.message_no order by attempt_no desc limit 1) a on true
      order by m.message_no`,
  );
  return found.map(({ lastAttempt, ...row }) => ({
    ...row,
    lastAttempt: lastAttempt === null ? null : { ...lastAttempt, at: new Date(lastAttempt.at) },
  }));
}

/** The messages of a filter; those in trouble have a table of their own, so that few among a million are found at once. */
function messagesWhere(filter: MessageFilter & { waveNo: number }): Sql {
  const { waveNo, state, states = state === undefined ? [] : [state] } = filter;
  return states.length > 0 && states.every((one) => TROUBLE_STATES.includes(one))
    ? sql`message_troubles t join messages m using (message_no)
        where t.wave_no = ${waveNo} and t.state = any(${states}::text[]) and ${messageConditions(filter)}`
    : sql`messages m where ${messageConditions(filter)}`;
}

/** Whether the counts know of any, as for ways. */
async function hasMessages(db: Db, filter: MessageFilter & { waveNo: number }): Promise<boolean> {
  const [row] = await rows<{ messages: number }>(
    db,
    sql`select coalesce(sum(m.messages), 0)::int as messages from message_counts m where ${messageConditions(filter)}`,
  );
  return (row?.messages ?? 0) > 0;
}

function messageConditions(filter: MessageFilter & { waveNo: number }): Sql {
  const { waveNo, state, states, reason, channel, step, action, arm } = filter;
  return all([
    sql`m.wave_no = ${waveNo}`,
    state !== undefined && sql`m.state = ${state}`,
    states !== undefined && sql`m.state = any(${states}::text[])`,
    reason !== undefined && sql`m.state_reason = ${reason}`,
    action !== undefined && sql`m.action = ${action}`,
    arm !== undefined && sql`m.arm = ${arm}`,
    channel !== undefined && sql`m.channel = ${channel}`,
    step !== undefined && sql`m.step = ${step}`,
  ]);
}
