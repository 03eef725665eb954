import { DateTime } from 'luxon';

const UNITS = ['day', 'week', 'month'] as const;
export type CalendarUnit = (typeof UNITS)[number];

/** [from, to) of the calendar units that hold a moment. Weeks begin on Monday. */
export type CalendarBounds = Record<CalendarUnit, { from: Date; to: Date }>;

const HOUR_MS = 3_600_000;

/** A batch asks for few zones at one moment, once per contact and rule: zone arithmetic would take most of its time. */
const KEPT = 512;
const kept = new Map<string, CalendarBounds>();

/**
 * Bounds of day, week and month around `at` in a zone. Without a zone the bounds are widened to what they could be
 * anywhere (UTC+14 to UTC−12), so that an unknown zone makes caps stricter, never looser.
 */
export function calendarBounds(at: Date, zone: string | null): CalendarBounds {
  const key = `${at.getTime()} ${zone}`;
  let bounds = kept.get(key);
  if (bounds === undefined) {
    if (kept.size >= KEPT) kept.clear();
    bounds = boundsOf(at, zone);
    kept.set(key, bounds);
  }
  return bounds;
}

function boundsOf(at: Date, zone: string | null): CalendarBounds {
  const local = DateTime.fromJSDate(at, { zone: zone ?? 'utc' });
  const bounds = (unit: CalendarUnit): { from: Date; to: Date } => {
    const from = local.startOf(unit).toMillis();
    const to = local
      .startOf(unit)
      .plus({ [unit]: 1 })
      .toMillis();
    return zone === null
      ? { from: new Date(from - 14 * HOUR_MS), to: new Date(to + 12 * HOUR_MS) }
      : { from: new Date(from), to: new Date(to) };
  };
  return { day: bounds('day'), week: bounds('week'), month: bounds('month') };
}
