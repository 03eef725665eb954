import { decide, FilterError, keyword, piece, typeName, type Operands, type Term } from './term.ts';

/** The whole filter, an operand of && || !, or the condition of ?: as two-valued truth. */
export function condition(term: Term, offset: number): Term {
  if (term.type === 'boolean') return decide(term);
  throw new FilterError({
    what: `${typeName(term.type)} stands where a condition is needed`,
    fix: 'compare it, for example x > 3 or x == "gold"',
    offset,
  });
}

/** `a && b`, `a || b`. */
export function combine(operator: '&&' | '||', operands: Operands): Term {
  const [left, right] = [condition(operands.left, operands.offset), condition(operands.right, operands.offset)];
  const both = operator === '&&';
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`(${left.sql(at)} ${keyword(both ? 'and' : 'or')} ${right.sql(at)})`,
    value: (user, at) =>
      both
        ? left.value(user, at) === true && right.value(user, at) === true
        : left.value(user, at) === true || right.value(user, at) === true,
  };
}

/** `!a`: true where `a` is false or missing. */
export function not(term: Term, offset: number): Term {
  const inner = condition(term, offset);
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`(not ${inner.sql(at)})`,
    value: (user, at) => inner.value(user, at) !== true,
  };
}

/** `c ? a : b`, where a and b have one type. */
export function choose(test: Term, operands: Operands): Term {
  const { left, right, offset } = operands;
  const decision = condition(test, offset);
  if (left.type !== right.type) {
    throw new FilterError({
      what: `the branches of ?: are ${typeName(left.type)} and ${typeName(right.type)}`,
      fix: 'give both the same type',
      offset,
    });
  }
  const [a, b] = [left.exponents, right.exponents];
  return {
    type: left.type,
    ...(left.decided && right.decided ? { decided: true } : {}),
    ...(a && b ? { exponents: { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } } : {}),
    sql: (at) => piece`(case when ${decision.sql(at)} then ${left.sql(at)} else ${right.sql(at)} end)`,
    value: (user, at) => (decision.value(user, at) === true ? left : right).value(user, at),
  };
}
