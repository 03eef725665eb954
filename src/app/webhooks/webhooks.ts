import { randomBytes } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import {
  insertWebhook,
  listWebhooks,
  removeWebhook as remove,
  retryDeliveries,
  webhookDeliveriesBefore,
  type WebhookDeliveryRow,
  type WebhookRow,
} from '../../db/queries/webhooks.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { WebhookEvent } from '../../domain/webhook-events.ts';
import { mayReceive } from './receivers.ts';

export type { WebhookDeliveryRow, WebhookRow } from '../../db/queries/webhooks.ts';

/** Webhooks, those that were removed too, newest first. */
export function webhooks(db: Db): Promise<WebhookRow[]> {
  return listWebhooks(db);
}

/** Adds a webhook of tasks; the secret that signs is shown this once. Throws BadInput for an address that may not receive. */
export async function addWebhook(input: {
  db: Db;
  url: string;
  events: readonly WebhookEvent[];
  /** RECALLWAVE_LIVE: without it only this machine may receive. */
  live: boolean;
  actor: Actor;
}): Promise<{ webhook: WebhookRow; secret: string }> {
  const { db, url, events, live, actor } = input;
  if (!mayReceive(url, live)) {
    throw live
      ? new RecallwaveError(
          'BadInput',
          'a webhook needs an https address without user name',
          'give an address that begins with https://',
        )
      : new RecallwaveError(
          'BadInput',
          'nothing leaves this machine while RECALLWAVE_LIVE is off',
          'give an address on 127.0.0.1, or start with RECALLWAVE_LIVE=1',
        );
  }
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const webhookNo = await insertWebhook(db, { url, secret, events, actor });
  return { webhook: await mustFind(db, webhookNo), secret };
}

/** Removes a webhook. Throws NotFound where there is none in force. */
export async function removeWebhook(input: { db: Db; webhookNo: number; actor: Actor }): Promise<void> {
  const { db, ...removal } = input;
  if (!(await remove(db, removal))) throw missing(input.webhookNo);
}

/** Deliveries of a webhook before a number (null: from the newest), newest first. Throws NotFound. */
export async function webhookDeliveries(input: {
  db: Db;
  webhookNo: number;
  beforeNo: number | null;
  limit: number;
}): Promise<WebhookDeliveryRow[]> {
  const { db, ...page } = input;
  await mustFind(db, input.webhookNo);
  return webhookDeliveriesBefore(db, page);
}

/** Sends once more what was given up; returns how many. Throws NotFound. */
export async function retryWebhook(input: { db: Db; webhookNo: number; actor: Actor }): Promise<number> {
  const { db, ...retry } = input;
  await mustFind(db, input.webhookNo);
  return retryDeliveries(db, retry);
}

async function mustFind(db: Db, webhookNo: number): Promise<WebhookRow> {
  const found = (await listWebhooks(db)).find((one) => one.webhookNo === webhookNo);
  if (!found) throw missing(webhookNo);
  return found;
}

function missing(webhookNo: number): RecallwaveError {
  return new RecallwaveError('NotFound', `there is no webhook ${webhookNo}`, 'see the list of webhooks');
}
