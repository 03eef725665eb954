import { IANAZone } from 'luxon';
import { nearest } from '../../../domain/nearest.ts';
import { remembered, type Checked } from './field.ts';

/** Creates a check of IANA names (`Asia/Shanghai`); a wrong one gets the nearest name as a suggestion. */
export function createZoneCheck(): (text: string) => Checked<string> {
  return remembered((text) => {
    const value = text.trim();
    // "+08:00" and "CST" are no zones: one has no daylight saving, the other several meanings.
    if (/^(?:[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+|UTC|GMT)$/.test(value) && IANAZone.isValidZone(value)) {
      return { value: spelled(value) };
    }
    const meant = suggestion(value);
    return {
      reason: `no IANA time zone: ${meant ? `${meant} was probably meant` : 'write one such as Asia/Shanghai'}`,
    };
  });
}

/** PostgreSQL and luxon take any case; the catalogue's spelling is stored. */
function spelled(value: string): string {
  const lower = value.toLowerCase();
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === lower) ?? value;
}

const CITIES: Record<string, string> = { beijing: 'Asia/Shanghai', 'asia/beijing': 'Asia/Shanghai' };

function suggestion(value: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const whole = CITIES[value.toLowerCase()] ?? nearest(value, zones);
  if (whole) return whole;
  const city = nearest(
    value.split('/').at(-1) ?? '',
    zones.map((zone) => zone.split('/').at(-1) ?? ''),
  );
  return city === undefined ? undefined : zones.find((zone) => zone.endsWith(`/${city}`));
}
