import type { Checked } from './field.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const FIX = 'write it as 2026-03-01T09:30:00+08:00';

/** An instant: the ISO 8601 text that PostgreSQL takes, and its milliseconds since 1970. */
export interface Instant {
  text: string;
  ms: number;
}

/** ISO 8601 with offset, at most 200 years away from now; anything else is refused with an example. */
export function checkTime(text: string | undefined): Checked<Instant> {
  const value = text?.trim() ?? '';
  if (value === '') return { reason: `the time is missing: ${FIX}` };
  const match = ISO.exec(value);
  if (!match) return { reason: `not an ISO 8601 time: ${FIX}` };
  if (match[7] === undefined) return { reason: `the offset is missing: ${FIX}` };
  if (/^[+-](?:1[6-9]|[2-9])/.test(match[7])) return { reason: `no such offset: ${FIX}` };
  const ms = Date.parse(parseable(value, match[7]));
  if (Number.isNaN(ms) || !isCalendarDay(match)) return { reason: `no such day or time: ${FIX}` };
  if (match[1]! < '1900' || match[1]! > '2200') return { reason: 'a year far away: check it' };
  return { value: { text: value, ms } };
}

/** The same, or null where the cell is empty. */
export function checkOptionalTime(text: string | undefined): Checked<Instant | null> {
  return text === undefined || text.trim() === '' ? { value: null } : checkTime(text);
}

function parseable(value: string, offset: string): string {
  const time = value[10] === ' ' ? `${value.slice(0, 10)}T${value.slice(11)}` : value;
  if (offset.length === 3) return `${time}:00`;
  return offset.length === 5 ? `${time.slice(0, -2)}:${time.slice(-2)}` : time;
}

/** Date.parse lets 30 February pass as 2 March. */
function isCalendarDay(match: RegExpExecArray): boolean {
  const day = Number(match[3]);
  return day <= 28 || day <= new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
}

/** True for a day of the calendar, written YYYY-MM-DD. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)$/.exec(text);
  return match !== null && Number(match[3]) > 0 && isCalendarDay(match);
}
