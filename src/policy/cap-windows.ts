import { DateTime } from 'luxon';

const UNITS = ['day', 'week', 'month'] as const;
export type CalendarUnit = (typeof UNITS)[number];

/** [from, to) of the calendar units that hold a moment. Weeks begin on Monday. */
export type CalendarBounds = Record<CalendarUnit, { from: Date; to: Date }>;

const HOUR_MS = 3_600_000;

/**
 * Bounds of day, week and month around `at` in a zone. Without a zone the bounds are widened to what they could be
 * anywhere (UTC+14 to UTC−12), so that an unknown zone makes caps stricter, never looser.
 */
export function calendarBounds(at: Date, zone: string | null): CalendarBounds {
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
