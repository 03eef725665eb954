import type { Checked } from './field.ts';

const ANSWERS = new Map<string, boolean | null>([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['', null],
]);

/** true, false, or null where the cell is empty: unknown. */
export function checkTruth(text: string | undefined): Checked<boolean | null> {
  const value = ANSWERS.get(text ?? '') ?? ANSWERS.get(text?.trim().toLowerCase() ?? '');
  if (value !== undefined) return { value };
  return { reason: 'neither yes nor no: write true, false, 1, 0, yes, no, or nothing for unknown' };
}
