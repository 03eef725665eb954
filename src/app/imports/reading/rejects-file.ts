import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { RecallwaveError } from '../../../domain/failures.ts';
import { drained } from './drained.ts';
import type { Reject } from './source-row.ts';

const LONGEST_VALUE = 200;
const LONGEST_ROW = 4000;

/**
 * The rejects of one import as CSV (line, column, value, reason, row), written beside the target and moved there by `keep`,
 * so that a failed import leaves no half file; without rejects an older file of that name goes away.
 */
export class RejectsFile {
  readonly path: string;
  count = 0;
  #stream: WriteStream | undefined;
  #failure: Error | undefined;

  constructor(path: string) {
    this.path = path;
  }

  get #partial(): string {
    return `${this.path}.${process.pid}.partial`;
  }

  /** Adds a row; `drain` keeps memory flat. */
  add(reject: Reject): void {
    this.count += 1;
    this.#stream ??= this.#create();
    const cells = [
      reject.line,
      reject.column,
      cut(reject.value, LONGEST_VALUE),
      reject.reason,
      cut(reject.row, LONGEST_ROW),
    ];
    this.#stream.write(`${cells.map(safeCell).join(',')}\r\n`);
  }

  /** Waits until the file system has taken what was added; throws BadInput when it does not. */
  async drain(): Promise<void> {
    // What breaks it is kept by the stream's own listener.
    if (this.#stream?.writableNeedDrain && !this.#failure) await drained(this.#stream).catch(() => undefined);
    if (this.#failure) throw this.#unwritable(this.#failure);
  }

  /** Closes the file and puts it in its place; null when there were no rejects. */
  async keep(): Promise<string | null> {
    if (!this.#stream) {
      await rm(this.path, { force: true });
      return null;
    }
    this.#stream.end();
    await finished(this.#stream).catch((error: Error) => Promise.reject(this.#unwritable(error)));
    await rename(this.#partial, this.path);
    return this.path;
  }

  /** Takes back what was written. */
  async discard(): Promise<void> {
    this.#stream?.destroy();
    if (this.#stream) await rm(this.#partial, { force: true });
  }

  #create(): WriteStream {
    const stream = createWriteStream(this.#partial, { mode: 0o600 });
    stream.on('error', (error) => (this.#failure = error));
    stream.write('\uFEFFline,column,value,reason,row\r\n');
    return stream;
  }

  #unwritable(error: Error): RecallwaveError {
    const what = `cannot write the rejects file ${this.path} (${(error as NodeJS.ErrnoException).code ?? error.message}); nothing was imported`;
    return new RecallwaveError('BadInput', what, 'name another place with --rejects FILE');
  }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
}

/** A CSV cell that no spreadsheet takes for a formula. */
export function safeCell(value: string | number): string {
  const text = String(value).replaceAll('\0', '\\0');
  const neutral = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
}
