import { randomBytes } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import {
  findWebhook,
  insertWebhook,
  listWebhooks,
  removeWebhook as remove,
  retryDeliveries,
  setWebhookPaused,
  setWebhookSecret,
  webhookDeliveriesBefore,
  webhookTarget,
  type WebhookDeliveryRow,
  type WebhookRow,
} from '../../db/queries/webhooks.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { WebhookEvent } from '../../domain/webhook-events.ts';
import { post } from './post.ts';
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
  mustReceive(url, live);
  const secret = newSecret();
  const webhookNo = await insertWebhook(db, { url, secret, events, actor });
  return { webhook: await mustFind(db, webhookNo), secret };
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

function mustReceive(url: string, live: boolean): void {
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
}

/** Pauses a webhook, what it is to be told waits; or lets it go on. Doing it twice changes nothing. Throws NotFound. */
export async function pauseWebhook(input: {
  db: Db;
  webhookNo: number;
  paused: boolean;
  actor: Actor;
}): Promise<WebhookRow> {
  const { db, ...change } = input;
  await mustBeInForce(db, input.webhookNo);
  await setWebhookPaused(db, change);
  return mustFind(db, input.webhookNo);
}

/** Makes a new secret, shown this once; the old one signs nothing more. Throws NotFound. */
export async function rotateWebhook(input: {
  db: Db;
  webhookNo: number;
  actor: Actor;
}): Promise<{ webhook: WebhookRow; secret: string }> {
  const { db, webhookNo, actor } = input;
  const secret = newSecret();
  if (!(await setWebhookSecret(db, { webhookNo, secret, actor }))) throw missing(webhookNo);
  return { webhook: await mustFind(db, webhookNo), secret };
}

/** Sends a signed event `test` without a task and says what the receiver answered. Throws NotFound and BadInput. */
export async function testWebhook(input: {
  db: Db;
  webhookNo: number;
  live: boolean;
  now: Date;
}): Promise<{ ok: boolean; status: number | null; error: string | null }> {
  const { db, webhookNo, live, now } = input;
  const { url, secret } = await mustBeInForce(db, webhookNo);
  mustReceive(url, live);
  const body = JSON.stringify({ delivery: 0, event: 'test', at: now.toISOString(), task: null });
  const { ok, status, error } = await post(url, { secret, deliveryNo: 0, body });
  return { ok, status, error };
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

async function mustBeInForce(db: Db, webhookNo: number): Promise<{ url: string; secret: string }> {
  const target = await webhookTarget(db, webhookNo);
  if (!target) throw missing(webhookNo);
  return target;
}

async function mustFind(db: Db, webhookNo: number): Promise<WebhookRow> {
  const found = await findWebhook(db, webhookNo);
  if (!found) throw missing(webhookNo);
  return found;
}

function missing(webhookNo: number): RecallwaveError {
  return new RecallwaveError('NotFound', `there is no webhook ${webhookNo}`, 'see the list of webhooks');
}
