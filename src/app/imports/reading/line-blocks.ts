import { isUtf8 } from 'node:buffer';
import { RecallwaveError } from '../../../domain/failures.ts';

/** Longest line, and longest record over several lines, that an import takes, in bytes and characters. */
export const MAX_RECORD = 1_048_576;

/** Why a longer one is rejected, and the fix. */
export const TOO_LONG = 'the row is longer than 1 MiB: shorten this cell';

/** Whole lines of a source, without the last line break; `overlong` marks the first part of one line over MAX_RECORD. */
export interface LineBlock {
  text: string;
  /** Number of the first line, from 1. */
  line: number;
  overlong: boolean;
}

const LINE_FEED = 0x0a;
const PREFIX = 4096;

/**
 * Cuts bytes into blocks of whole lines, so that memory stays flat whatever the size; throws BadInput with the line where the
 * bytes are not UTF-8. A byte order mark is left out.
 */
export async function* readLineBlocks(input: AsyncIterable<Buffer | string>): AsyncGenerator<LineBlock> {
  const cutter = createCutter();
  for await (const chunk of input) yield* cutter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  yield* cutter.end();
}

function createCutter(): { push(chunk: Buffer): Generator<LineBlock>; end(): Generator<LineBlock> } {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let skipping = false;
  let first = true;

  const block = (bytes: Buffer, overlong: boolean): LineBlock => {
    const made = { text: decode(bytes, { line, overlong, first }), line, overlong };
    first = false;
    line += overlong ? 0 : countLines(bytes);
    return made;
  };
  /** Lets go of the rest of an overlong line; what comes after it, or undefined while it goes on. */
  const skip = (chunk: Buffer): Buffer | undefined => {
    const end = chunk.indexOf(LINE_FEED);
    if (end < 0) return undefined;
    skipping = false;
    line += 1;
    return chunk.subarray(end + 1);
  };
  return {
    *push(chunk) {
      const fresh = skipping ? skip(chunk) : chunk;
      if (!fresh) return;
      const end = fresh.lastIndexOf(LINE_FEED);
      if (end >= 0) {
        yield block(rest.length ? Buffer.concat([rest, fresh.subarray(0, end)]) : fresh.subarray(0, end), false);
        rest = fresh.subarray(end + 1);
        return;
      }
      rest = rest.length ? Buffer.concat([rest, fresh]) : fresh;
      if (rest.length <= MAX_RECORD) return;
      yield block(rest.subarray(0, PREFIX), true);
      rest = Buffer.alloc(0);
      skipping = true;
    },
    *end() {
      if (rest.length > 0) yield block(rest, false);
    },
  };
}

function decode(bytes: Buffer, at: { line: number; overlong: boolean; first: boolean }): string {
  if (at.first && (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))) throw notUtf8(1, 'it is UTF-16');
  const start = at.first && startsWith(bytes, 0xef, 0xbb) && bytes[2] === 0xbf ? 3 : 0;
  const body = start ? bytes.subarray(start) : bytes;
  if (!at.overlong && !isUtf8(body)) throw notUtf8(at.line + badLine(body), 'a byte there is no UTF-8');
  return body.toString('utf8');
}

function startsWith(bytes: Buffer, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

function badLine(bytes: Buffer): number {
  let start = 0;
  for (let line = 0; ; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

function notUtf8(line: number, what: string): RecallwaveError {
  return new RecallwaveError(
    'BadInput',
    `line ${line}: the file is not UTF-8 (${what}); nothing was imported`,
    'save it as UTF-8 (in Excel: "CSV UTF-8"), or convert it: iconv -f GB18030 -t UTF-8 FILE',
  );
}
