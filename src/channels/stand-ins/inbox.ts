import { renameSync } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { linesBackwards } from './lines-backwards.ts';

/** A message as the stand-in keeps it for reading. E-mails keep their source, others their text. */
export interface InboxMessage {
  at: string;
  channel: 'email' | 'sms' | 'push';
  deliveryId: string | null;
  to: string;
  /** E-mail only: the MIME source, cut at 256 KiB. */
  source?: string;
  title?: string;
  text?: string;
  url?: string;
}

export interface Inbox {
  add(message: InboxMessage): void;
  /** Writes what waits; resolves when it is on file. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const ROTATE_BYTES = 64 * 1024 * 1024;
const FLUSH_MS = 100;
const MAX_SOURCE = 256 * 1024;
/** Ends a line that was written whole. */
const CLOSING_BRACE = 0x7d;

/** Keeps the newest messages in `folder`/inbox.jsonl, at most two files of 64 MiB; writes in batches. */
export async function openInbox(folder: string): Promise<Inbox> {
  const file = join(folder, 'inbox.jsonl');
  let size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  let waiting: string[] = [];
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (waiting.length === 0) return;
    const batch = `${waiting.join('\n')}\n`;
    waiting = [];
    if (size > ROTATE_BYTES) {
      renameSync(file, join(folder, 'inbox.1.jsonl'));
      size = 0;
    }
    await appendFile(file, batch);
    size += batch.length;
  }
  const flush = (): Promise<void> => (writing = writing.then(write));
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    add(message) {
      const { source } = message;
      const kept = source !== undefined && source.length > MAX_SOURCE;
      waiting.push(JSON.stringify(kept ? { ...message, source: source.slice(0, MAX_SOURCE) } : message));
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

/** Which messages of an inbox are wanted. */
export interface InboxQuestion {
  limit?: number;
  /** Texts of which a wanted line holds one each, as JSON has them: lines without are passed over unread. */
  holds?: readonly (readonly string[])[];
  match?: (message: InboxMessage) => boolean;
}

/** The newest messages first, at most `limit` (default 50) that `match` takes; the files are read from their end on. */
export async function readInbox(folder: string, question: InboxQuestion = {}): Promise<InboxMessage[]> {
  const { limit = 50, holds = [], match } = question;
  const found: InboxMessage[] = [];
  for (const name of ['inbox.jsonl', 'inbox.1.jsonl']) {
    for await (const line of linesBackwards(join(folder, name))) {
      if (found.length >= limit) return found;
      if (!holds.every((texts) => texts.some((text) => line.includes(text)))) continue;
      if (line.at(-1) !== CLOSING_BRACE) continue;
      const message = JSON.parse(line.toString('utf8')) as InboxMessage;
      if (match === undefined || match(message)) found.push(message);
    }
  }
  return found;
}
