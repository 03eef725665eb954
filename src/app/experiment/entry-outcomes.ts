import type { RecordedOutcome } from '../imports/kinds/recorded.ts';
import { refuse } from '../imports/kinds/kind.ts';
import type { OutcomePlan } from './outcome-columns.ts';

/** An outcome of an entry as it is stored; `valueMinor` null: a count. */
export interface EntryOutcome {
  type: string;
  count: number;
  valueMinor: number | null;
}

/** The outcome window of an entry, in milliseconds since 1970: after `opened`, up to and with `ends`. */
interface Window {
  opened: number;
  ends: number;
}

interface Gathered {
  count: number | null;
  value: number | null;
  late: boolean;
}

const MOST = 2_147_483_647;

/**
 * The outcomes of one row inside a check, and how many came after the window and don't count. Refuses the row where one is said to
 * have happened before the assignment.
 */
export function entryOutcomes(
  outcomes: readonly RecordedOutcome[],
  input: { plan: OutcomePlan; goal: string; window: Window },
): { outcomes: EntryOutcome[]; late: number } {
  const { plan, goal, window } = input;
  const byType = new Map<string, Gathered>();
  const at = (type: string): Gathered => {
    const found = byType.get(type) ?? { count: null, value: null, late: false };
    byType.set(type, found);
    return found;
  };
  for (const outcome of outcomes) {
    const column = plan.byColumn.get(outcome.column);
    if (column === undefined) continue;
    gather(at(column.type), outcome, window);
    if (column.goalValue && column.type !== goal && outcome.kind === 'money') gather(at(goal), outcome, window);
  }
  const amountType = [...plan.byColumn.values()].find((column) => column.goalValue)?.type;
  if (byType.get(goal)?.late && amountType !== undefined) at(amountType).late = true;
  const found = [...byType].filter(([, { late }]) => !late);
  return {
    outcomes: found
      .map(([type, gathered]) => toOutcome(type, gathered, type === goal ? plan : null))
      .filter(({ count, valueMinor }) => count > 0 || (valueMinor ?? 0) !== 0),
    late: byType.size - found.length,
  };
}

function gather(into: Gathered, outcome: RecordedOutcome, window: Window): void {
  const { column, text } = outcome;
  if (outcome.kind === 'money') {
    into.value = (into.value ?? 0) + outcome.value;
  } else if (outcome.kind === 'time') {
    const { ms } = outcome.value;
    if (ms < window.opened) refuse(column, text, 'before assigned_at: what happened before is no outcome of it');
    if (ms > window.ends) into.late = true;
    into.count ??= 1;
  } else {
    into.count = Math.max(into.count ?? 0, wholeCount(outcome.value, { column, text }));
  }
}

function wholeCount(value: number | boolean, { column, text }: { column: string; text: string }): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= MOST) return count;
  const fix = 'an amount of money belongs in a column named revenue, spend or …_amount';
  return refuse(column, text, `an outcome is true, false or a whole number from 0: ${fix}`);
}

/** An amount alone is something that happened; of the goal only where nothing else says it, and only above 0. */
function toOutcome(type: string, { count, value }: Gathered, goalPlan: OutcomePlan | null): EntryOutcome {
  const happened = goalPlan === null ? value !== 0 : goalPlan.goalFromAmount && (value ?? 0) > 0;
  return { type, count: count ?? Number(happened), valueMinor: value };
}
