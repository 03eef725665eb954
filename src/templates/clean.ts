import type { RenderFacts } from './facts.ts';

// C0 and C1 controls, line and paragraph separators, and the bidi overrides that reverse what a reader sees.
const CONTROL = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069';
const ANY_CONTROL = new RegExp(`[${CONTROL}]`);
const ALL_CONTROLS = new RegExp(`[${CONTROL}]+`, 'g');
const CARRIAGE_RETURN = /\r\n?/g;
const CONTROLS_BUT_LINES = new RegExp(`(?![\\n\\t])[${CONTROL}]`, 'g');
const CONTROLS_BUT_LINES_ONCE = new RegExp(`(?![\\n\\t])[${CONTROL}]`);

/** One line without control characters: subjects, titles, URLs. Runs of them become one space. */
export function plainLine(text: string): string {
  return ANY_CONTROL.test(text) ? text.replace(ALL_CONTROLS, ' ').trim() : text;
}

/** Text without control characters but line feeds and tabs. */
export function plainText(text: string): string {
  return CONTROLS_BUT_LINES_ONCE.test(text)
    ? text.replace(CARRIAGE_RETURN, '\n').replace(CONTROLS_BUT_LINES, '')
    : text;
}

/**
 * Facts as templates may see them: a user's values hold no control characters (so nobody's name adds a line), and what is
 * null counts as missing, so that a strict template refuses to print nothing. Returns `facts` itself when it is clean.
 */
export function cleanFacts(facts: RenderFacts): RenderFacts {
  if (facts.coupon !== null && Object.values(facts.user).every(isClean)) return facts;
  const user: RenderFacts['user'] = {};
  for (const [name, value] of Object.entries(facts.user)) {
    if (value !== null) user[name] = typeof value === 'string' ? plainLine(value) : value;
  }
  const { coupon, ...rest } = facts;
  return { ...rest, user, ...(coupon === null ? {} : { coupon }) } as RenderFacts;
}

function isClean(value: string | number | boolean | null): boolean {
  return value !== null && (typeof value !== 'string' || !ANY_CONTROL.test(value));
}
