import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** One message that a stand-in took: the oracle of "sent once". */
export interface Acceptance {
  /** ISO time. */
  at: string;
  channel: 'email' | 'sms' | 'push';
  /** From Message-ID, StatusCallback, Topic or collapse key; null where the sender gave none. */
  deliveryId: string | null;
  /** Message-ID, Twilio sid, Topic or FCM message name. */
  id: string;
  /** Address, number, endpoint or token; several recipients of one mail are joined by commas. */
  to: string;
  bytes: number;
}

export interface AcceptanceLog {
  /** Appends before it returns, so that the line is there when the answer goes out. */
  append(acceptance: Acceptance): void;
  close(): void;
}

/** Opens the log for appending; a process that is killed leaves whole lines behind. */
export function openAcceptanceLog(file: string): AcceptanceLog {
  const fd = openSync(file, 'a');
  return {
    append(acceptance) {
      writeSync(fd, `${JSON.stringify(acceptance)}\n`);
    },
    close() {
      closeSync(fd);
    },
  };
}

/** Reads a log line by line in constant memory; a missing file is an empty one. */
export async function* eachAcceptance(file: string): AsyncGenerator<Acceptance> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    // A cut line at the very end is being written right now: its answer has not gone out.
    if (line.startsWith('{') && line.endsWith('}')) yield JSON.parse(line) as Acceptance;
  }
}

/** The whole log; use `eachAcceptance` where it may be long. */
export async function readAcceptances(file: string): Promise<Acceptance[]> {
  const all: Acceptance[] = [];
  for await (const acceptance of eachAcceptance(file)) all.push(acceptance);
  return all;
}
