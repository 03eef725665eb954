import type { Knex } from 'knex';
import { dispatchWebhooks } from '../app/webhooks/dispatch.ts';
import type { Logger } from './logger.ts';

const EVERY_MS = 2_000;

/** Sends webhooks as they fall due, until it is stopped; several processes share the work. */
export function startWebhookLoop(input: { db: Knex; live: boolean; logger: Logger }): { stop(): Promise<void> } {
  const { db, live, logger } = input;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      const { delivered, failed } = await dispatchWebhooks({ db, live });
      if (failed > 0) logger.warn({ delivered, failed }, 'webhooks were not delivered');
    } catch (error) {
      logger.error({ err: error }, 'webhooks could not be sent');
    }
    if (!stopped) timer = setTimeout(begin, EVERY_MS);
  };
  const begin = (): void => {
    round = turn();
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
