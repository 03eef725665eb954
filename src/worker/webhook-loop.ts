import type { Knex } from 'knex';
import { dispatchWebhooks } from '../app/webhooks/dispatch.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';

const EVERY_MS = 2_000;

/** Sends webhooks as they fall due, until it is stopped; several processes share the work. */
export function startWebhookLoop(input: { db: Knex; live: boolean; logger: Logger }): { stop(): Promise<void> } {
  const { db, live, logger } = input;
  return repeat({
    everyMs: EVERY_MS,
    turn: async () => {
      const { delivered, failed } = await dispatchWebhooks({ db, live });
      if (failed > 0) logger.warn({ delivered, failed }, 'webhooks were not delivered');
    },
    failed: (error) => logger.error({ err: error }, 'webhooks could not be sent'),
  });
}
