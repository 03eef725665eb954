import { MAX_RECORD, TOO_LONG, type LineBlock } from './line-blocks.ts';

/** What a reader hands over: good records, and lines that are none. */
export interface RecordSink {
  record(line: number, cells: string[], raw: string): void;
  fault(fault: { line: number; cell: number; value: string; reason: string; raw: string }): void;
}

interface OpenRecord {
  line: number;
  lines: string[];
  size: number;
  cells: string[];
  /** Text so far of the quoted cell that goes on in the next line. */
  partial: string;
}

type Scan = 'closed' | 'open' | { stray: string };

/**
 * A CSV reader that loses one line, not the file, where quotes are broken: a record over several lines that turns out
 * faulty is given up at its first line and read again from its second one.
 */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #columns: number;
  readonly #sink: RecordSink;
  #open: OpenRecord | undefined;

  constructor(input: { delimiter: string; columns: number; sink: RecordSink }) {
    this.#delimiter = input.delimiter;
    this.#columns = input.columns;
    this.#sink = input.sink;
  }

  /** Reads a block; a record that goes on in the next block is kept until then. */
  push(block: LineBlock): void {
    if (block.overlong) return this.#overlong(block.line, block.text);
    const { text } = block;
    const quotes = text.includes('"');
    for (let start = 0, line = block.line; start <= text.length; line++) {
      let end = text.indexOf('\n', start);
      if (end < 0) end = text.length;
      const stop = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      const raw = text.slice(start, stop);
      if (raw.length > MAX_RECORD) this.#overlong(line, raw.slice(0, 4096));
      else if (this.#open || (quotes && raw.includes('"'))) this.#quoted(line, raw);
      else if (raw !== '') this.#record(line, raw.split(this.#delimiter), raw);
      start = end + 1;
    }
  }

  /** The end of the source: a record that is still open has a quote without its partner. */
  end(): void {
    while (this.#open) this.#giveUp(unclosed(this.#open), this.#open);
  }

  #quoted(line: number, raw: string): void {
    const record = this.#open ?? { line, lines: [], size: 0, cells: [], partial: '' };
    const goesOn = this.#open !== undefined;
    record.lines.push(raw);
    record.size += raw.length + 1;
    const scan = scanLine({ raw, delimiter: this.#delimiter, record, goesOn });
    if (scan === 'open' && record.size <= MAX_RECORD) {
      this.#open = record;
      return;
    }
    if (scan === 'open') return this.#giveUp(unclosed(record), record);
    if (scan !== 'closed') return this.#giveUp(brokenQuote(record, scan.stray), record);
    if (record.lines.length > 1 && record.cells.length !== this.#columns) return this.#giveUp(unclosed(record), record);
    this.#open = undefined;
    this.#record(record.line, record.cells, record.lines.join('\n'));
  }

  #giveUp(reason: string, record: OpenRecord): void {
    const [first = '', ...others] = record.lines;
    this.#open = undefined;
    this.#sink.fault({ line: record.line, cell: record.cells.length, value: first, reason, raw: first });
    others.forEach((raw, index) => {
      if (this.#open || raw.includes('"')) this.#quoted(record.line + 1 + index, raw);
      else if (raw !== '') this.#record(record.line + 1 + index, raw.split(this.#delimiter), raw);
    });
  }

  #record(line: number, cells: string[], raw: string): void {
    if (cells.length === this.#columns) return this.#sink.record(line, cells, raw);
    const more = cells.length > this.#columns;
    const reason = more
      ? `the row has ${cells.length} columns, the header ${this.#columns}: put cells that contain "${this.#delimiter}" between double quotes`
      : `the row has ${cells.length} columns, the header ${this.#columns}: add the missing cells (an empty one still needs its "${this.#delimiter}")`;
    this.#sink.fault({ line, cell: more ? this.#columns : cells.length, value: '', reason, raw });
  }

  #overlong(line: number, prefix: string): void {
    while (this.#open) this.#giveUp(unclosed(this.#open), this.#open);
    const cells = prefix.split(this.#delimiter);
    const cell = Math.min(cells.length, this.#columns) - 1;
    this.#sink.fault({ line, cell, value: cells.at(-1) ?? '', reason: TOO_LONG, raw: prefix });
  }
}

/** Scans one line into `record`; `goesOn` when it begins inside a quoted cell. */
function scanLine(input: { raw: string; delimiter: string; record: OpenRecord; goesOn: boolean }): Scan {
  const { raw, delimiter, record } = input;
  let at = 0;
  let inside = input.goesOn;
  for (;;) {
    if (inside || raw[at] === '"') {
      const cell = quotedCell(raw, inside ? at : at + 1);
      if (cell.end < 0) {
        record.partial = (inside ? record.partial : '') + cell.text + '\n';
        return 'open';
      }
      if (cell.end < raw.length && raw[cell.end] !== delimiter) return { stray: raw.slice(cell.end, cell.end + 20) };
      record.cells.push((inside ? record.partial : '') + cell.text);
      at = cell.end;
      inside = false;
    } else {
      const end = raw.indexOf(delimiter, at);
      record.cells.push(end < 0 ? raw.slice(at) : raw.slice(at, end));
      at = end < 0 ? raw.length : end;
    }
    if (at >= raw.length) return 'closed';
    at += 1;
  }
}

/** Text of a quoted cell from `start` on and where its closing quote ends; -1 when the line ends before. */
function quotedCell(raw: string, start: number): { text: string; end: number } {
  let text = '';
  for (let from = start; ;) {
    const quote = raw.indexOf('"', from);
    if (quote < 0) return { text: text + raw.slice(from), end: -1 };
    if (raw[quote + 1] !== '"') return { text: text + raw.slice(from, quote), end: quote + 1 };
    text += raw.slice(from, quote + 1);
    from = quote + 2;
  }
}

function unclosed(record: OpenRecord): string {
  return `a double quote that begins on line ${record.line} is never closed: close it, or write "" for a quote inside a cell`;
}

function brokenQuote(record: OpenRecord, stray: string): string {
  const place = record.lines.length > 1 ? ` (the quote begins on line ${record.line})` : '';
  return `text follows a closing quote: ${stray}${place}; write "" for a quote inside a cell`;
}
