import type { ChannelName } from './words.ts';

/** Where a goal's period stands: its target is reached; or it is still open and on track or behind; or it is over and was missed. */
export type GoalStanding = 'reached' | 'on_track' | 'behind' | 'missed';

/** One calendar week (from Monday) or month in the campaign's zone. Both dates belong to it. */
export interface GoalPeriod {
  from: string;
  to: string;
  /** Treated entries that reached the goal in it, within their outcome window. */
  came: number;
  /** Share of the period that is over, 0..1. */
  gone: number;
  standing: GoalStanding;
  /** The same in words. */
  sentence: string;
}

/** A goal of the campaign file against what came; the newest period first. It is no effect: some would have come anyway. */
export interface GoalProgress {
  name: string;
  channel: ChannelName | null;
  period: 'week' | 'month';
  target: number;
  periods: GoalPeriod[];
}
