import { pickName } from './names.ts';
import { pickPlace, type Place } from './places.ts';
import { chanceOf, type Chance } from './random.ts';

export type Segment = 'shopper' | 'viewer' | 'gamer' | 'high_value';

/** A customer of the sample company; every file is written from the same people. */
export interface Person {
  userId: string;
  segment: Segment;
  email: string;
  phone: string;
  locale: string;
  timezone: string;
  consentEmail: string;
  consentSms: string;
  consentPush: string;
  attributes: Record<AttributeName, string>;
}

/** The attributes that the shipped campaigns use, in the order of the columns. */
export const ATTRIBUTES = [
  'name',
  'purchases',
  'price_level',
  'favourite_brand',
  'favourite_genre',
  'episodes_left',
  'level',
  'level_fails',
  'content_done',
  'member_since',
  'lifetime_value',
  'last_visit',
  'manager',
] as const;
type AttributeName = (typeof ATTRIBUTES)[number];

const BRANDS = ['Northwind', 'Lumen', '小满', 'Aster & Co', '青禾', 'Kite'];
const GENRES = ['drama', 'comedy', 'thriller', 'documentary', 'anime'];
const MANAGERS = ['陈曦', '刘洋', 'Julia Weber', 'Tom Clark'];
const DAY_MS = 86_400_000;

/** The person of a number: the same for the same seed and clock. */
export function personOf(world: { seed: string; now: Date }, number: number): Person {
  const chance = chanceOf(`${world.seed}/person/${number}`);
  const place = pickPlace(chance);
  const { name, mailbox } = pickName(chance, place.locale);
  const segment = pickSegment(chance.next());
  const hasEmail = !chance.is(0.04);
  const hasPhone = !hasEmail || chance.is(0.62);
  const email = hasEmail ? `${mailbox}.${number}@${chance.pick(['example.com', 'example.net', 'example.org'])}` : '';
  return {
    userId: `u${String(number).padStart(6, '0')}`,
    segment,
    email,
    phone: hasPhone ? place.phone(chance) : '',
    locale: chance.is(0.02) ? '' : place.locale,
    timezone: chance.is(0.025) ? '' : place.timezone,
    ...consents(chance, { hasEmail, hasPhone, place }),
    attributes: { ...NOTHING, name, ...history(chance, world.now), ...interests(chance, segment) },
  };
}

const NOTHING = Object.fromEntries(ATTRIBUTES.map((name) => [name, ''])) as Record<AttributeName, string>;

function pickSegment(draw: number): Segment {
  if (draw < 0.45) return 'shopper';
  if (draw < 0.7) return 'viewer';
  return draw < 0.92 ? 'gamer' : 'high_value';
}

function consents(chance: Chance, reach: { hasEmail: boolean; hasPhone: boolean; place: Place }) {
  const answer = (yes: number, asked: boolean): string => {
    if (!asked || chance.is(0.03)) return '';
    return chance.is(yes) ? 'true' : 'false';
  };
  return {
    consentEmail: answer(0.88, reach.hasEmail),
    consentSms: answer(reach.place.locale === 'zh-CN' ? 0.7 : 0.5, reach.hasPhone),
    consentPush: answer(0.4, true),
  };
}

function history(chance: Chance, now: Date): Partial<Record<AttributeName, string>> {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const purchases = chance.is(0.3) ? 0 : chance.between(1, chance.is(0.6) ? 2 : 14);
  return {
    purchases: String(purchases),
    price_level: chance.pick(['low', 'mid', 'high']),
    favourite_brand: purchases > 0 ? chance.pick(BRANDS) : '',
    member_since: daysAgo(chance.between(60, 1500)),
    last_visit: daysAgo(chance.between(8, 55)),
    lifetime_value: String(purchases * chance.between(40, 260)),
  };
}

function interests(chance: Chance, segment: Segment): Partial<Record<AttributeName, string>> {
  switch (segment) {
    case 'shopper':
      return {};
    case 'viewer':
      return {
        favourite_genre: chance.pick(GENRES),
        episodes_left: String(chance.is(0.4) ? 0 : chance.between(1, 24)),
      };
    case 'gamer':
      return {
        level: String(chance.between(1, 80)),
        level_fails: String(chance.between(0, 25)),
        content_done: String(chance.is(0.3)),
      };
    case 'high_value':
      return {
        purchases: String(chance.between(8, 60)),
        favourite_brand: chance.pick(BRANDS),
        lifetime_value: String(chance.between(5000, 60_000)),
        manager: chance.pick(MANAGERS),
      };
  }
}
