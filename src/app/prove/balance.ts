import type { BalanceRow } from '../../db/queries/proof.ts';
import type { MessageState } from '../../domain/words.ts';

/** Where the users of one step are (rule 10). All numbers are users; their sum is the audience when nothing is wrong. */
export interface StepBalance {
  step: number;
  /** What the audience was cut into. */
  audience: number;
  sent: number;
  /** By kind: global_holdout, holdout, untreated, control. */
  heldOut: Record<string, number>;
  /** By `rung/reason`. */
  blocked: Record<string, number>;
  failed: number;
  unknown: number;
  deferred: number;
  cancelled: number;
  expired: number;
  /** Stopped by the checks just before the send, by reason. */
  suppressed: Record<string, number>;
  /** Planned, claimed or being submitted. */
  open: number;
  /** In shards that aren't planned (yet). */
  notPlanned: number;
  /** Contacted by their way, but without a message: always a difference. */
  withoutMessage: number;
  sum: number;
}

type Counter = 'sent' | 'failed' | 'unknown' | 'deferred' | 'cancelled' | 'expired' | 'open';

const COUNTER: Record<Exclude<MessageState, 'SUPPRESSED'>, Counter> = {
  PLANNED: 'open',
  CLAIMED: 'open',
  SUBMITTING: 'open',
  DEFERRED: 'deferred',
  ACCEPTED: 'sent',
  DELIVERED: 'sent',
  BOUNCED: 'sent',
  COMPLAINED: 'sent',
  ASSUMED_SENT: 'sent',
  FAILED: 'failed',
  UNKNOWN: 'unknown',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

function emptyBalance(size: { step: number; planned: number; unplanned: number }): StepBalance {
  return {
    step: size.step,
    audience: size.planned + size.unplanned,
    sent: 0,
    heldOut: {},
    blocked: {},
    failed: 0,
    unknown: 0,
    deferred: 0,
    cancelled: 0,
    expired: 0,
    suppressed: {},
    open: 0,
    notPlanned: size.unplanned,
    withoutMessage: 0,
    sum: size.unplanned,
  };
}

function add(into: Record<string, number>, key: string, users: number): void {
  into[key] = (into[key] ?? 0) + users;
}

function count(balance: StepBalance, row: BalanceRow): void {
  if (row.disposition === 'held_out') return add(balance.heldOut, row.reason ?? 'unnamed', row.users);
  if (row.disposition === 'blocked') return add(balance.blocked, `${row.rung}/${row.reason}`, row.users);
  if (row.state === null) balance.withoutMessage += row.users;
  else if (row.state === 'SUPPRESSED') add(balance.suppressed, row.stateReason ?? 'unnamed', row.users);
  else balance[COUNTER[row.state]] += row.users;
}

/** The balance of every step of a wave, in order. */
export function balanceOf(
  sizes: readonly { step: number; planned: number; unplanned: number }[],
  rows: readonly BalanceRow[],
): StepBalance[] {
  const stepNos = [...new Set([...sizes.map((size) => size.step), ...rows.map((row) => row.step)])];
  return stepNos
    .toSorted((a, b) => a - b)
    .map((step) => {
      const balance = emptyBalance(sizes.find((size) => size.step === step) ?? { step, planned: 0, unplanned: 0 });
      for (const row of rows.filter((candidate) => candidate.step === step)) {
        count(balance, row);
        balance.sum += row.users;
      }
      return balance;
    });
}

/** True when every user of the step is accounted for. */
export function isBalanced(balance: StepBalance): boolean {
  return balance.sum === balance.audience && balance.withoutMessage === 0;
}
