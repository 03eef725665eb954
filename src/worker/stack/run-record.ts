import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecallwaveError } from '../../domain/failures.ts';
import { isAlive } from './processes.ts';

/** What a running stack tells other processes of the same home. */
export interface RunRecord {
  pid: number;
  temporalAddress: string;
  apiUrl: string;
}

const fileOf = (home: string): string => join(home, 'run.json');

/** The record of the stack that runs on `home`; undefined where none does. What a dead one left is ignored. */
export function readRunRecord(home: string): RunRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(fileOf(home), 'utf8')) as RunRecord;
    return isAlive(record.pid) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Writes this process's record. */
export async function writeRunRecord(home: string, record: RunRecord): Promise<void> {
  await writeFile(fileOf(home), `${JSON.stringify(record, null, 2)}\n`);
}

/** Removes the record at the end of the stack. */
export async function removeRunRecord(home: string): Promise<void> {
  await rm(fileOf(home), { force: true });
}

/** Throws where a stack runs on `home`: two would fight over its data. */
export function refuseSecond(home: string): void {
  const running = readRunRecord(home);
  if (running === undefined) return;
  throw new RecallwaveError(
    'BadInput',
    `Recallwave already runs on ${home} (process ${running.pid}, ${running.apiUrl})`,
    'use that one, end it with Ctrl-C, or set RECALLWAVE_HOME to another folder',
  );
}
