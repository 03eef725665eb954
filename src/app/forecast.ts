import type { Knex } from 'knex';
import { acceptedLastMinute, openByMinute } from '../db/queries/wave-counts.ts';
import type { ChannelName } from '../domain/words.ts';
import { throttles } from './throttle.ts';

/** Messages of a channel that fall due within one minute. */
export interface OpenMinute {
  plannedAt: Date;
  messages: number;
}

/** When a channel of a wave will be through. Rates in messages per second. */
export interface ChannelForecast {
  channel: ChannelName;
  open: number;
  dueNow: number;
  /** When the last open message falls due; null: nothing is open. */
  lastDueAt: Date | null;
  ratePerS: number | null;
  /** measured: over the last minute; throttle: the limit, while nothing was sent yet; unknown: neither. */
  rateFrom: 'measured' | 'throttle' | 'unknown';
  /** null: nothing is open, no rate is known for what is due, or ten years won't do at it. */
  finishAt: Date | null;
}

/** A finish that is further away is none: the limit is as good as a stop. */
const FARTHEST_MS = 10 * 365 * 86_400_000;

/** When a queue that takes `ratePerS` is through with what falls due over time, from `now` on; null: not within ten years. */
export function finishOf(minutes: readonly OpenMinute[], ratePerS: number, now: Date): Date | null {
  let free = now.getTime();
  for (const minute of minutes) {
    free = Math.max(free, minute.plannedAt.getTime()) + (minute.messages / ratePerS) * 1000;
  }
  return free - now.getTime() < FARTHEST_MS ? new Date(free) : null;
}

/** The forecast of each channel that has open messages: deferred ones count by their time. */
export async function forecastWave(input: { db: Knex; waveNo: number; now: Date }): Promise<ChannelForecast[]> {
  const { db, waveNo, now } = input;
  const open = await openByMinute(db, waveNo);
  const measured = await acceptedLastMinute(db, waveNo);
  const limits = await throttles(db);
  const channels = [...new Set(open.map((row) => row.channel))];
  return channels.map((channel) => {
    const minutes = open.filter((row) => row.channel === channel);
    const limit = limits.find((throttle) => throttle.channel === channel)?.ratePerS ?? null;
    const perS = measured.find((row) => row.channel === channel)?.perS ?? null;
    const ratePerS = perS === null ? limit : Math.min(perS, limit ?? perS);
    return {
      channel,
      open: sum(minutes),
      dueNow: sum(minutes.filter((minute) => minute.plannedAt <= now)),
      lastDueAt: minutes.at(-1)?.plannedAt ?? null,
      ratePerS,
      rateFrom: perS !== null ? 'measured' : limit !== null ? 'throttle' : 'unknown',
      finishAt: ratePerS === null ? null : finishOf(minutes, ratePerS, now),
    };
  });
}

function sum(minutes: readonly OpenMinute[]): number {
  return minutes.reduce((total, minute) => total + minute.messages, 0);
}
