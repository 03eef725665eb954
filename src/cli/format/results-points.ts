import type { ResultPoint } from '../../app/results-over-time.ts';
import { tableOr } from './table.ts';
import { time } from './time.ts';

/** The effect on the goal by day, as percentage points with their always-valid interval. */
export function pointsText(points: readonly ResultPoint[]): string {
  return tableOr(
    'no read is kept of these 90 days; make one with `recallwave results CAMPAIGN`',
    ['as of', 'read', 'entries', 'action', 'arm', 'lift', 'always valid', 'verdict'],
    points.flatMap(({ asOf, readNo, entries, decision, lines }) =>
      lines.map(({ action, arm, effect, alwaysValid }) => [
        time(asOf),
        String(readNo),
        entries,
        action,
        arm,
        effect === null ? null : points100(effect.value),
        alwaysValid === null ? null : `${points100(alwaysValid.low)} to ${points100(alwaysValid.high)}`,
        decision,
      ]),
    ),
  );
}

function points100(value: number): string {
  return `${(100 * value).toFixed(2)} pp`;
}
