import { RecallwaveError } from '../../../domain/failures.ts';
import { CsvRecords } from './csv-records.ts';
import { detectDelimiter, readHeader, type Header } from './header.ts';
import type { LineBlock } from './line-blocks.ts';
import type { ColumnPlan, RowReader, RowSink, SourceRow } from './source-row.ts';

/** Reads CSV blocks into rows; the first line that is not blank is the header. Throws BadInput when it is wrong. */
export function csvRows(plan: ColumnPlan, sink: RowSink): RowReader {
  let records: CsvRecords | undefined;
  return {
    push(block) {
      if (records) return records.push(block);
      const rest = openHeader(block);
      if (!rest) return;
      const delimiter = detectDelimiter(rest.header);
      const header = readHeader(headerCells(rest.header, delimiter), plan);
      header.remarks.forEach((text) => sink.remark(text));
      records = new CsvRecords({ delimiter, columns: header.columns.length, sink: toRows(header, sink) });
      if (rest.block) records.push(rest.block);
    },
    end: () => records?.end(),
  };
}

/** The header line and what follows it in its block; undefined while only blank lines came. */
function openHeader(block: LineBlock): { header: string; block: LineBlock | undefined } | undefined {
  const lines = /^(?:[ \t]*\r?\n)*/.exec(block.text)?.[0] ?? '';
  const body = block.text.slice(lines.length);
  if (body.trim() === '') return undefined;
  const end = body.indexOf('\n');
  const header = (end < 0 ? body : body.slice(0, end)).replace(/\r$/, '');
  const line = block.line + lines.split('\n').length;
  return { header, block: end < 0 ? undefined : { text: body.slice(end + 1), line, overlong: false } };
}

function headerCells(header: string, delimiter: string): string[] {
  let cells: string[] | undefined;
  const sink = { record: (_line: number, found: string[]) => void (cells = found), fault: () => undefined };
  const columns = header.replaceAll(/"[^"]*"/g, '').split(delimiter).length;
  const reader = new CsvRecords({ delimiter, columns, sink });
  reader.push({ text: header, line: 1, overlong: false });
  reader.end();
  if (cells) return cells;
  const fix = 'close every double quote in the header';
  throw new RecallwaveError('BadInput', 'line 1: the header has broken quotes; nothing was imported', fix);
}

function toRows(header: Header, sink: RowSink): ConstructorParameters<typeof CsvRecords>[0]['sink'] {
  const { positions, extraPositions, extraNames } = header;
  const extraValues: string[] = [];
  const row: SourceRow = { line: 0, raw: '', cells: [], extraNames, extraValues, typed: false };
  return {
    record(line, cells, raw) {
      row.line = line;
      row.raw = raw;
      for (let index = 0; index < positions.length; index++) {
        const position = positions[index] ?? -1;
        row.cells[index] = position < 0 ? undefined : cells[position];
      }
      for (let index = 0; index < extraPositions.length; index++) {
        extraValues[index] = cells[extraPositions[index] ?? -1] ?? '';
      }
      if (raw.includes('\0')) sink.reject({ line, row: raw, ...nulFault(header.columns, cells) });
      else sink.row(row);
    },
    fault({ line, cell, value, reason, raw }) {
      const column = header.columns[Math.min(cell, header.columns.length - 1)] ?? '';
      sink.reject({ line, column, value, reason, row: raw });
    },
  };
}

function nulFault(columns: string[], cells: string[]): { column: string; value: string; reason: string } {
  const at = cells.findIndex((cell) => cell.includes('\0'));
  return {
    column: columns[at] ?? '',
    value: cells[at] ?? '',
    reason: 'the cell contains a NUL byte: take it away',
  };
}
