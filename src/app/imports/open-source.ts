import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { RecallwaveError } from '../../domain/failures.ts';

/** Where an import reads from: a path, or bytes from elsewhere such as standard input. */
export type ImportInput = string | AsyncIterable<Buffer | string>;

/** An opened source: its bytes from the first one on, its format, and its size where that is known. */
export interface OpenedSource {
  chunks: AsyncIterable<Buffer | string>;
  format: 'csv' | 'jsonl';
  bytes: number | undefined;
}

/** Opens a source and finds out its format; throws BadInput where it is missing, unreadable or empty. */
export async function openSource(input: ImportInput, format: 'csv' | 'jsonl' | undefined): Promise<OpenedSource> {
  const bytes = typeof input === 'string' ? await sizeOf(input) : undefined;
  const opened = typeof input === 'string' ? createReadStream(input, { highWaterMark: 262_144 }) : input;
  const chunks = opened[Symbol.asyncIterator]();
  const held: (Buffer | string)[] = [];
  for (;;) {
    const next = await chunks.next();
    if (next.done) throw emptySource(typeof input === 'string' ? input : 'standard input');
    held.push(next.value);
    const start = firstCharacter(held);
    if (start === undefined) continue;
    const named = typeof input === 'string' ? formatByName(input) : undefined;
    return { chunks: replay(held, chunks), format: format ?? named ?? (start === '{' ? 'jsonl' : 'csv'), bytes };
  }
}

function formatByName(path: string): 'csv' | 'jsonl' | undefined {
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return 'jsonl';
  return /\.csv$/i.test(path) ? 'csv' : undefined;
}

/** undefined: nothing but blanks and a byte order mark so far. */
function firstCharacter(held: (Buffer | string)[]): string | undefined {
  const start = held.map((chunk) => chunk.slice(0, 64).toString()).join('');
  const text = start.replace(/^\uFEFF/, '').trimStart();
  if (text !== '') return text[0];
  return held.reduce((sum, chunk) => sum + chunk.length, 0) > 65_536 ? '' : undefined;
}

async function* replay(
  held: (Buffer | string)[],
  rest: AsyncIterator<Buffer | string>,
): AsyncGenerator<Buffer | string> {
  try {
    yield* held;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new RecallwaveError('BadInput', `${path} is a folder`, 'name a file in it');
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (error instanceof RecallwaveError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing
      ? `there is no file ${path}`
      : `cannot read ${path} (${(error as NodeJS.ErrnoException).code})`;
    throw new RecallwaveError(
      'BadInput',
      what,
      missing ? 'check the name, or use - for standard input' : 'check its rights',
    );
  }
}

function emptySource(name: string): RecallwaveError {
  return new RecallwaveError('BadInput', `${name} is empty; nothing was imported`, 'check what wrote it');
}
