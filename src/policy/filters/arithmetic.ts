import {
  bound,
  FilterError,
  keyword,
  literal,
  piece,
  typeName,
  type Operands,
  type SqlPiece,
  type Term,
} from './term.ts';

export type Arithmetic = '+' | '-' | '*' | '/';

const LARGEST_EXPONENT = 290;

function exponentsOf(operator: Arithmetic, operands: Operands): { from: number; to: number } {
  const a = operands.left.exponents ?? { from: 0, to: 0 };
  const b = operands.right.exponents ?? { from: 0, to: 0 };
  const result =
    operator === '*'
      ? { from: a.from + b.from, to: a.to + b.to }
      : operator === '/'
        ? { from: a.from - b.to, to: a.to - b.from }
        : // A difference may be as small as the last binary digit of its terms.
          { from: Math.min(a.from, b.from) - 17, to: Math.max(a.to, b.to) + 1 };
  if (result.from >= -LARGEST_EXPONENT && result.to <= LARGEST_EXPONENT) return result;
  throw new FilterError({
    what: 'this calculation could leave the range of numbers',
    fix: 'calculate less here, and import the result as an attribute',
    offset: operands.offset,
  });
}

function calculate(operator: Arithmetic, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
  }
}

function arithmeticSql(operator: Arithmetic, a: SqlPiece, b: SqlPiece): SqlPiece {
  if (operator === '/') return piece`(${a} / nullif(${b}, ${bound('number', 0)}))`;
  return piece`(${a} ${keyword(operator)} ${b})`;
}

/** Arithmetic on numbers (doubles, so 5 / 2 is 2.5; division by zero is missing), and + on texts. */
export function arithmetic(operator: Arithmetic, operands: Operands): Term {
  const { left, right, offset } = operands;
  if (operator === '+' && left.type === 'string' && right.type === 'string') return concatenate(left, right);
  if (left.type !== 'number' || right.type !== 'number') {
    throw new FilterError({
      what: `${typeName(left.type)} ${operator} ${typeName(right.type)} has no meaning`,
      fix: left.type === 'date' || right.type === 'date' ? 'use daysSince(date)' : 'calculate with numbers',
      offset,
    });
  }
  return {
    type: 'number',
    exponents: exponentsOf(operator, operands),
    sql: (at) => arithmeticSql(operator, left.sql(at), right.sql(at)),
    value: (user, at) => {
      const [a, b] = [left.value(user, at), right.value(user, at)];
      return a === null || b === null ? null : calculate(operator, Number(a), Number(b));
    },
  };
}

function concatenate(left: Term, right: Term): Term {
  return {
    type: 'string',
    sql: (at) => piece`(${left.sql(at)} || ${right.sql(at)})`,
    value: (user, at) => {
      const [a, b] = [left.value(user, at), right.value(user, at)];
      return a === null || b === null ? null : `${a}${b}`;
    },
  };
}

/** `-x`. */
export function negative(term: Term, offset: number): Term {
  if (term.type === 'number' && typeof term.literal === 'number') return literal('number', -term.literal);
  return arithmetic('-', { left: literal('number', 0), right: term, offset });
}
