import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Waits until a full stream takes more; rejects with its error when it breaks instead. */
export async function drained(stream: Writable): Promise<void> {
  const waiting = new AbortController();
  // Without the abort each wait would leave its other listener behind.
  await Promise.race([
    once(stream, 'drain', { signal: waiting.signal }),
    once(stream, 'close', { signal: waiting.signal }),
  ]).finally(() => waiting.abort());
}
