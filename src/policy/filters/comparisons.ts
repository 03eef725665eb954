import { parseInstant } from './instant.ts';
import {
  boundList,
  FilterError,
  keyword,
  literal,
  piece,
  typeName,
  type Operands,
  type SqlPiece,
  type Term,
  type TermValue,
} from './term.ts';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A text literal beside a date is a date; others stay as they are. */
export function asDate(term: Term, offset: number): Term {
  if (term.type !== 'string' || typeof term.literal !== 'string') return term;
  const instant = parseInstant(term.literal);
  if (instant !== null) return literal('date', instant);
  throw new FilterError({
    what: `"${term.literal}" is not a date`,
    fix: 'write it as "2026-01-31" or "2026-01-31T09:30:00+08:00"',
    offset,
  });
}

function sameType({ left, right, offset }: Operands): [Term, Term] {
  const pair: [Term, Term] = [
    right.type === 'date' ? asDate(left, offset) : left,
    left.type === 'date' ? asDate(right, offset) : right,
  ];
  if (pair[0].type === pair[1].type) return pair;
  throw new FilterError({
    what: `${typeName(left.type)} can't be compared with ${typeName(right.type)}`,
    fix: 'compare values of the same type; texts stand in quotation marks, numbers do not',
    offset,
  });
}

const SQL_OPERATORS: Record<Comparison, SqlPiece> = {
  '==': keyword('='),
  '!=': keyword('<>'),
  '<': keyword('<'),
  '<=': keyword('<='),
  '>': keyword('>'),
  '>=': keyword('>='),
};

function holds(operator: Comparison, a: TermValue, b: TermValue): boolean {
  if (a === null || b === null) return false;
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** A comparison; false where a side is missing. Texts and truths have no order. */
export function compare(operator: Comparison, operands: Operands): Term {
  const [left, right] = sameType(operands);
  const ordered = operator !== '==' && operator !== '!=';
  if (ordered && (left.type === 'string' || left.type === 'boolean')) {
    throw new FilterError({
      what: `${operator} needs numbers or dates, not ${typeName(left.type)}`,
      fix: 'use == or in, or startsWith for texts',
      offset: operands.offset,
    });
  }
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`coalesce(${left.sql(at)} ${SQL_OPERATORS[operator]} ${right.sql(at)}, false)`,
    value: (user, at) => holds(operator, left.value(user, at), right.value(user, at)),
  };
}

/** `x == null` and `x != null`: whether the user has a value. */
export function compareWithNull(operator: '==' | '!=', term: Term): Term {
  const missing = operator === '==';
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => (missing ? piece`(${term.sql(at)} is null)` : piece`(${term.sql(at)} is not null)`),
    value: (user, at) => (term.value(user, at) === null) === missing,
  };
}

/** `x in [literals]`; false where x is missing. */
export function inList(input: { term: Term; elements: Term[]; offset: number }): Term {
  const { term, offset } = input;
  const values = input.elements.map((element) => {
    const [, right] = sameType({ left: term, right: element, offset });
    if (right.literal === undefined) {
      throw new FilterError({ what: 'a list holds fixed values only', fix: 'write == … || == … instead', offset });
    }
    return right.literal;
  });
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`coalesce(${term.sql(at)} = any(${boundList(term.type, values)}), false)`,
    value: (user, at) => values.includes(term.value(user, at) as number | string | boolean),
  };
}
