export type Severity = 'error' | 'warning';

/** A key of a campaign file: `['actions', 0, 'arms', 1, 'share']`. */
export type KeyPath = readonly (string | number)[];

/** What a check found, by the key it is about. `rule` is a stable name for scripts. */
export interface Finding {
  rule: string;
  path: KeyPath;
  what: string;
  fix: string;
  severity: Severity;
  /** Another file and its line, where the fault is in a text file. */
  file?: string;
  line?: number;
  /** Characters into the key's text, where the fault is inside it. */
  offset?: number;
}

/** A finding with its place; columns and lines count from 1. */
export interface CampaignProblem {
  rule: string;
  severity: Severity;
  file: string;
  line: number;
  column: number;
  /** The key in words: `actions[0].arms[1].share`; empty for the whole file. */
  key: string;
  what: string;
  fix: string;
}

/** `actions[0].arms[1].share`. */
export function keyText(path: KeyPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** `file:line:column what; fix`, with `warning:` before the mild ones. */
export function problemText(problem: CampaignProblem): string {
  const kind = problem.severity === 'warning' ? 'warning: ' : '';
  const key = problem.key === '' ? '' : `${problem.key}: `;
  return `${problem.file}:${problem.line}:${problem.column} ${kind}${key}${problem.what}; ${problem.fix}`;
}

/** True where at least one problem is an error. */
export function hasErrors(problems: readonly { severity: Severity }[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
