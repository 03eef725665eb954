import { ACCURACY } from './sentences/accuracy.ts';
import { IMPORTS } from './sentences/imports.ts';
import { LINT_DESIGN } from './sentences/lint-design.ts';
import { LINT_TEXTS } from './sentences/lint-texts.ts';
import { LINT } from './sentences/lint.ts';
import { PROBLEMS } from './sentences/problems.ts';
import { READ_NOTES } from './sentences/read-notes.ts';
import { READ } from './sentences/read.ts';
import { REFUSALS_OF_INPUTS } from './sentences/refusals-of-inputs.ts';
import { REFUSALS } from './sentences/refusals.ts';
import { THRESHOLDS } from './sentences/thresholds.ts';
import { WAVES } from './sentences/waves.ts';
import { WHY_MESSAGES } from './sentences/why-messages.ts';
import { WHY } from './sentences/why.ts';
import { tellerOf, type Language, type Teller } from './tell.ts';

/** Every sentence that the server makes, by where it is made. */
export const CATALOGUES = {
  ACCURACY,
  IMPORTS,
  LINT,
  LINT_DESIGN,
  LINT_TEXTS,
  PROBLEMS,
  READ,
  READ_NOTES,
  REFUSALS,
  REFUSALS_OF_INPUTS,
  THRESHOLDS,
  WAVES,
  WHY,
  WHY_MESSAGES,
};

const tellers = new Map<Language, Teller>();

/**
 * A sentence in a language, as the console shows it; names that people gave, and sentences that nobody knows, stay as they are.
 * In English only what names a command is told otherwise.
 */
export function told(sentence: string, language: Language): string {
  let teller = tellers.get(language);
  if (teller === undefined) {
    teller = tellerOf(Object.assign({}, ...Object.values(CATALOGUES)), language);
    tellers.set(language, teller);
  }
  return teller(sentence);
}
