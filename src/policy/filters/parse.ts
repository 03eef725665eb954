import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { FilterError } from './term.ts';

// The grammar only: types and meaning are ours, since both forms of a filter must agree (see translate.ts).
const grammar = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 1000, maxDepth: 40, maxListElements: 1000, maxMapEntries: 1, maxCallArguments: 8 },
});

const MAX_LENGTH = 10_000;

const FIXES: [pattern: RegExp, fix: string][] = [
  [/Unexpected character: =/, 'compare with =='],
  [/Unexpected character: '?[&|]/, 'write && for and, || for or'],
  [/Reserved identifier/, 'write the attribute as user["name"]'],
  [/Unterminated string/, 'close the quotation mark'],
  [/EOF/, 'the filter ends too early: complete it'],
  [/Unexpected character/, 'join conditions with && or ||; a name with other characters is written user["name"]'],
];

/** The filter's text as a tree of CEL. Throws FilterError with the place and the fix. */
export function parseFilter(text: string): ASTNode {
  if (text.length > MAX_LENGTH) {
    throw new FilterError({ what: 'the filter is too long', fix: `use at most ${MAX_LENGTH} characters`, offset: 0 });
  }
  try {
    return grammar.parse(text).ast;
  } catch (error) {
    if (!isCelError(error)) throw error;
    const summary = error.summary;
    throw new FilterError({
      what: summary.charAt(0).toLowerCase() + summary.slice(1),
      fix: FIXES.find(([pattern]) => pattern.test(summary))?.[1] ?? 'see the filters in docs/campaigns.md',
      offset: error.range?.start ?? 0,
    });
  }
}

function isCelError(error: unknown): error is Error & { summary: string; range?: { start: number } } {
  return error instanceof Error && 'summary' in error && typeof error.summary === 'string';
}
