import { DateTime } from 'luxon';
import type { Campaign } from '../../../domain/campaign.schema.ts';
import { durationMs } from '../../../policy/duration.ts';
import { runsOn } from '../../../policy/campaign-dates.ts';
import type { Finding } from '../file/finding.ts';

const DAY_MS = 86_400_000;

/** Schedules that never run or run at a time that the clocks skip, and durations that hold nothing. */
export function timeFindings(campaign: Campaign): Finding[] {
  const { schedule } = campaign;
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], path: Finding['path'], words: { what: string; fix: string }): void =>
    void findings.push({ rule: 'schedule', severity, path, ...words });
  if (schedule.at === '24:00') {
    add('error', ['schedule', 'at'], { what: '24:00 belongs to no date', fix: 'write "00:00" or "23:59"' });
  }
  if (schedule.from !== undefined && schedule.until !== undefined && schedule.from > schedule.until) {
    add('error', ['schedule', 'until'], {
      what: `until ${schedule.until} is before from ${schedule.from}`,
      fix: 'swap them',
    });
  } else if (datesOf(schedule) === 0) {
    add('error', ['schedule', 'days'], {
      what: 'no date from schedule.from to schedule.until is one of its days',
      fix: 'widen the dates, or add days',
    });
  }
  if (durationMs(schedule.catchUp) > DAY_MS) {
    add('warning', ['schedule', 'catchUp'], {
      what: 'a wave is never sent on another date, however long the catch-up',
      fix: 'use 24h or less',
    });
  }
  if (durationMs(campaign.expiresAfter) === 0) {
    add('error', ['expiresAfter'], { what: 'every message would be stale at once', fix: 'use 1h or more' });
  }
  return findings;
}

function datesOf(schedule: Campaign['schedule']): number {
  const from = DateTime.fromISO(schedule.from ?? '2026-01-01', { zone: 'utc' });
  const until =
    schedule.until === undefined ? from.plus({ days: 6 }) : DateTime.fromISO(schedule.until, { zone: 'utc' });
  // A week holds every weekday: no need to look further.
  const days = Math.min(6, Math.floor(until.diff(from, 'days').days));
  return Array.from({ length: days + 1 }, (_, index) => from.plus({ days: index }).toFormat('yyyy-MM-dd')).filter(
    (date) => runsOn({ ...schedule, from: undefined, until: undefined }, date),
  ).length;
}

/** Dates of the coming year on which the clocks skip the schedule's time: the wave starts at another one there. */
export function gapFindings(campaign: Campaign, now: Date): Finding[] {
  const [hour = 0, minute = 0] = campaign.schedule.at.split(':').map(Number);
  const today = DateTime.fromJSDate(now, { zone: campaign.timezone });
  if (!today.isValid || campaign.schedule.at === '24:00') return [];
  for (let ahead = 0; ahead < 366; ahead++) {
    const day = today.plus({ days: ahead });
    const wave = DateTime.fromObject(
      { year: day.year, month: day.month, day: day.day, hour, minute },
      { zone: campaign.timezone },
    );
    if (wave.hour === hour && wave.minute === minute) continue;
    const date = day.toFormat('yyyy-MM-dd');
    return [
      {
        rule: 'dst_gap',
        severity: 'warning',
        path: ['schedule', 'at'],
        what: `${campaign.timezone} has no ${campaign.schedule.at} on ${date}: the wave of that date starts at ${wave.toFormat('HH:mm')}`,
        fix: 'choose an hour outside the change of the clocks',
      },
    ];
  }
  return [];
}
