import { z } from 'zod';
import {
  addWebhook,
  pauseWebhook,
  removeWebhook,
  retryWebhook,
  rotateWebhook,
  testWebhook,
  webhookDeliveries,
  webhooks,
} from '../../app/webhooks/webhooks.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { rowNo } from './schemas/waves.ts';
import { madeWebhook, newWebhook, webhook, webhookDelivery, webhookRetry, webhookTest } from './schemas/webhooks.ts';

const ADMIN = access('admin', 'admin');
const webhookParams = z.object({ webhookNo: rowNo });

/** Signed outgoing webhooks of tasks; for admins, since tasks name people. */
export const webhookRoutes: RouteModule = (v1, deps) => {
  const { db, config } = deps;
  v1.get(
    '/webhooks',
    { config: ADMIN, schema: { response: { 200: z.object({ items: z.array(webhook) }) } } },
    async () => ({ items: await webhooks(db) }),
  );

  v1.post(
    '/webhooks',
    {
      config: ADMIN,
      schema: {
        summary: 'Adds a webhook; its secret is shown this once',
        body: newWebhook,
        response: { 201: madeWebhook },
      },
    },
    async (request, reply) => {
      const made = await addWebhook({ db, ...request.body, live: config.live, actor: actorOf(request) });
      return reply.code(201).send(made);
    },
  );

  v1.delete(
    '/webhooks/:webhookNo',
    { config: ADMIN, schema: { params: webhookParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeWebhook({ db, webhookNo: request.params.webhookNo, actor: actorOf(request) });
      return reply.code(204).send(null);
    },
  );
  addOrders(v1, deps);
  addDeliveries(v1, deps);
};

const addOrders: RouteModule = (v1, { db, config, now }) => {
  for (const [verb, paused, summary] of [
    ['pause', true, 'Tells it nothing until it is resumed; what comes meanwhile waits'],
    ['resume', false, 'Tells it what waited, and goes on'],
  ] as const) {
    v1.post(
      `/webhooks/:webhookNo/${verb}`,
      { config: ADMIN, schema: { summary, params: webhookParams, response: { 200: webhook } } },
      (request) => pauseWebhook({ db, webhookNo: request.params.webhookNo, paused, actor: actorOf(request) }),
    );
  }

  v1.post(
    '/webhooks/:webhookNo/rotate',
    {
      config: ADMIN,
      schema: {
        summary: 'Makes a new secret, shown this once; the old one signs nothing more',
        params: webhookParams,
        response: { 200: madeWebhook },
      },
    },
    (request) => rotateWebhook({ db, webhookNo: request.params.webhookNo, actor: actorOf(request) }),
  );

  v1.post(
    '/webhooks/:webhookNo/test',
    {
      config: ADMIN,
      schema: {
        summary: 'Sends a signed event `test` without a task, and says what the receiver answered',
        params: webhookParams,
        response: { 200: webhookTest },
      },
    },
    (request) => testWebhook({ db, webhookNo: request.params.webhookNo, live: config.live, now: now() }),
  );
};

const addDeliveries: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/webhooks/:webhookNo/deliveries',
    {
      config: ADMIN,
      schema: { params: webhookParams, querystring: pageQuery, response: { 200: pageOf(webhookDelivery) } },
    },
    async (request) => {
      const { webhookNo } = request.params;
      const { cursor, limit } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: `webhooks/${webhookNo}/deliveries` };
      const [beforeNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [null];
      const found = await webhookDeliveries({ db, webhookNo, beforeNo, limit: limit + 1 });
      return cutPage(found, { key, limit, position: (row) => [row.deliveryNo], item: (row) => row });
    },
  );

  v1.post(
    '/webhooks/:webhookNo/retry',
    {
      config: ADMIN,
      schema: { summary: 'Sends once more what was given up', params: webhookParams, response: { 200: webhookRetry } },
    },
    async (request) => ({
      again: await retryWebhook({ db, webhookNo: request.params.webhookNo, actor: actorOf(request) }),
    }),
  );
};
