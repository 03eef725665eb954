import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../domain/nearest.ts';
import { arithmetic, negative } from './arithmetic.ts';
import { compare, compareWithNull, inList } from './comparisons.ts';
import { CALLABLE, callTerm } from './functions.ts';
import { choose, combine, not } from './logic.ts';
import { FilterError, literal, type Term } from './term.ts';
import { attributeTerm, BUILT_IN, type AttributeType } from './variables.ts';

export type Variables = ReadonlyMap<string, AttributeType>;

const SEE = 'see the filters in docs/campaigns.md';

/** A tree of CEL as a term, typed by the variables. Throws FilterError for what is unknown or has no SQL form. */
export function translate(node: ASTNode, variables: Variables): Term {
  const offset = node.start;
  switch (node.op) {
    case 'value':
      return constant(node.args, offset);
    case 'id':
      return variable(node.args, variables, offset);
    case '.':
    case '[]':
      return userField(node, variables);
    case '&&':
    case '||':
      return combine(node.op, operands(node, variables));
    case '!_':
      return not(translate(node.args, variables), offset);
    case '-_':
      return negative(translate(node.args, variables), offset);
    case '==':
    case '!=':
      return equality(node, node.op, variables);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(node.op, operands(node, variables));
    case '+':
    case '-':
    case '*':
    case '/':
      return arithmetic(node.op, operands(node, variables));
    case '?:': {
      const [test, left, right] = node.args;
      return choose(translate(test, variables), operands({ args: [left, right], start: offset }, variables));
    }
    case 'in':
      return membership(node.args, variables, offset);
    case 'call':
    case 'rcall':
      return call(node, variables);
    case '%':
      throw new FilterError({ what: '% can not be used in a filter', fix: 'compare with < and >, or use in', offset });
    default:
      throw new FilterError({ what: `this expression has no form in the database`, fix: SEE, offset });
  }
}

function operands(
  node: { args: readonly [ASTNode, ASTNode]; start: number },
  variables: Variables,
): { left: Term; right: Term; offset: number } {
  const [left, right] = node.args;
  return { left: translate(left, variables), right: translate(right, variables), offset: node.start };
}

function constant(value: unknown, offset: number): Term {
  if (typeof value === 'boolean') return literal('boolean', value);
  if (typeof value === 'bigint') return literal('number', Number(value));
  if (typeof value === 'number') return literal('number', value);
  if (typeof value === 'string') {
    if (!/\p{Surrogate}|\0/u.test(value)) return literal('string', value);
    throw new FilterError({ what: 'this text holds a character that no value can have', fix: 'leave it out', offset });
  }
  if (value === null) {
    throw new FilterError({ what: 'null stands alone', fix: 'write x == null or x != null', offset });
  }
  throw new FilterError({ what: 'bytes and unsigned numbers have no meaning here', fix: 'write 5 or "text"', offset });
}

function variable(name: string, variables: Variables, offset: number): Term {
  const attribute = variables.get(name);
  const builtIn = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (builtIn) return builtIn;
  if (attribute) return attributeTerm(attribute);
  throw unknownVariable(name, variables, offset);
}

function unknownVariable(name: string, variables: Variables, offset: number): FilterError {
  const names = [...variables.keys(), ...Object.keys(BUILT_IN)];
  const meant = nearest(name, names);
  const fix = meant === undefined ? `known are: ${names.slice(0, 30).join(', ')}` : `did you mean ${meant}?`;
  return new FilterError({ what: `unknown variable ${name}`, fix, offset });
}

/** `user["any name"]` and `user.name` reach attributes whose names are no identifiers. */
function userField(node: ASTNode & { op: '.' | '[]' }, variables: Variables): Term {
  const object = node.args[0];
  const key = typeof node.args[1] === 'string' ? node.args[1] : node.args[1].op === 'value' ? node.args[1].args : null;
  if (object.op === 'id' && object.args === 'user' && typeof key === 'string') {
    const attribute = variables.get(key);
    if (attribute) return attributeTerm(attribute);
    return variable(key, variables, object.start);
  }
  throw new FilterError({
    what: 'attributes are plain values without fields',
    fix: 'write the name alone, or user["name"]',
    offset: object.start,
  });
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null;
}

function equality(
  node: { args: [ASTNode, ASTNode]; start: number },
  operator: '==' | '!=',
  variables: Variables,
): Term {
  const [left, right] = node.args;
  if (isNull(right)) return compareWithNull(operator, translate(left, variables));
  if (isNull(left)) return compareWithNull(operator, translate(right, variables));
  return compare(operator, operands(node, variables));
}

function membership([element, list]: [ASTNode, ASTNode], variables: Variables, offset: number): Term {
  if (list.op !== 'list') {
    throw new FilterError({ what: 'in needs a list', fix: 'write x in ["a", "b"], or text.contains("a")', offset });
  }
  const elements = list.args.map((one) => translate(one, variables));
  return inList({ term: translate(element, variables), elements, offset });
}

function call(node: ASTNode & { op: 'call' | 'rcall' }, variables: Variables): Term {
  // The name of a method stands behind its receiver and the dot.
  const offset = node.op === 'rcall' ? node.args[1].end + 1 : node.start;
  const method = node.op === 'rcall';
  const name = node.args[0];
  if (name === 'matches') {
    throw new FilterError({
      what: 'matches is refused: a regular expression can take for ever on one text',
      fix: 'use startsWith, endsWith, contains or in',
      offset,
    });
  }
  const nodes = node.op === 'rcall' ? [node.args[1], ...node.args[2]] : node.args[1];
  if (!CALLABLE.includes(name)) throw unknownFunction(name, offset);
  const term = callTerm({ name, method, args: nodes.map((one) => translate(one, variables)), offset });
  if (term) return term;
  const fix = method ? `write ${name}(x)` : `write text.${name}("part")`;
  throw new FilterError({ what: `${name} is used the wrong way round`, fix, offset });
}

function unknownFunction(name: string, offset: number): FilterError {
  const meant = nearest(name, CALLABLE);
  const fix = meant === undefined ? `known are: ${[...new Set(CALLABLE)].join(', ')}` : `did you mean ${meant}?`;
  return new FilterError({ what: `unknown function ${name}`, fix, offset });
}
