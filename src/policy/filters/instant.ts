const DAY =
  '(?:[12][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)' +
  '|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)-02-29)';
const TIME =
  '[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,6})?)?(?:[Zz]|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)';

/**
 * Dates of the years 1000–2999 and times with offset, each one of the calendar: PostgreSQL casts what this matches without
 * an error. The same text serves as its regular expression and as ours.
 */
export const INSTANT_PATTERN = `^${DAY}(?:${TIME})?$`;

const INSTANT = new RegExp(INSTANT_PATTERN);

/** Milliseconds since 1970 (finer parts are cut off; a date is its midnight in UTC); null where the text is no such time. */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null;
  if (text.length === 10) return Date.parse(`${text}T00:00:00Z`);
  const parts = /^(.{10})[T ]([0-9:]+)(?:[.]([0-9]+))?([Zz]|[+-].*)$/.exec(text);
  const [, day = '', clock = '', fraction = '', offset = ''] = parts ?? [];
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  return Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${isoOffset(offset)}`);
}

function isoOffset(offset: string): string {
  if (offset.length === 1) return 'Z';
  if (offset.length === 3) return `${offset}:00`;
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}
