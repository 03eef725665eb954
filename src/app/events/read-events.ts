import { events as eventsKind } from '../imports/kinds/events.ts';
import { jsonRows } from '../imports/reading/json-rows.ts';
import type { Reject } from '../imports/reading/source-row.ts';

/** A checked event in the columns of the events table, with its place. */
export interface ReadEvent {
  line: number;
  values: (string | null)[];
}

/** What is wrong with one line: the field, and why with the fix. */
export interface LineFault {
  line: number;
  field: string;
  reason: string;
}

/** Lines of a batch, good and bad; null: it has more than `most`. */
export type ReadBatch = { events: ReadEvent[]; faults: LineFault[] } | null;

/** Reads JSON lines of events by the checks of `recallwave import events`. */
export function readEventLines(text: string, most: number): ReadBatch {
  const check = eventsKind.createCheck(NO_CONTEXT).check;
  const events: ReadEvent[] = [];
  const faults: LineFault[] = [];
  const fault = ({ line, column, reason }: Pick<Reject, 'line' | 'column' | 'reason'>): void => {
    faults.push({ line, field: column, reason });
    stopAt(most, events.length + faults.length);
  };
  const reader = jsonRows(eventsKind.columns, {
    row(row) {
      const values = check(row);
      if (!Array.isArray(values)) return fault({ line: row.line, ...values });
      events.push({ line: row.line, values });
      stopAt(most, events.length + faults.length);
    },
    reject: fault,
    remark: () => undefined,
  });
  try {
    reader.push({ text, line: 1, overlong: false });
  } catch (error) {
    if (error instanceof TooMany) return null;
    throw error;
  }
  return { events, faults };
}

/** The checks of events look at nothing but the row. */
const NO_CONTEXT = { now: new Date(0), options: {}, defaultCountry: undefined, catalogue: [] };

class TooMany extends Error {}

function stopAt(most: number, lines: number): void {
  if (lines > most) throw new TooMany();
}
