import type { Actor } from '../../domain/actor.ts';
import type { WebhookEvent } from '../../domain/webhook-events.ts';
import type { Db } from '../connect.ts';
import { join, raw, rows, sql, type Sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

/** A webhook; its secret is shown once, when it is made. */
export interface WebhookRow {
  webhookNo: number;
  url: string;
  events: WebhookEvent[];
  actor: Actor;
  createdAt: Date;
  removedAt: Date | null;
  /** What it is to be told waits from then on. */
  pausedAt: Date | null;
  /** Deliveries that wait, and those that were given up. */
  waiting: number;
  givenUp: number;
}

const GIVEN_UP = 'd.next_at is null and d.delivered_at is null';

/** Webhooks, those that were removed too, newest first. */
export function listWebhooks(db: Db): Promise<WebhookRow[]> {
  return webhooksWhere(db, sql`true`);
}

/** One webhook, removed or not; undefined where there never was one. */
export async function findWebhook(db: Db, webhookNo: number): Promise<WebhookRow | undefined> {
  const [found] = await webhooksWhere(db, sql`w.webhook_no = ${webhookNo}`);
  return found;
}

function webhooksWhere(db: Db, condition: Sql): Promise<WebhookRow[]> {
  return rows(
    db,
    sql`select w.webhook_no as "webhookNo", w.url, w.events, w.actor, w.created_at as "createdAt", w.removed_at as "removedAt",
        w.paused_at as "pausedAt",
        (select count(*)::int from webhook_deliveries d where d.webhook_no = w.webhook_no and d.next_at is not null) as waiting,
        (select count(*)::int from webhook_deliveries d where d.webhook_no = w.webhook_no and ${raw(GIVEN_UP)}) as "givenUp"
      from webhooks w where ${condition} order by w.webhook_no desc`,
  );
}

/** Adds a webhook and returns its number. */
export function insertWebhook(
  db: Db,
  input: { url: string; secret: string; events: readonly WebhookEvent[]; actor: Actor },
): Promise<number> {
  const { url, secret, events, actor } = input;
  return db.transaction(async (trx) => {
    const [made] = await rows<{ webhookNo: number }>(
      trx,
      sql`insert into webhooks (url, secret, events, actor) values (${url}, ${secret}, ${[...events]}::text[], ${actor})
        returning webhook_no as "webhookNo"`,
    );
    const webhookNo = made?.webhookNo ?? 0;
    await recordAudit(trx, { actor, action: 'webhook.add', subject: `webhook/${webhookNo}`, details: { url, events } });
    return webhookNo;
  });
}

/** Removes a webhook; what still waits for it is given up. False where there is none in force. */
export function removeWebhook(db: Db, input: { webhookNo: number; actor: Actor }): Promise<boolean> {
  const { webhookNo, actor } = input;
  return db.transaction(async (trx) => {
    const removed = await rows(
      trx,
      sql`update webhooks set removed_at = now() where webhook_no = ${webhookNo} and removed_at is null returning webhook_no`,
    );
    if (removed.length === 0) return false;
    await rows(
      trx,
      sql`update webhook_deliveries set next_at = null, last_error = 'the webhook was removed'
        where webhook_no = ${webhookNo} and next_at is not null returning delivery_no`,
    );
    await recordAudit(trx, { actor, action: 'webhook.remove', subject: `webhook/${webhookNo}` });
    return true;
  });
}

/** Pauses a webhook or lets it go on; false where it already is so, or there is none in force. */
export function setWebhookPaused(
  db: Db,
  input: { webhookNo: number; paused: boolean; actor: Actor },
): Promise<boolean> {
  const { webhookNo, paused, actor } = input;
  return db.transaction(async (trx) => {
    const changed = await rows(
      trx,
      sql`update webhooks set paused_at = case when ${paused} then now() end
        where webhook_no = ${webhookNo} and removed_at is null and (paused_at is not null) <> ${paused} returning webhook_no`,
    );
    if (changed.length === 0) return false;
    const action = paused ? 'webhook.pause' : 'webhook.resume';
    await recordAudit(trx, { actor, action, subject: `webhook/${webhookNo}` });
    return true;
  });
}

/** Changes what signs, from the next delivery on; false where there is no such webhook in force. */
export function setWebhookSecret(db: Db, input: { webhookNo: number; secret: string; actor: Actor }): Promise<boolean> {
  const { webhookNo, secret, actor } = input;
  return db.transaction(async (trx) => {
    const changed = await rows(
      trx,
      sql`update webhooks set secret = ${secret} where webhook_no = ${webhookNo} and removed_at is null returning webhook_no`,
    );
    if (changed.length === 0) return false;
    await recordAudit(trx, { actor, action: 'webhook.rotate', subject: `webhook/${webhookNo}` });
    return true;
  });
}

/** Where a webhook in force is told, and what signs; undefined where there is none. */
export async function webhookTarget(db: Db, webhookNo: number): Promise<{ url: string; secret: string } | undefined> {
  const [found] = await rows<{ url: string; secret: string }>(
    db,
    sql`select url, secret from webhooks where webhook_no = ${webhookNo} and removed_at is null`,
  );
  return found;
}

/** One delivery of a webhook; `nextAt` null without `deliveredAt`: given up. */
export interface WebhookDeliveryRow {
  deliveryNo: number;
  event: WebhookEvent;
  taskNo: number;
  tries: number;
  nextAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}

/** Deliveries of a webhook before a number (null: from the newest), newest first. */
export function webhookDeliveriesBefore(
  db: Db,
  input: { webhookNo: number; beforeNo: number | null; limit: number },
): Promise<WebhookDeliveryRow[]> {
  const conditions = [
    sql`webhook_no = ${input.webhookNo}`,
    ...(input.beforeNo === null ? [] : [sql`delivery_no < ${input.beforeNo}`]),
  ];
  return rows(
    db,
    sql`select delivery_no as "deliveryNo", event, task_no as "taskNo", tries, next_at as "nextAt", last_status as "lastStatus",
        last_error as "lastError", created_at as "createdAt", delivered_at as "deliveredAt"
      from webhook_deliveries where ${join(conditions, ' and ')} order by delivery_no desc limit ${input.limit}`,
  );
}

/** Puts what was given up back in the queue; returns how many. */
export async function retryDeliveries(db: Db, input: { webhookNo: number; actor: Actor }): Promise<number> {
  return db.transaction(async (trx) => {
    const again = await rows(
      trx,
      sql`update webhook_deliveries d set next_at = now(), tries = 0 from webhooks w
        where w.webhook_no = ${input.webhookNo} and w.removed_at is null and d.webhook_no = w.webhook_no and ${raw(GIVEN_UP)}
        returning delivery_no`,
    );
    if (again.length > 0) {
      const details = { deliveries: again.length };
      await recordAudit(trx, {
        actor: input.actor,
        action: 'webhook.retry',
        subject: `webhook/${input.webhookNo}`,
        details,
      });
    }
    return again.length;
  });
}
