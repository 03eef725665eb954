import { condition } from './logic.ts';
import { parseFilter } from './parse.ts';
import type { FilterUser, SqlPiece } from './term.ts';
import { translate } from './translate.ts';
import type { AttributeType } from './variables.ts';

export { FilterError, type FilterUser } from './term.ts';
export { parseFilter } from './parse.ts';
export type { AttributeType } from './variables.ts';

/** A filter in both its forms, which agree on every user. */
export interface CompiledFilter {
  /** As written: the form that is saved (rule 15). */
  text: string;
  /** A condition on the alias `u` (a row of users), never null, with `?` placeholders for all values. */
  toSql(decisionAt: Date): SqlPiece;
  matches(user: FilterUser, decisionAt: Date): boolean;
}

/**
 * Compiles a filter in CEL over the attribute catalogue and the built-in variables. A comparison with a missing value is
 * false. Throws FilterError (CampaignInvalid) with the place and the fix.
 */
export function compileFilter(text: string, catalogue: readonly AttributeType[]): CompiledFilter {
  const variables = new Map(catalogue.map((attribute) => [attribute.name, attribute]));
  const term = condition(translate(parseFilter(text), variables), 0);
  return {
    text,
    toSql: (decisionAt) => term.sql(decisionAt),
    matches: (user, decisionAt) => term.value(user, decisionAt) === true,
  };
}
