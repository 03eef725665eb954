import { z } from 'zod';
import { WEBHOOK_EVENTS } from '../../../domain/webhook-events.ts';
import type { Json } from './json.ts';

const webhookEvent = z.enum(WEBHOOK_EVENTS);

export const webhook = z.object({
  webhookNo: z.int(),
  url: z.string(),
  events: z.array(webhookEvent),
  actor: z.string(),
  createdAt: z.date(),
  removedAt: z.date().nullable(),
  pausedAt: z.date().nullable().describe('what it is to be told waits'),
  waiting: z.int().describe('deliveries that are still to come'),
  givenUp: z.int().describe('deliveries that failed for good; POST /webhooks/:webhookNo/retry sends them once more'),
});
export type Webhook = Json<z.infer<typeof webhook>>;

export const newWebhook = z.object({
  url: z.url().max(2_000),
  events: z
    .array(webhookEvent)
    .min(1)
    .default([...WEBHOOK_EVENTS]),
});

export const madeWebhook = z.object({
  webhook,
  secret: z.string().describe('of recallwave-signature: t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">; shown this once'),
});
export type MadeWebhook = Json<z.infer<typeof madeWebhook>>;

export const webhookTest = z.object({
  ok: z.boolean(),
  status: z.int().nullable().describe('HTTP status; null: it was not reached'),
  error: z.string().nullable(),
});
export type WebhookTest = z.infer<typeof webhookTest>;

export const webhookDelivery = z.object({
  deliveryNo: z.int(),
  event: webhookEvent,
  taskNo: z.int(),
  tries: z.int(),
  nextAt: z.date().nullable().describe('null without deliveredAt: given up'),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.date(),
  deliveredAt: z.date().nullable(),
});
export type WebhookDelivery = Json<z.infer<typeof webhookDelivery>>;

export const webhookRetry = z.object({ again: z.int().describe('deliveries that are due once more') });
export type WebhookRetry = z.infer<typeof webhookRetry>;
