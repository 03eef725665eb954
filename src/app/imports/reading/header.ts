import { RecallwaveError } from '../../../domain/failures.ts';
import { nearest } from '../../../domain/nearest.ts';
import type { ColumnPlan } from './source-row.ts';

/** Where each column of the kind stands in the file, and the columns beside them. */
export interface Header {
  columns: string[];
  /** Position in the file per column of the kind (required, then optional); -1: not there. */
  positions: number[];
  extraNames: string[];
  extraPositions: number[];
  remarks: string[];
}

/** `,` or `;`: what separates the cells of the header line. */
export function detectDelimiter(header: string): ',' | ';' {
  const plain = header.replaceAll(/"[^"]*"/g, '');
  return plain.split(';').length > plain.split(',').length ? ';' : ',';
}

/** Matches a header with the kind's columns; throws BadInput that names what is missing or unknown, and near misses. */
export function readHeader(cells: string[], plan: ColumnPlan): Header {
  const known = [...plan.required, ...plan.optional];
  const columns = cells.map((cell) => knownName(cell.trim(), known));
  refuseRepeated(columns);
  const extraNames = columns.filter((name) => !known.includes(name));
  const missing = plan.required.filter((name) => !columns.includes(name));
  const unknown = plan.extras ? [] : extraNames;
  if (missing.length || unknown.length) throw wrongHeader({ missing, unknown, columns, known });
  return {
    columns,
    positions: known.map((name) => columns.indexOf(name)),
    extraNames,
    extraPositions: extraNames.map((name) => columns.indexOf(name)),
    remarks: extraNames.flatMap((name) => remarkOn(name, { columns, known, extras: plan.extras })),
  };
}

function knownName(cell: string, known: readonly string[]): string {
  return known.includes(cell.toLowerCase()) ? cell.toLowerCase() : cell;
}

function refuseRepeated(columns: string[]): void {
  const index = columns.findIndex((name) => name === '');
  if (index >= 0) {
    const fix = 'name every column, or take away the empty one';
    throw new RecallwaveError('BadInput', `line 1: column ${index + 1} has no name; nothing was imported`, fix);
  }
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice === undefined) return;
  const what = `line 1: the column "${twice}" is there twice; nothing was imported`;
  throw new RecallwaveError('BadInput', what, 'keep one of them');
}

function wrongHeader(input: {
  missing: string[];
  unknown: string[];
  columns: string[];
  known: string[];
}): RecallwaveError {
  const { missing, unknown, columns, known } = input;
  const parts: string[] = [];
  if (missing.length) parts.push(`missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
  if (unknown.length) parts.push(`unknown column${unknown.length > 1 ? 's' : ''} ${shorten(unknown)}`);
  const others = columns.filter((name) => !known.includes(name));
  const hints = others.flatMap((name) => {
    const meant = nearest(
      name,
      known.filter((candidate) => !columns.includes(candidate)),
    );
    return meant ? [`rename "${name}" to ${meant}`] : [];
  });
  const what = `line 1: wrong header: ${parts.join('; ')}; nothing was imported`;
  return new RecallwaveError('BadInput', what, [...hints, `the columns are ${known.join(', ')}`].join('; '));
}

function shorten(names: string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name.slice(0, 60)));
  return shown.join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

function remarkOn(name: string, input: { columns: string[]; known: string[]; extras: ColumnPlan['extras'] }): string[] {
  const free = input.known.filter((candidate) => !input.columns.includes(candidate));
  const meant = nearest(name, free);
  return meant ? [`column "${name}" is taken as an ${input.extras}; if ${meant} was meant, rename it`] : [];
}
