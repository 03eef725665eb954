import { RecallwaveError } from '../../domain/failures.ts';

/** SQL over the alias `u` (a row of users) with `?` placeholders and their values. */
export interface SqlPiece {
  sql: string;
  bindings: unknown[];
}

export type TermType = 'number' | 'string' | 'boolean' | 'date';

/** A number, text or truth; a date as milliseconds since 1970; null: the user has no such value. */
export type TermValue = number | string | boolean | null;

/** What a filter can see of a user; the columns and attributes of `users`. */
export interface FilterUser {
  userId: string;
  email: string | null;
  locale: string | null;
  timezone: string | null;
  consentEmail: boolean | null;
  consentSms: boolean | null;
  consentPush: boolean | null;
  attributes: Readonly<Record<string, unknown>>;
}

/** A part of a filter in both its forms, which must agree on every user: SQL, and a function of the user. */
export interface Term {
  type: TermType;
  sql(decisionAt: Date): SqlPiece;
  value(user: FilterUser, decisionAt: Date): TermValue;
  /** True where the value is never null. */
  decided?: boolean;
  /** The value as written, where it stands in the filter's text. */
  literal?: number | string | boolean;
  /** Numbers other than 0 lie within 10^from … 10^to: arithmetic that could leave the range of a double is refused. */
  exponents?: { from: number; to: number };
}

/** Two operands and where their operator stands. */
export interface Operands {
  left: Term;
  right: Term;
  offset: number;
}

const NAMES: Record<TermType, string> = {
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  date: 'a date',
};

/** A type in words. */
export function typeName(type: TermType): string {
  return NAMES[type];
}

/** A filter that can't be used: what is wrong, the fix, and where in its text (0-based). */
export class FilterError extends RecallwaveError {
  readonly what: string;
  readonly offset: number;
  constructor(problem: { what: string; fix: string; offset: number }) {
    super('CampaignInvalid', `filter, character ${problem.offset + 1}: ${problem.what}`, problem.fix);
    this.what = problem.what;
    this.offset = problem.offset;
  }
}

/** Tagged template for our own SQL text around pieces; nothing of a filter's text can get in but as a binding. */
export function piece(parts: TemplateStringsArray, ...inner: SqlPiece[]): SqlPiece {
  let text = parts[0] ?? '';
  inner.forEach((one, index) => {
    text += one.sql + (parts[index + 1] ?? '');
  });
  return { sql: text, bindings: inner.flatMap((one) => one.bindings) };
}

/** Fixed SQL text of our own. */
export function keyword(text: string): SqlPiece {
  return { sql: text, bindings: [] };
}

const CASTS: Record<TermType, string> = {
  number: '?::float8',
  string: '?::text',
  boolean: '?::boolean',
  date: '?::timestamptz',
};

/** One bound value; dates in milliseconds. */
export function bound(type: TermType, value: TermValue): SqlPiece {
  return { sql: CASTS[type], bindings: [type === 'date' ? new Date(Number(value)).toISOString() : value] };
}

/** A bound list of values of one type. */
export function boundList(type: TermType, values: TermValue[]): SqlPiece {
  const bindings = type === 'date' ? values.map((value) => new Date(Number(value)).toISOString()) : values;
  return { sql: `${CASTS[type]}[]`, bindings: [bindings] };
}

/** A constant of the filter's text. */
export function literal(type: TermType, value: number | string | boolean): Term {
  const term: Term = { type, literal: value, decided: true, sql: () => bound(type, value), value: () => value };
  if (type !== 'number') return term;
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(value))));
  return { ...term, exponents: { from: exponent, to: exponent + 1 } };
}

/** Two-valued truth: where a value is missing the answer is no. */
export function decide(term: Term): Term {
  if (term.decided) return term;
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`coalesce(${term.sql(at)}, false)`,
    value: (user, at) => term.value(user, at) === true,
  };
}
