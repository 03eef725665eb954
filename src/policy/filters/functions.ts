import { asDate } from './comparisons.ts';
import { bound, FilterError, keyword, piece, typeName, type SqlPiece, type Term, type TermType } from './term.ts';
import { lowerAscii, toLowerAscii } from './variables.ts';

/** A call in a filter: `name(args)`, or `receiver.name(args)` with the receiver first. */
export interface Call {
  name: string;
  method: boolean;
  args: Term[];
  offset: number;
}

type Build = (call: Call) => Term;

const DAY_MS = 86_400_000;

function argument(call: Call, index: number, type: TermType): Term {
  const term = call.args[index];
  if (term?.type === type) return term;
  throw new FilterError({
    what: `${call.name} needs ${typeName(type)}${term ? `, not ${typeName(term.type)}` : ''}`,
    fix: `give it ${typeName(type)}`,
    offset: call.offset,
  });
}

/** A test of two texts; false where one is missing. */
function textTest(
  sql: (text: SqlPiece, part: SqlPiece) => SqlPiece,
  test: (text: string, part: string) => boolean,
): Build {
  return (call) => {
    const [text, part] = [argument(call, 0, 'string'), argument(call, 1, 'string')];
    return {
      type: 'boolean',
      decided: true,
      sql: (at) => piece`coalesce(${sql(text.sql(at), part.sql(at))}, false)`,
      value: (user, at) => {
        const [a, b] = [text.value(user, at), part.value(user, at)];
        return typeof a === 'string' && typeof b === 'string' && test(a, b);
      },
    };
  };
}

const size: Build = (call) => {
  const text = argument(call, 0, 'string');
  return {
    type: 'number',
    exponents: { from: 0, to: 10 },
    sql: (at) => piece`char_length(${text.sql(at)})::float8`,
    value: (user, at) => {
      const value = text.value(user, at);
      return typeof value === 'string' ? [...value].length : null;
    },
  };
};

const lower: Build = (call) => {
  const text = argument(call, 0, 'string');
  return {
    type: 'string',
    sql: (at) => lowerAscii(text.sql(at)),
    value: (user, at) => {
      const value = text.value(user, at);
      return typeof value === 'string' ? toLowerAscii(value) : null;
    },
  };
};

/** Whole days from the date to the decision; negative for a date to come. */
const daysSince: Build = (call) => {
  const date = argument(call, 0, 'date');
  return {
    type: 'number',
    exponents: { from: 0, to: 7 },
    sql: (at) => piece`floor(extract(epoch from (${bound('date', at.getTime())} - ${date.sql(at)})) / 86400)::float8`,
    value: (user, at) => {
      const value = date.value(user, at);
      return value === null ? null : Math.floor((at.getTime() - Number(value)) / DAY_MS);
    },
  };
};

const toDate: Build = (call) => {
  const text = argument(call, 0, 'string');
  if (text.literal !== undefined) return asDate(text, call.offset);
  throw new FilterError({
    what: `${call.name} needs a fixed text`,
    fix: 'write a date, such as timestamp("2026-01-31"), or import the attribute as dates',
    offset: call.offset,
  });
};

const has: Build = (call) => {
  const term = call.args[0];
  return {
    type: 'boolean',
    decided: true,
    sql: (at) => piece`(${term ? term.sql(at) : keyword('null')} is not null)`,
    value: (user, at) => (term?.value(user, at) ?? null) !== null,
  };
};

const METHODS: Record<string, { args: number; build: Build }> = {
  startsWith: {
    args: 1,
    build: textTest(
      (text, part) => piece`starts_with(${text}, ${part})`,
      (text, part) => text.startsWith(part),
    ),
  },
  endsWith: {
    args: 1,
    build: textTest(
      (text, part) => piece`right(${text}, char_length(${part})) = ${part}`,
      (text, part) => text.endsWith(part),
    ),
  },
  contains: {
    args: 1,
    build: textTest(
      (text, part) => piece`strpos(${text}, ${part}) > 0`,
      (text, part) => text.includes(part),
    ),
  },
  size: { args: 0, build: size },
  lowerAscii: { args: 0, build: lower },
};

const FUNCTIONS: Record<string, { args: number; build: Build }> = {
  daysSince: { args: 1, build: daysSince },
  timestamp: { args: 1, build: toDate },
  date: { args: 1, build: toDate },
  has: { args: 1, build: has },
  size: { args: 1, build: size },
};

/** Names that a filter can call, for suggestions. */
export const CALLABLE = [...Object.keys(METHODS), ...Object.keys(FUNCTIONS)];

/** The function or method as a term. Throws FilterError for a wrong argument; null where there is none of that name. */
export function callTerm(call: Call): Term | null {
  const known = call.method ? METHODS : FUNCTIONS;
  const found = Object.hasOwn(known, call.name) ? known[call.name] : undefined;
  if (!found) return null;
  const given = call.args.length - (call.method ? 1 : 0);
  if (given === found.args) return found.build(call);
  throw new FilterError({
    what: `${call.name} takes ${found.args} argument${found.args === 1 ? '' : 's'}, not ${given}`,
    fix: `see the functions of filters in docs/campaigns.md`,
    offset: call.offset,
  });
}
