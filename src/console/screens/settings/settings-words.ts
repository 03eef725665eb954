import type { Settings } from '../../../domain/settings.schema.ts';
import { CATEGORIES, CHANNELS } from '../../../domain/words.ts';

const KEYS = [
  'company',
  'postalAddress',
  'emailFrom',
  'smsFrom',
  'defaultTimezone',
  'defaultCountry',
  'globalHoldout',
  'caps',
  'allowedHours',
  'throttle',
  'operatorEmail',
] as const satisfies readonly (keyof Settings)[];

/** Keys inside of others. */
const INNER = 'rules id scope max per minGap from to channel category'.split(' ');

/** What the editor offers while the settings are typed. */
export const SETTINGS_WORDS: readonly string[] = [...KEYS, ...INNER, ...CHANNELS, ...CATEGORIES];
