import type { messageCounts, SideCounts, wayCounts } from '../../db/queries/retrospective.ts';
import { channelCounts, type ChannelCounts } from '../wave-report/funnel.ts';
import { shareOf, type Share } from './shares.ts';

type Ways = Awaited<ReturnType<typeof wayCounts>>;
type Messages = Awaited<ReturnType<typeof messageCounts>>;

/** From warned to returned. Shares of the held-out are of those who would have been contacted. */
export interface Funnel {
  warned: number;
  heldOut: number;
  blocked: number;
  contacted: number;
  accepted: number;
  clicked: number;
  returned: Share;
  reachedGoal: Share;
  heldOutReturned: Share;
  heldOutReachedGoal: Share;
  windowsOpen: number;
}

/** Puts the funnel together from ways and outcomes. */
export function funnelOf(of: {
  ways: Ways;
  sides: readonly SideCounts[];
  reached: { accepted: number; clicked: number };
}): Funnel {
  const users = (dispositions: readonly string[]): number =>
    of.ways.filter((way) => dispositions.includes(way.disposition)).reduce((sum, way) => sum + way.users, 0);
  const contacted = sideOf(of.sides, 'contacted');
  const heldOut = sideOf(of.sides, 'held_out');
  return {
    warned: of.ways.reduce((sum, way) => sum + way.users, 0),
    heldOut: users(['held_out']),
    blocked: users(['blocked']),
    contacted: users(['contacted', 'deferred']),
    ...of.reached,
    returned: shareOf(contacted.returned, contacted.entries),
    reachedGoal: shareOf(contacted.reached, contacted.entries),
    heldOutReturned: shareOf(heldOut.returned, heldOut.entries),
    heldOutReachedGoal: shareOf(heldOut.reached, heldOut.entries),
    windowsOpen: contacted.open + heldOut.open,
  };
}

const NOBODY = { entries: 0, returned: 0, reached: 0, open: 0 };

function sideOf(sides: readonly SideCounts[], side: SideCounts['side']): Omit<SideCounts, 'side'> {
  return sides.find((one) => one.side === side) ?? NOBODY;
}

/** A churn reason of the warnings, and who of those who had it came back. */
export interface ReasonLine {
  reason: string;
  contacted: number;
  returned: Share;
  heldOutReturned: Share;
}

/** Churn reasons, the most contacted first. */
export function reasonLines(rows: readonly (SideCounts & { reason: string })[]): ReasonLine[] {
  return [...new Set(rows.map((row) => row.reason))]
    .map((reason) => {
      const sides = rows.filter((row) => row.reason === reason);
      const [contacted, heldOut] = [sideOf(sides, 'contacted'), sideOf(sides, 'held_out')];
      return {
        reason,
        contacted: contacted.entries,
        returned: shareOf(contacted.returned, contacted.entries),
        heldOutReturned: shareOf(heldOut.returned, heldOut.entries),
      };
    })
    .toSorted((a, b) => b.contacted - a.contacted);
}

/** A channel's messages by what became of them; bounced and complained ones are among the accepted. Cost in minor units. */
export interface ChannelLine extends ChannelCounts {
  bounced: number;
  complained: number;
  clicked: number;
  costMinor: number;
}

/** Channels by what became of their messages. */
export function channelLines(messages: Messages): ChannelLine[] {
  return channelCounts(messages).map((counts) => {
    const own = messages.filter((row) => row.channel === counts.channel);
    const sum = (of: (row: Messages[number]) => number): number => own.reduce((total, row) => total + of(row), 0);
    return {
      ...counts,
      bounced: sum((row) => (row.state === 'BOUNCED' ? row.users : 0)),
      complained: sum((row) => (row.state === 'COMPLAINED' ? row.users : 0)),
      clicked: sum((row) => row.clicked),
      costMinor: sum((row) => row.costMinor),
    };
  });
}

/** Where and why users were blocked, most first. */
export function blockedOf(ways: Ways): { rung: string; reason: string; users: number }[] {
  return ways
    .filter((way) => way.disposition === 'blocked')
    .map(({ rung, reason, users }) => ({ rung: rung ?? '', reason: reason ?? 'unnamed', users }))
    .toSorted((a, b) => b.users - a.users);
}

const UNSENT = ['SUPPRESSED', 'FAILED', 'CANCELLED', 'EXPIRED', 'UNKNOWN'];

/** Why messages did not go out, most first: state and reason. */
export function unsentOf(messages: Messages): { reason: string; users: number }[] {
  const sums = new Map<string, number>();
  for (const { state, stateReason, users } of messages) {
    if (!UNSENT.includes(state)) continue;
    const reason = `${state.toLowerCase()}: ${stateReason ?? 'unnamed'}`;
    sums.set(reason, (sums.get(reason) ?? 0) + users);
  }
  return [...sums].map(([reason, users]) => ({ reason, users })).toSorted((a, b) => b.users - a.users);
}
