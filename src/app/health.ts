import type { Db } from '../db/connect.ts';
import { ping } from '../db/queries/ping.ts';
import { within } from './within.ts';

/** Whether the parts that the product stands on answer; `temporal` is null where nobody asked. */
export interface Health {
  status: 'ok' | 'down';
  database: boolean;
  temporal: boolean | null;
}

/** Asks the database, and Temporal by `checkTemporal`; each gets `timeoutMs`. */
export async function readHealth(
  db: Db,
  options: { checkTemporal?: (() => Promise<void>) | undefined; timeoutMs?: number } = {},
): Promise<Health> {
  const timeoutMs = options.timeoutMs ?? 2_000;
  const [database, temporal] = await Promise.all([
    answers(() => ping(db), timeoutMs),
    options.checkTemporal ? answers(options.checkTemporal, timeoutMs) : null,
  ]);
  return { status: database && temporal !== false ? 'ok' : 'down', database, temporal };
}

async function answers(check: () => Promise<void>, timeoutMs: number): Promise<boolean> {
  const answered = check().then(
    () => true,
    () => false,
  );
  return (await within(timeoutMs, answered)) ?? false;
}
