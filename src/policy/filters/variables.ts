import { INSTANT_PATTERN, parseInstant } from './instant.ts';
import { bound, piece, type FilterUser, type SqlPiece, type Term } from './term.ts';

/** One attribute that users have, with the type that the catalogue gives it. */
export interface AttributeType {
  name: string;
  type: 'number' | 'boolean' | 'date' | 'string';
}

/** Larger numbers count as missing and smaller ones as 0, so that arithmetic on them stays within a double. */
const EXPONENTS = { from: -30, to: 30 };

function column(type: 'string' | 'boolean', name: string, read: (user: FilterUser) => string | boolean | null): Term {
  return { type, sql: () => ({ sql: `u.${name}`, bindings: [] }), value: (user) => read(user) };
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** ASCII lower case, which no locale changes. */
export function lowerAscii(text: SqlPiece): SqlPiece {
  const letters = [bound('string', UPPER), bound('string', UPPER.toLowerCase())] as const;
  return piece`translate(${text}, ${letters[0]}, ${letters[1]})`;
}

/** The same on a string of ours. */
export function toLowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const emailDomain: Term = {
  type: 'string',
  sql: () => lowerAscii({ sql: `nullif(split_part(u.email, '@', 2), '')`, bindings: [] }),
  value: (user) => toLowerAscii(user.email?.split('@')[1] ?? '') || null,
};

/** What every user has beside the attributes. */
export const BUILT_IN: Readonly<Record<string, Term>> = {
  user_id: { ...column('string', 'user_id', (user) => user.userId), decided: true },
  locale: column('string', 'locale', (user) => user.locale),
  timezone: column('string', 'timezone', (user) => user.timezone),
  email_domain: emailDomain,
  consent_email: column('boolean', 'consent_email', (user) => user.consentEmail),
  consent_sms: column('boolean', 'consent_sms', (user) => user.consentSms),
  consent_push: column('boolean', 'consent_push', (user) => user.consentPush),
};

function withinRange(value: number): number | null {
  const size = Math.abs(value);
  if (size <= 1e-30) return 0;
  return size < 1e30 ? value : null;
}

function own(user: FilterUser, name: string): unknown {
  return Object.hasOwn(user.attributes, name) ? user.attributes[name] : undefined;
}

/** An attribute by its catalogue type; a stored value of another JSON type counts as missing. */
export function attributeTerm(attribute: AttributeType): Term {
  const name = bound('string', attribute.name);
  const json = piece`u.attributes -> ${name}`;
  const text = piece`u.attributes ->> ${name}`;
  const read = (user: FilterUser): unknown => own(user, attribute.name);
  switch (attribute.type) {
    case 'number':
      return {
        type: 'number',
        exponents: EXPONENTS,
        // Nested, since a CASE is the only order of evaluation that PostgreSQL promises.
        sql: () => piece`(case when jsonb_typeof(${json}) = 'number' then case
          when abs((${json})::numeric) <= 1e-30 then 0::float8
          when abs((${json})::numeric) < 1e30 then (${json})::numeric::float8 end end)`,
        value: (user) => {
          const value = read(user);
          return typeof value === 'number' ? withinRange(value) : null;
        },
      };
    case 'boolean':
      return {
        type: 'boolean',
        sql: () => piece`(case when jsonb_typeof(${json}) = 'boolean' then (${json})::boolean end)`,
        value: (user) => {
          const value = read(user);
          return typeof value === 'boolean' ? value : null;
        },
      };
    case 'string':
      return {
        type: 'string',
        sql: () => piece`(case when jsonb_typeof(${json}) = 'string' then ${text} end)`,
        value: (user) => {
          const value = read(user);
          return typeof value === 'string' ? value : null;
        },
      };
    case 'date': {
      const pattern = bound('string', INSTANT_PATTERN);
      return {
        type: 'date',
        sql: () => piece`(case when ${text} ~ ${pattern} then date_trunc('milliseconds',
          (case when length(${text}) = 10 then (${text}) || 'T00:00Z' else ${text} end)::timestamptz) end)`,
        value: (user) => {
          const value = read(user);
          return typeof value === 'string' ? parseInstant(value) : null;
        },
      };
    }
  }
}
