import { InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';

/** Reads a whole number of at least 1 from an option. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('write a whole number of at least 1');
  return value;
}

/** Reads a date of the calendar: YYYY-MM-DD. */
export function localDate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text;
  throw new InvalidArgumentError('write a date of the calendar as YYYY-MM-DD');
}

/** Reads a point in time: ISO 8601 with offset. */
export function moment(text: string): Date {
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const value = new Date(text);
  if (!isComplete || Number.isNaN(value.getTime())) {
    throw new InvalidArgumentError('write a time as ISO 8601 with offset, such as 2026-05-20T09:30:00+08:00');
  }
  return value;
}
