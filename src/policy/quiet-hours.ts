import { DateTime } from 'luxon';
import type { AllowedWindow } from '../domain/campaign.schema.ts';

/** Minutes of the local day in which sending is allowed: sorted, apart from each other, [from, to). */
export type AllowedMinutes = readonly { from: number; to: number }[];

const DAY = 1440;
export const ALWAYS: AllowedMinutes = [{ from: 0, to: DAY }];

function minutes(clock: string): number {
  const [hours = 0, mins = 0] = clock.split(':').map(Number);
  return hours * 60 + mins;
}

function segments(window: AllowedWindow): { from: number; to: number }[] {
  const from = minutes(window.from);
  const to = minutes(window.to);
  const parts =
    from < to
      ? [{ from, to }]
      : from === to
        ? []
        : [
            { from: 0, to },
            { from, to: DAY },
          ];
  return parts.filter((part) => part.from < part.to);
}

/** What all windows allow together; a window whose `to` is before its `from` runs over midnight, equal ends allow nothing. */
export function allowedMinutes(windows: readonly (AllowedWindow | undefined)[]): AllowedMinutes {
  return windows
    .filter((window) => window !== undefined)
    .reduce<AllowedMinutes>(
      (allowed, window) =>
        allowed.flatMap((a) =>
          segments(window)
            .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
            .filter((part) => part.from < part.to),
        ),
      ALWAYS,
    )
    .toSorted((a, b) => a.from - b.from);
}

/** True when every minute of the day is allowed: the one case in which a user's zone does not matter. */
export function isAlways(allowed: AllowedMinutes): boolean {
  return allowed.length === 1 && allowed[0]?.from === 0 && allowed[0].to === DAY;
}

function minuteOfDay(local: DateTime): number {
  return local.hour * 60 + local.minute;
}

/** True when `at` lies in the allowed minutes of the zone's wall clock. */
export function isAllowed(at: Date, zone: string, allowed: AllowedMinutes): boolean {
  const minute = minuteOfDay(DateTime.fromJSDate(at, { zone }));
  return allowed.some((part) => minute >= part.from && minute < part.to);
}

function wallTime(day: DateTime, minute: number): DateTime {
  const base = minute === DAY ? day.plus({ days: 1 }) : day;
  return base.set({ hour: Math.floor((minute % DAY) / 60), minute: minute % 60, second: 0, millisecond: 0 });
}

/** End of the window that holds `at`, over midnight where the next day goes on without a gap; null: no end. */
function windowEnd(local: DateTime, allowed: AllowedMinutes): Date | null {
  if (isAlways(allowed)) return null;
  const minute = minuteOfDay(local);
  const part = allowed.find((candidate) => minute >= candidate.from && minute < candidate.to);
  if (!part) return null;
  const goesOn = part.to === DAY && allowed[0]?.from === 0 ? allowed[0] : undefined;
  const day = local.startOf('day');
  const end = goesOn ? wallTime(day.plus({ days: 1 }), goesOn.to) : wallTime(day, part.to);
  return end.toJSDate();
}

/**
 * The first moment from `at` on in which the zone's wall clock allows sending, and the end of that window
 * (null: it never ends). null when nothing is allowed within three days. Starts that a DST gap swallows are passed over.
 */
export function nextAllowed(
  at: Date,
  zone: string,
  allowed: AllowedMinutes,
): { at: Date; windowEndsAt: Date | null } | null {
  if (isAlways(allowed)) return { at, windowEndsAt: null };
  const local = DateTime.fromJSDate(at, { zone });
  if (isAllowed(at, zone, allowed)) return { at, windowEndsAt: windowEnd(local, allowed) };
  for (let days = 0; days <= 3; days++) {
    const day = local.startOf('day').plus({ days });
    for (const part of allowed) {
      const start = wallTime(day, part.from);
      if (start.toMillis() > at.getTime() && isAllowed(start.toJSDate(), zone, allowed)) {
        return { at: start.toJSDate(), windowEndsAt: windowEnd(start, allowed) };
      }
    }
  }
  return null;
}
