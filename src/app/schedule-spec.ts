import { MONTHS, type CalendarSpec, type DayOfWeek, type ScheduleSpec } from '@temporalio/client';
import { DateTime } from 'luxon';
import type { Campaign } from '../domain/campaign.schema.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { runsOn } from '../policy/campaign-dates.ts';

const DAYS: Record<NonNullable<Campaign['schedule']['days']>[number], DayOfWeek> = {
  mon: 'MONDAY',
  tue: 'TUESDAY',
  wed: 'WEDNESDAY',
  thu: 'THURSDAY',
  fri: 'FRIDAY',
  sat: 'SATURDAY',
  sun: 'SUNDAY',
};

const GAPS_AHEAD_YEARS = 3;

/**
 * When Temporal starts a campaign: at its local time on its days, from `from` through `until`. A time that the clocks skip on
 * some date (02:30 in spring) fires an hour later there; one that comes twice fires twice, and the second finds the wave.
 */
export function scheduleSpec(
  { schedule, timezone }: Pick<Campaign, 'schedule' | 'timezone'>,
  today: Date,
): ScheduleSpec {
  const [hour, minute] = timeOfDay(schedule.at);
  const days = schedule.days?.map((day) => DAYS[day]);
  const daily: CalendarSpec = {
    hour,
    minute,
    ...(days === undefined ? {} : { dayOfWeek: days }),
    comment: 'daily wave',
  };
  const from = schedule.from === undefined ? undefined : DateTime.fromISO(schedule.from, { zone: timezone });
  const until = schedule.until === undefined ? undefined : DateTime.fromISO(schedule.until, { zone: timezone });
  return {
    calendars: [daily, ...firingsInGaps({ schedule, timezone }, today)],
    timezone,
    ...(from === undefined ? {} : { startAt: from.startOf('day').toJSDate() }),
    ...(until === undefined ? {} : { endAt: until.endOf('day').toJSDate() }),
  };
}

function timeOfDay(at: string): [number, number] {
  if (at === '24:00') {
    throw new RecallwaveError('CampaignInvalid', 'schedule.at: 24:00 belongs to no date', 'write "00:00" or "23:59"');
  }
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return [hour, minute];
}

/** Temporal never fires at a time that a zone leaves out: those dates of the coming years are named one by one. */
function firingsInGaps({ schedule, timezone }: Pick<Campaign, 'schedule' | 'timezone'>, today: Date): CalendarSpec[] {
  const [hour, minute] = timeOfDay(schedule.at);
  return daysOfClockChange(timezone, today).flatMap((day) => {
    const date = { year: day.year, month: day.month, day: day.day };
    const fires = DateTime.fromObject({ ...date, hour, minute }, { zone: timezone });
    if (fires.hour === hour || !runsOn(schedule, day.toISODate() ?? '')) return [];
    return {
      year: fires.year,
      month: MONTHS[fires.month - 1] ?? 'JANUARY',
      dayOfMonth: fires.day,
      hour: fires.hour,
      minute: fires.minute,
      comment: 'the clocks skip the usual time',
    };
  });
}

/** The days of the weeks in which the zone's offset changes: asking the zone for each day would take half a second. */
function daysOfClockChange(timezone: string, today: Date): DateTime[] {
  const first = DateTime.fromJSDate(today, { zone: timezone }).startOf('year');
  const weeks = Array.from({ length: GAPS_AHEAD_YEARS * 53 }, (_, week) => first.plus({ weeks: week }));
  return weeks.flatMap((monday) => {
    const changes = monday.offset !== monday.plus({ weeks: 1 }).offset;
    return changes ? Array.from({ length: 7 }, (_, day) => monday.plus({ days: day })) : [];
  });
}
