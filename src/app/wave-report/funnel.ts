import type { MessageCountRow, WayCountRow } from '../../db/queries/wave-counts.ts';
import { RUNGS, type ChannelName, type MessageState, type Rung } from '../../domain/words.ts';

/** One rung of the waterfall: who came to it, who stopped there and why, who went on. */
export interface WaterfallRung {
  rung: Rung;
  reached: number;
  stopped: { reason: string; users: number }[];
  passed: number;
}

/** Messages of a channel by what became of them; the columns are apart and add up to `planned`. */
export interface ChannelCounts {
  channel: ChannelName;
  planned: number;
  accepted: number;
  failed: number;
  unknown: number;
  suppressed: number;
  deferred: number;
  cancelled: number;
  expired: number;
  open: number;
}

/** An arm: users that were assigned to it, those planned to be contacted, and those the provider has taken. */
export interface ArmCounts {
  action: string;
  arm: string;
  assigned: number;
  contacted: number;
  blocked: number;
  accepted: number;
  /** Users of the draw who are held out. */
  heldOut: number;
}

/** What becomes of messages, as the columns of `ChannelCounts` say it. */
export const MESSAGE_FATES = [
  'accepted',
  'failed',
  'unknown',
  'suppressed',
  'deferred',
  'cancelled',
  'expired',
  'open',
] as const satisfies readonly (keyof ChannelCounts)[];
export type MessageFate = (typeof MESSAGE_FATES)[number];

const COLUMN: Record<MessageState, MessageFate> = {
  PLANNED: 'open',
  CLAIMED: 'open',
  SUBMITTING: 'open',
  DEFERRED: 'deferred',
  ACCEPTED: 'accepted',
  DELIVERED: 'accepted',
  BOUNCED: 'accepted',
  COMPLAINED: 'accepted',
  ASSUMED_SENT: 'accepted',
  SUPPRESSED: 'suppressed',
  FAILED: 'failed',
  UNKNOWN: 'unknown',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

/** The states that a column counts. */
export function statesOf(fate: MessageFate): MessageState[] {
  return (Object.keys(COLUMN) as MessageState[]).filter((state) => COLUMN[state] === fate);
}

type WayRow = Pick<WayCountRow, 'disposition' | 'rung' | 'reason' | 'users'>;

function total(rows: readonly { users: number }[]): number {
  return rows.reduce((sum, row) => sum + row.users, 0);
}

function sumBy<Row extends { users: number }>(
  rows: readonly Row[],
  key: (row: Row) => string,
): { reason: string; users: number }[] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.users);
  return [...sums].map(([reason, users]) => ({ reason, users })).toSorted((a, b) => b.users - a.users);
}

/** The rung at which a way ended for the waterfall: held-out users stop at the assignment, whatever their ghost did later. */
function endOf(row: WayRow): string | null {
  if (row.disposition === 'held_out') return 'assignment';
  return row.disposition === 'blocked' ? row.rung : null;
}

/** The waterfall of a step: every rung in order, also those where nobody stopped. */
export function waterfallOf(rows: readonly WayRow[]): WaterfallRung[] {
  let reached = total(rows);
  return RUNGS.map((rung) => {
    const here = rows.filter((row) => endOf(row) === rung);
    const passed = reached - total(here);
    const line = { rung, reached, stopped: sumBy(here, (row) => row.reason ?? 'unnamed'), passed };
    reached = passed;
    return line;
  });
}

/** Per channel what was planned and what became of it. */
export function channelCounts(rows: readonly Pick<MessageCountRow, 'channel' | 'state' | 'users'>[]): ChannelCounts[] {
  const counts = new Map<ChannelName, ChannelCounts>();
  for (const row of rows) {
    const line = counts.get(row.channel) ?? emptyCounts(row.channel);
    line.planned += row.users;
    line[COLUMN[row.state]] += row.users;
    counts.set(row.channel, line);
  }
  return [...counts.values()].toSorted((a, b) => a.channel.localeCompare(b.channel));
}

function emptyCounts(channel: ChannelName): ChannelCounts {
  return {
    channel,
    planned: 0,
    accepted: 0,
    failed: 0,
    unknown: 0,
    suppressed: 0,
    deferred: 0,
    cancelled: 0,
    expired: 0,
    open: 0,
  };
}

/** Per action and arm who was assigned and contacted. */
export function armCounts(ways: readonly WayCountRow[], messages: readonly MessageCountRow[]): ArmCounts[] {
  const arms = new Map<string, ArmCounts>();
  const lineOf = (action: string, arm: string): ArmCounts => {
    const line = arms.get(`${action}/${arm}`) ?? newArm(action, arm);
    arms.set(`${action}/${arm}`, line);
    return line;
  };
  for (const { action, arm, assignment, disposition, users } of ways) {
    if (action === null || arm === null) continue;
    const line = lineOf(action, arm);
    if (assignment === 'arm') line.assigned += users;
    else line.heldOut += users;
    if (assignment === 'arm' && disposition === 'blocked') line.blocked += users;
    if (disposition === 'contacted' || disposition === 'deferred') line.contacted += users;
  }
  for (const { action, arm, state, users } of messages) {
    if (COLUMN[state] === 'accepted') lineOf(action, arm).accepted += users;
  }
  return [...arms.values()].toSorted((a, b) => `${a.action}/${a.arm}`.localeCompare(`${b.action}/${b.arm}`));
}

function newArm(action: string, arm: string): ArmCounts {
  return { action, arm, assigned: 0, contacted: 0, blocked: 0, accepted: 0, heldOut: 0 };
}

/** Held-out users by kind, and where their ghosts ended (`through`: they would have been contacted). */
export function heldOutOf(
  rows: readonly WayCountRow[],
): { kind: string; users: number; ghosts: { reason: string; users: number }[] }[] {
  const held = rows.filter((row) => row.disposition === 'held_out');
  return sumBy(held, (row) => row.reason ?? 'unnamed').map(({ reason: kind, users }) => ({
    kind,
    users,
    ghosts: sumBy(
      held.filter((row) => row.reason === kind),
      (row) => row.rung ?? 'through',
    ),
  }));
}

/** Why messages did not go out, by state and reason. */
export function unsentReasons(
  rows: readonly MessageCountRow[],
): { state: MessageState; reason: string; users: number }[] {
  const unsent = ['SUPPRESSED', 'FAILED', 'CANCELLED', 'EXPIRED', 'DEFERRED', 'UNKNOWN'];
  const named = rows.filter((row) => unsent.includes(row.state));
  return sumBy(named, (row) => `${row.state}|${row.stateReason ?? '–'}`).map(({ reason, users }) => {
    const [state = '', why = ''] = reason.split('|');
    return { state: state as MessageState, reason: why, users };
  });
}
