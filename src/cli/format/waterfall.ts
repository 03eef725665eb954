import { number } from './table.ts';

const WIDTH = 32;

interface Rung {
  rung: string;
  reached: number;
  stopped: { reason: string; users: number }[];
  passed: number;
}

/** A bar of `value` against `whole`; something is drawn for whatever is above zero. */
function bar(value: number, whole: number): string {
  if (whole <= 0 || value <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / whole) * WIDTH)));
}

/**
 * The waterfall of a step: what each rung took away with its reasons, and how many were left. Rungs where nobody stopped
 * share one line.
 */
export function waterfall(rungs: readonly Rung[]): string {
  const whole = rungs[0]?.reached ?? 0;
  const lines: [label: string, users: string, bar: string][] = [['audience', number(whole), bar(whole, whole)]];
  let clear: string[] = [];
  const flush = (): void => {
    if (clear.length > 0) lines.push([`  ${clear.join(', ')}`, '–', '']);
    clear = [];
  };
  for (const rung of rungs) {
    if (rung.stopped.length === 0) {
      clear.push(rung.rung);
      continue;
    }
    flush();
    for (const { reason, users } of rung.stopped) lines.push([`  ${rung.rung}: ${reason}`, `−${number(users)}`, '']);
    lines.push([`  after ${rung.rung}`, number(rung.passed), bar(rung.passed, whole)]);
  }
  flush();
  lines.push(['to be contacted', number(rungs.at(-1)?.passed ?? 0), bar(rungs.at(-1)?.passed ?? 0, whole)]);
  const labelWidth = Math.max(...lines.map(([label]) => label.length));
  const numberWidth = Math.max(...lines.map(([, users]) => users.length));
  return lines
    .map(([label, users, drawn]) => `${label.padEnd(labelWidth)}  ${users.padStart(numberWidth)}  ${drawn}`.trimEnd())
    .join('\n');
}
