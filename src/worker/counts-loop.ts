import type { Knex } from 'knex';
import { foldMessageCounts } from '../db/queries/wave-counts.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 15_000;

/** Sums up what senders add to the counts of their waves, so that a wave's page stays quick however long it runs. */
export function startCountsLoop({ db, logger }: { db: Knex; logger: Logger }): { stop(): Promise<void> } {
  return repeat({
    everyMs: EVERY_MS,
    turn: async () => void (await foldMessageCounts(db)),
    failed: (error) => logger.error({ err: error }, 'counts of messages could not be summed up'),
  });
}
