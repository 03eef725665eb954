import type { Db } from '../../db/connect.ts';
import { settleDelivery, takeDueDeliveries, type DueDelivery } from '../../db/queries/webhook-outbox.ts';
import { post } from './post.ts';
import { mayReceive } from './receivers.ts';

const AT_ONCE = 20;
/** Longer than a try may take. */
const LEASE_SECONDS = 60;
const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 3_600;
/** With these waits a receiver may be away for about eight hours. */
const MOST_TRIES = 16;

/** How a round of deliveries went. */
export interface DispatchRound {
  delivered: number;
  failed: number;
}

/** Sends what is due, once; at least once overall, so a receiver tells repeats apart by `recallwave-delivery`. */
export async function dispatchWebhooks(input: { db: Db; live: boolean }): Promise<DispatchRound> {
  const due = await takeDueDeliveries(input.db, { limit: AT_ONCE, leaseSeconds: LEASE_SECONDS });
  const results = await Promise.all(due.map((delivery) => deliver(delivery, input)));
  const delivered = results.filter(Boolean).length;
  return { delivered, failed: results.length - delivered };
}

async function deliver(delivery: DueDelivery, { db, live }: { db: Db; live: boolean }): Promise<boolean> {
  const { deliveryNo, tries } = delivery;
  const answer = mayReceive(delivery.url, live)
    ? await post(delivery.url, { secret: delivery.secret, deliveryNo, body: bodyOf(delivery) })
    : { ok: false, gone: true, status: null, error: 'the address may not receive: see RECALLWAVE_LIVE' };
  const over = answer.ok || answer.gone || tries >= MOST_TRIES;
  const retryInSeconds = over ? null : Math.min(FIRST_WAIT_SECONDS * 2 ** (tries - 1), LONGEST_WAIT_SECONDS);
  const { status, error } = answer;
  await settleDelivery(db, { deliveryNo, tries, delivered: answer.ok, retryInSeconds, status, error });
  return answer.ok;
}

function bodyOf({ deliveryNo, event, createdAt, task }: DueDelivery): string {
  return JSON.stringify({ delivery: deliveryNo, event, at: createdAt.toISOString(), task });
}
