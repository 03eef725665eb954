import { eventsTable } from '../../../db/queries/imports/events.ts';
import { checkId } from '../fields/field.ts';
import { checkTime } from '../fields/iso-time.ts';
import { checkCurrency, checkMoney } from '../fields/number.ts';
import type { SourceRow } from '../reading/source-row.ts';
import { checked, must, refuse, type KindDefinition } from './kind.ts';

/** events.jsonl / .csv: what users did; value in major units with its currency, other columns as properties. */
export const events: KindDefinition = {
  columns: {
    required: ['event_id', 'user_id', 'type', 'occurred_at'],
    optional: ['value', 'currency'],
    extras: 'property',
  },
  table: eventsTable,
  createCheck() {
    const check = checked((row) => {
      const [eventId, userId, type, occurredAt, value, currency] = row.cells;
      const money = readMoney(value, currency);
      return [
        must('event_id', eventId, checkId(eventId)),
        must('user_id', userId, checkId(userId)),
        must('type', type, checkId(type)),
        must('occurred_at', occurredAt, checkTime(occurredAt)).text,
        money.minor,
        money.currency,
        properties(row),
      ];
    });
    return { check };
  },
};

function readMoney(
  value: string | undefined,
  currency: string | undefined,
): { minor: string | null; currency: string | null } {
  const code = currency?.trim() ? must('currency', currency, checkCurrency(currency)) : null;
  if (!value?.trim()) return { minor: null, currency: code };
  if (code === null) return refuse('currency', currency, 'value without currency: write a code such as CNY or USD');
  return { minor: must('value', value, checkMoney(value, code)), currency: code };
}

function properties(row: SourceRow): string {
  const { extraNames, extraValues } = row;
  if (extraNames.length === 0) return '{}';
  const filled = extraNames.flatMap((name, index) => {
    const value = extraValues[index] ?? null;
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  return JSON.stringify(Object.fromEntries(filled));
}
