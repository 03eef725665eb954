import { csvLine } from './csv-line.ts';
import { ATTRIBUTES, personOf, type Person } from './person.ts';
import { chanceOf } from './random.ts';
import type { World } from './world.ts';

const HEADER = [
  'user_id',
  'email',
  'phone',
  'locale',
  'timezone',
  'consent_email',
  'consent_sms',
  'consent_push',
  ...ATTRIBUTES,
];

/** users.csv with about 2 % of rows that an import must reject, as files from real systems have them. */
export function* usersFile(world: World): Generator<string> {
  yield csvLine(HEADER);
  for (let number = 1; number <= world.users; number++) {
    const person = personOf(world, number);
    const fault = faultOf(world, number);
    yield fault ? spoil(person, fault) : csvLine(cellsOf(person));
    // The same customer exported twice.
    if (number % 400 === 7) yield csvLine(cellsOf(person));
  }
}

function cellsOf(person: Person): string[] {
  const { userId, email, phone, locale, timezone, consentEmail, consentSms, consentPush, attributes } = person;
  const own = ATTRIBUTES.map((name) => attributes[name]);
  return [userId, email, phone, locale, timezone, consentEmail, consentSms, consentPush, ...own];
}

const FAULTS = ['email', 'two_emails', 'zone', 'phone', 'consent', 'quote', 'no_channel', 'short'] as const;
type UserFault = (typeof FAULTS)[number];

/** What is wrong with the row of a person, for about 17 of 1,000. */
function faultOf(world: World, number: number): UserFault | undefined {
  const chance = chanceOf(`${world.seed}/fault/${number}`);
  return chance.is(0.017) ? chance.pick(FAULTS) : undefined;
}

function spoil(person: Person, fault: UserFault): string {
  switch (fault) {
    case 'email':
      return csvLine(cellsOf({ ...person, email: 'someone(at)example.com' }));
    case 'two_emails':
      return csvLine(cellsOf({ ...person, email: `${person.userId}@example.com, other@example.com` }));
    case 'zone':
      return csvLine(cellsOf({ ...person, timezone: 'Asia/Beijing' }));
    case 'phone':
      return csvLine(cellsOf({ ...person, phone: '+86 12' }));
    case 'consent':
      return csvLine(cellsOf({ ...person, consentEmail: 'maybe' }));
    case 'no_channel':
      return csvLine(cellsOf({ ...person, email: '', phone: '', consentPush: '' }));
    case 'quote':
      return cellsOf(person).with(8, `"Broken" ${person.attributes.name}`).join(',') + '\n';
    case 'short':
      return cellsOf(person).slice(0, 5).join(',') + '\n';
  }
}
