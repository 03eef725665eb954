import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;

/**
 * The lines of a file from its end on, without their newline, read as far as they are asked for; none where there is no file.
 * What stands behind the last newline, a line that is being written, is left out.
 */
export async function* linesBackwards(path: string): AsyncGenerator<Buffer> {
  const file = await open(path).catch(() => null);
  if (file === null) return;
  try {
    let from = (await file.stat()).size;
    // Beginnings of the line whose end was read already, last part first.
    let parts: Buffer[] | null = null;
    while (from > 0) {
      const length = Math.min(CHUNK_BYTES, from);
      from -= length;
      const chunk = Buffer.alloc(length);
      await file.read(chunk, 0, length, from);
      let end = length;
      for (let at = chunk.lastIndexOf(NEWLINE); at >= 0; at = at === 0 ? -1 : chunk.lastIndexOf(NEWLINE, at - 1)) {
        const piece = chunk.subarray(at + 1, end);
        if (parts !== null) yield parts.length === 0 ? piece : Buffer.concat([piece, ...parts]);
        parts = [];
        end = at;
      }
      parts?.unshift(chunk.subarray(0, end));
    }
    if (parts !== null) yield Buffer.concat(parts);
  } finally {
    await file.close();
  }
}
