import { nearest } from '../../../domain/nearest.ts';
import { MAX_RECORD, TOO_LONG } from './line-blocks.ts';
import type { ColumnPlan, Json, Reject, RowReader, RowSink, SourceRow } from './source-row.ts';

/** Reads JSON lines into rows: one object a line; a line that is none is rejected with its place. */
export function jsonRows(plan: ColumnPlan, sink: RowSink): RowReader {
  const known = [...plan.required, ...plan.optional];
  const read = (line: number, raw: string): void => {
    const parsed = parseObject(line, raw);
    if ('reason' in parsed) return sink.reject(parsed);
    const row = toRow(parsed.object, known);
    const fault = plan.extras ? undefined : unknownKey(row.extraNames, known);
    if (fault) return sink.reject({ line, row: raw, ...fault });
    sink.row({ ...row, line, raw, typed: true });
  };
  return {
    push(block) {
      if (block.overlong) return sink.reject(tooLong(block.line, block.text));
      block.text.split('\n').forEach((text, index) => {
        const raw = text.trim();
        if (raw.length > MAX_RECORD) sink.reject(tooLong(block.line + index, raw.slice(0, 4096)));
        else if (raw !== '') read(block.line + index, raw);
      });
    },
    end: () => undefined,
  };
}

function parseObject(line: number, raw: string): { object: Record<string, Json> } | Reject {
  const fault = (reason: string): Reject => ({ line, column: '', value: raw.slice(0, 200), reason, row: raw });
  if (hasUnstorable(raw)) return fault('the row contains a NUL or half a surrogate pair: take it away');
  try {
    const value = JSON.parse(raw) as Json;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { object: value };
    return fault('the line is no JSON object: write {"column": value, …}');
  } catch (error) {
    return fault(`the line is no valid JSON: ${(error as Error).message}`);
  }
}

/** What JSON can say and PostgreSQL cannot store: U+0000 and lone surrogates. */
export function hasUnstorable(json: string): boolean {
  if (json.includes('\0')) return true;
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return false;
  try {
    return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(JSON.parse(json)));
  } catch {
    return false;
  }
}

function toRow(object: Record<string, Json>, known: string[]): Pick<SourceRow, 'cells' | 'extraNames' | 'extraValues'> {
  const cells = known.map((name) => (Object.hasOwn(object, name) ? asCell(object[name] ?? null) : undefined));
  const extraNames = Object.keys(object).filter((name) => !known.includes(name));
  return { cells, extraNames, extraValues: extraNames.map((name) => object[name] ?? null) };
}

function asCell(value: Json): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value.join('|')
    : JSON.stringify(value);
}

function unknownKey(
  names: readonly string[],
  known: string[],
): { column: string; value: string; reason: string } | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  const meant = nearest(name, known);
  const fix = meant ? `write ${meant}` : `take it away; the columns are ${known.join(', ')}`;
  return { column: name, value: '', reason: `unknown column "${name}": ${fix}` };
}

function tooLong(line: number, text: string): Reject {
  return { line, column: '', value: text, reason: TOO_LONG, row: text };
}
