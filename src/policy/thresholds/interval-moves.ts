import type { LivePolicy } from '../../domain/assignment.ts';
import type { ProposalKind } from '../../domain/learning.ts';

/** Part of a band that counts as its edge: people write 0.583 for 7/12, and 0.333 for a bound at 1/3. */
const SLACK = 0.02;

type Interval = Pick<LivePolicy, 'lo' | 'hi'>;

/** One shift of lo or hi to the neighbouring band edge. */
export interface Move {
  kind: Extract<ProposalKind, 'extend_lo' | 'raise_lo' | 'extend_hi' | 'lower_hi'>;
  to: Interval;
  /** By band: the share of its scores that are treated after but not before; negative: no longer treated. */
  gained: number[];
}

/** The share of each band's scores that lies in [lo, hi). */
export function coverage(interval: Interval, bands: number): number[] {
  return Array.from({ length: bands }, (_, band) => {
    const covered = Math.min(interval.hi * bands, band + 1) - Math.max(interval.lo * bands, band);
    return covered < SLACK ? 0 : covered > 1 - SLACK ? 1 : covered;
  });
}

function edgeBelow(score: number, bands: number): number {
  return (Math.ceil(score * bands - SLACK) - 1) / bands;
}

function edgeAbove(score: number, bands: number): number {
  return (Math.floor(score * bands + SLACK) + 1) / bands;
}

/** Whether both ends lie on band edges, so that probabilities by band can stand for the interval. */
export function onEdges(interval: Interval, bands: number): boolean {
  return [interval.lo, interval.hi].every((end) => Math.abs(end * bands - Math.round(end * bands)) < SLACK);
}

/**
 * The shifts of lo or hi by at most one band, inside the file's bounds. An interval may shrink to nothing (lo = hi) and grow
 * again from there; its last band goes by `lower_hi` alone, since an interval that ends at 1 is closed there.
 */
export function candidateMoves(interval: Interval, bounds: Interval, bands: number): Move[] {
  const { lo, hi } = interval;
  const before = coverage(interval, bands);
  const ends: [Move['kind'], Interval][] = [
    ['extend_lo', { lo: Math.max(edgeBelow(lo, bands), bounds.lo), hi }],
    ['raise_lo', { lo: edgeAbove(lo, bands), hi }],
    ['extend_hi', { lo, hi: Math.min(edgeAbove(hi, bands), bounds.hi) }],
    ['lower_hi', { lo, hi: Math.max(edgeBelow(hi, bands), lo) }],
  ];
  return ends
    .map(([kind, to]) => ({ kind, to, gained: coverage(to, bands).map((part, band) => part - (before[band] ?? 0)) }))
    .filter(({ kind, to, gained }) => {
      const grows = kind === 'extend_lo' || kind === 'extend_hi';
      const room = kind === 'raise_lo' ? to.lo < hi - SLACK : true;
      return room && gained.some((part) => (grows ? part > SLACK : part < -SLACK));
    });
}
