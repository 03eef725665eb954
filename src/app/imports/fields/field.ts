import { nearest } from '../../../domain/nearest.ts';

/** A checked cell: its value, or why it is none (with the fix). */
export type Checked<T> = { value: T } | { reason: string };

/** Remembers the answers of a check for columns with few distinct values; forgets all once there are 5,000. */
export function remembered<T>(check: (text: string) => Checked<T>): (text: string) => Checked<T> {
  const answers = new Map<string, Checked<T>>();
  return (text) => {
    const known = answers.get(text);
    if (known) return known;
    const answer = check(text);
    if (answers.size >= 5000) answers.clear();
    // A copy: the cell is a slice that would keep its whole block of the file in memory.
    answers.set(Buffer.from(text).toString(), answer);
    return answer;
  };
}

/** Remembers the last answer of a check, for columns where one value stands in row after row. */
export function sameAsLast<T>(
  check: (text: string | undefined) => Checked<T>,
): (text: string | undefined) => Checked<T> {
  let last: { text: string | undefined; answer: Checked<T> } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, answer: check(text) };
    return last.answer;
  };
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/** An identifier as others wrote it: not empty, at most 200 characters, no control characters; blanks around it go. */
export function checkId(text: string | undefined): Checked<string> {
  const value = text?.trim() ?? '';
  if (value === '') return { reason: 'the cell is empty: fill it in' };
  if (value.length > 200) return { reason: 'longer than 200 characters: shorten it' };
  return CONTROL.test(value) ? { reason: 'contains a control character: take it away' } : { value };
}

/** An identifier or nothing. */
export function checkOptionalId(text: string | undefined): Checked<string | null> {
  return text === undefined || text.trim() === '' ? { value: null } : checkId(text);
}

/** One of a list, lower or upper case; the nearest is named when it is none. */
export function checkOneOf<T extends string>(text: string | undefined, choices: readonly T[]): Checked<T> {
  const value = text?.trim().toLowerCase() ?? '';
  const found = choices.find((choice) => choice === value);
  if (found) return { value: found };
  const meant = nearest(value, choices);
  return { reason: `${meant ? `${meant} was probably meant; ` : ''}write one of ${choices.join(', ')}` };
}

/** Parts of a `|`-separated list, trimmed, without empty ones and repeats. */
export function splitList(text: string | undefined): string[] {
  if (!text) return [];
  if (!text.includes('|')) return text.trim() === '' ? [] : [text.trim()];
  return [...new Set(text.split('|').map((part) => part.trim()))].filter((part) => part !== '');
}
