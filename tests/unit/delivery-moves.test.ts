import { describe, expect, it } from 'vitest';
import { afterRange, noDelivery } from '../../src/workflows/counts.ts';
import { backOff, nextMove, unchanged, type Look, type Standing } from '../../src/workflows/delivery-moves.ts';

const NOW = Date.parse('2026-05-20T12:00:00Z');
const HOUR = 3_600_000;
const at: Standing = { now: NOW, idleLooks: 0, stalled: false, waits: 0 };

const aLook = (over: Partial<Look> & { open?: number } = {}): Look => {
  const { open = 0, ...rest } = over;
  return { ranges: [], counts: { ...noDelivery(), open }, nextDueAt: null, runState: 'running', ...rest };
};
const inFuture = (ms: number): string => new Date(NOW + ms).toISOString();

describe('the next move of a delivery', () => {
  it('sends what is due', () => {
    expect(nextMove(aLook({ open: 5, ranges: [{ from: 1, to: 5 }] }), at)).toEqual({ kind: 'send' });
  });

  it('backs off when nothing of what it sent had moved', () => {
    const look = aLook({ open: 5, ranges: [{ from: 1, to: 5 }] });
    expect(nextMove(look, { ...at, stalled: true, idleLooks: 1 })).toEqual({ kind: 'wait', ms: 10_000 });
    expect(nextMove(look, { ...at, stalled: true, idleLooks: 99 })).toEqual({ kind: 'wait', ms: HOUR });
  });

  it('sends nothing while paused or after an abort', () => {
    const due = { open: 5, ranges: [{ from: 1, to: 5 }] };
    expect(nextMove(aLook({ ...due, runState: 'paused' }), at)).toEqual({ kind: 'wait', ms: HOUR });
    expect(nextMove(aLook({ ...due, runState: 'aborted' }), at)).toEqual({ kind: 'wait', ms: 5_000 });
  });

  it('stays under a pause even when nothing is open, so that the step cannot end', () => {
    expect(nextMove(aLook({ runState: 'paused' }), at)).toEqual({ kind: 'wait', ms: HOUR });
  });

  it('sleeps until the next message falls due', () => {
    expect(nextMove(aLook({ open: 1, nextDueAt: inFuture(9 * HOUR) }), at)).toEqual({ kind: 'wait', ms: 9 * HOUR });
  });

  it('waits for a deferred message even when none is counted as open', () => {
    expect(nextMove(aLook({ nextDueAt: inFuture(HOUR) }), at)).toEqual({ kind: 'wait', ms: HOUR });
  });

  it('gathers due times by the minute after many waits, or each would cost two actions', () => {
    const look = aLook({ open: 1, nextDueAt: inFuture(2_000) });
    expect(nextMove(look, { ...at, waits: 19 })).toEqual({ kind: 'wait', ms: 2_000 });
    expect(nextMove(look, { ...at, waits: 20 })).toEqual({ kind: 'wait', ms: 60_000 });
  });

  it('asks less and less often while a kill switch moves the due time on', () => {
    const held = aLook({ open: 1, nextDueAt: inFuture(30_000) });
    const waits = [0, 1, 2, 5, 9, 20].map((idleLooks) => nextMove(held, { ...at, idleLooks, waits: idleLooks }));
    expect(waits.map((move) => move.kind === 'wait' && move.ms / 1_000)).toEqual([30, 30, 30, 160, 2_560, 3_600]);
  });

  it('never asks in a loop when the due time has passed or is unknown', () => {
    expect(nextMove(aLook({ open: 1, nextDueAt: inFuture(-1) }), at)).toEqual({ kind: 'wait', ms: 5_000 });
    expect(nextMove(aLook({ open: 1 }), { ...at, idleLooks: 2 })).toEqual({ kind: 'wait', ms: 20_000 });
  });

  it('settles when nothing is open', () => {
    expect(nextMove(aLook(), at)).toEqual({ kind: 'settle' });
    expect(nextMove(aLook({ runState: 'aborted' }), at)).toEqual({ kind: 'settle' });
  });
});

describe('idle looks', () => {
  it('double the wait from five seconds to an hour', () => {
    expect([0, 1, 2, 9, 10, 1_000].map(backOff)).toEqual([5_000, 10_000, 20_000, 2_560_000, HOUR, HOUR]);
  });

  it('are those that show the same numbers', () => {
    expect(unchanged({ ...noDelivery(), open: 3 }, { ...noDelivery(), open: 3 })).toBe(true);
    expect(unchanged({ ...noDelivery(), open: 3 }, { ...noDelivery(), open: 2, accepted: 1 })).toBe(false);
  });
});

describe('the totals between two looks', () => {
  const totals = { ...noDelivery(), accepted: 10, open: 8 };

  it('move on by what a range became', () => {
    const range = { ...noDelivery(), accepted: 3, unknown: 1, deferred: 1 };
    expect(afterRange(totals, range)).toEqual({ ...noDelivery(), accepted: 13, unknown: 1, deferred: 1, open: 3 });
  });

  it('stay when the range had been sent in part before', () => {
    expect(afterRange(totals, { ...noDelivery(), accepted: 9 })).toEqual(totals);
  });
});
