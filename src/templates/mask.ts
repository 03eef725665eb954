/** A text whose {{…}} are replaced by tokens that no HTML parser trips over, and the expressions that stood there. */
export interface Masked {
  text: string;
  /** The trimmed inside of each pair of braces, by the number in its token. */
  expressions: string[];
}

// Private-use characters: no text that a person writes holds them.
const OPEN = '\ue000';
const CLOSE = '\ue001';
const MUSTACHE = /\{\{(?:!--[^]*?--|[^]*?)\}\}/g;

/** One token of a masked text; `exec` gives the number of the expression. */
export const MASK = /\ue000(\d+)\ue001/;

/** Hides the expressions of a template. */
export function mask(template: string): Masked {
  const expressions: string[] = [];
  const text = template.replace(MUSTACHE, (mustache) => {
    expressions.push(mustache.slice(2, -2).trim());
    return `${OPEN}${expressions.length - 1}${CLOSE}`;
  });
  return { text, expressions };
}

/** Puts the expressions back. */
export function unmask(text: string, expressions: readonly string[]): string {
  return text.replace(new RegExp(MASK, 'g'), (_, index: string) => `{{${expressions[Number(index)] ?? ''}}}`);
}
