import type { Chance } from './random.ts';

/** Where customers live: zone, language, share of the company. */
export interface Place {
  timezone: string;
  locale: 'zh-CN' | 'en';
  weight: number;
  /** A number from a range set aside for fiction, or from one that nobody was given. */
  phone(chance: Chance): string;
}

const digits = (chance: Chance, length: number): string => Array.from({ length }, () => chance.between(0, 9)).join('');
const chinese = (chance: Chance): string => `+86100${digits(chance, 8)}`;
const american =
  (areas: readonly string[]) =>
  (chance: Chance): string =>
    `+1${chance.pick(areas)}55501${digits(chance, 2)}`;

const PLACES: readonly Place[] = [
  { timezone: 'Asia/Shanghai', locale: 'zh-CN', weight: 44, phone: chinese },
  { timezone: 'Asia/Urumqi', locale: 'zh-CN', weight: 3, phone: chinese },
  { timezone: 'Asia/Singapore', locale: 'zh-CN', weight: 5, phone: (chance) => `+6580${digits(chance, 6)}` },
  { timezone: 'Asia/Tokyo', locale: 'en', weight: 6, phone: (chance) => `+81900${digits(chance, 7)}` },
  {
    timezone: 'Europe/Berlin',
    locale: 'en',
    weight: 9,
    phone: (chance) => chance.pick(['+493023125', '+494066969', '+496990009']) + digits(chance, 3),
  },
  { timezone: 'Europe/London', locale: 'en', weight: 9, phone: (chance) => `+447700900${digits(chance, 3)}` },
  { timezone: 'America/New_York', locale: 'en', weight: 11, phone: american(['212', '617', '305', '202']) },
  { timezone: 'America/Los_Angeles', locale: 'en', weight: 8, phone: american(['213', '415', '206', '503']) },
  { timezone: 'Australia/Sydney', locale: 'en', weight: 5, phone: (chance) => `+6125550${digits(chance, 4)}` },
];

const TOTAL = PLACES.reduce((sum, place) => sum + place.weight, 0);

/** A place by its weight. */
export function pickPlace(chance: Chance): Place {
  let left = chance.next() * TOTAL;
  return PLACES.find((place) => (left -= place.weight) < 0) ?? PLACES[0]!;
}
