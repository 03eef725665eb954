import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportKind } from '../imports/kinds/kind.ts';
import { eventsFile } from './events-file.ts';
import { contactsFile, contentFile, couponsFile, pushFile, type PushKeys } from './other-files.ts';
import { usersFile } from './people-file.ts';
import { recordedFile } from './recorded-file.ts';
import { warningsFile } from './warnings-file.ts';

/** A file of the sample company and what to import it as. */
export interface SampleFile {
  kind: ImportKind;
  path: string;
}

/**
 * Writes the files of an invented company, the same for the same input, about 2 % of the rows faulty as in real exports.
 * Addresses are of reserved domains and numbers of ranges that nobody has. The files come in the order of their import.
 */
export async function writeSampleCompany(input: {
  folder: string;
  users: number;
  seed: string;
  now: Date;
  pushKeys: PushKeys;
}): Promise<SampleFile[]> {
  const files: { kind: ImportKind; name: string; lines: Generator<string> }[] = [
    { kind: 'users', name: 'users.csv', lines: usersFile(input) },
    { kind: 'warnings', name: 'warnings.csv', lines: warningsFile(input) },
    { kind: 'events', name: 'events.jsonl', lines: eventsFile(input) },
    { kind: 'push_subscriptions', name: 'push_subscriptions.jsonl', lines: pushFile(input, input.pushKeys) },
    { kind: 'coupons', name: 'coupons.csv', lines: couponsFile(input) },
    { kind: 'contacts', name: 'contacts.csv', lines: contactsFile(input) },
    { kind: 'content', name: 'content.csv', lines: contentFile(input) },
    { kind: 'recorded', name: 'recorded.csv', lines: recordedFile(input) },
  ];
  await mkdir(input.folder, { recursive: true });
  const written: SampleFile[] = [];
  for (const { kind, name, lines } of files) {
    const path = join(input.folder, name);
    await pipeline(Readable.from(lines), createWriteStream(path));
    written.push({ kind, path });
  }
  return written;
}
