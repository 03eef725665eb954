import { DateTime } from 'luxon';
import type { Campaign } from '../domain/campaign.schema.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The date (YYYY-MM-DD) of a moment in the campaign's time zone (rule 1). */
export function localDateOf(at: Date, timezone: string): string {
  return DateTime.fromJSDate(at, { zone: timezone }).toFormat('yyyy-MM-dd');
}

/** True when the campaign's schedule has a run on that local date. */
export function runsOn(schedule: Campaign['schedule'], localDate: string): boolean {
  if (schedule.from !== undefined && localDate < schedule.from) return false;
  if (schedule.until !== undefined && localDate > schedule.until) return false;
  const day = DAYS[DateTime.fromISO(localDate, { zone: 'utc' }).weekday - 1];
  return schedule.days === undefined || (day !== undefined && schedule.days.includes(day));
}

/** Local dates strictly between two dates on which the schedule has a run, at most the last `limit`. */
export function datesMissed(
  schedule: Campaign['schedule'],
  { after, before, limit = 60 }: { after: string; before: string; limit?: number },
): string[] {
  const dates: string[] = [];
  let day = DateTime.fromISO(before, { zone: 'utc' }).minus({ days: 1 });
  while (day.toFormat('yyyy-MM-dd') > after && dates.length < limit) {
    const date = day.toFormat('yyyy-MM-dd');
    if (runsOn(schedule, date)) dates.unshift(date);
    day = day.minus({ days: 1 });
  }
  return dates;
}

/** A week and a day: days of the week repeat, and today's time may be over. */
const DAYS_AHEAD = 8;

/** The next run of a schedule after a moment; null: it is over. */
export function nextRun({ schedule, timezone }: Pick<Campaign, 'schedule' | 'timezone'>, after: Date): Date | null {
  const today = localDateOf(after, timezone);
  const first = schedule.from !== undefined && schedule.from > today ? schedule.from : today;
  const [hour = 0, minute = 0] = schedule.at.split(':').map(Number);
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const run = DateTime.fromISO(first, { zone: timezone }).plus({ days: ahead }).set({ hour, minute });
    if (run.toJSDate() > after && runsOn(schedule, run.toFormat('yyyy-MM-dd'))) return run.toJSDate();
  }
  return null;
}
