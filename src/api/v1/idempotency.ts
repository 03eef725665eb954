import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { claimKey, keepAnswer, releaseKey, type KeyedRequest } from '../../app/idempotency.ts';
import { sendProblem } from './problem.ts';
import type { ApiDeps, V1 } from './route-module.ts';

const KEY = /^[\x21-\x7e]{1,200}$/;
const LARGEST_KEPT = 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request holds an Idempotency-Key. */
    keyed: KeyedRequest | null;
  }
}

/** Makes POSTs with an Idempotency-Key happen once: the same key gets the first answer again. Streamed bodies have no key. */
export function addIdempotency(v1: V1, { db }: ApiDeps): void {
  v1.decorateRequest('keyed', null);
  v1.addHook('preHandler', async (request, reply) => claim(request, reply, db));
  v1.addHook('onSend', async (request, reply, payload) => {
    const { keyed } = request;
    if (!keyed) return payload;
    request.keyed = null;
    // Nothing happened, or nobody can say what: the client may try again with the same key.
    const done = reply.statusCode < 500 && ![401, 403, 409, 429].includes(reply.statusCode);
    if (!done || (payload !== null && payload !== undefined && typeof payload !== 'string')) {
      await releaseKey(db, keyed);
      return payload;
    }
    const body = payload ?? '';
    if (body.length > LARGEST_KEPT) return payload;
    const contentType = String(reply.getHeader('content-type') ?? '') || null;
    await keepAnswer(db, keyed, { status: reply.statusCode, contentType, body });
    return payload;
  });
}

async function claim(
  request: FastifyRequest,
  reply: FastifyReply,
  db: ApiDeps['db'],
): Promise<FastifyReply | undefined> {
  const key = request.headers['idempotency-key'];
  const { principal } = request;
  if (request.method !== 'POST' || key === undefined || principal === null) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    const fix = 'use 1 to 200 visible ASCII characters, such as a UUID';
    return sendProblem(reply, { status: 400, code: 'key_malformed', detail: 'Idempotency-Key is malformed', fix });
  }
  const keyed = { principal: principal.actor, route: request.routeOptions.url ?? '', key };
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest();
  const claimed = await claimKey(db, { ...keyed, requestHash });
  if (claimed === 'ours') {
    request.keyed = keyed;
    return undefined;
  }
  if (claimed === 'running') {
    const fix = 'wait for the first request and send this one again';
    void reply.header('retry-after', 1);
    return sendProblem(reply, { status: 409, code: 'key_in_use', detail: 'a request with this key still runs', fix });
  }
  if (claimed === 'other_request') {
    const detail = 'this Idempotency-Key was used for another request';
    return sendProblem(reply, { status: 422, code: 'key_reused', detail, fix: 'take a new key for each request' });
  }
  void reply.header('idempotency-replayed', 'true').code(claimed.status);
  if (claimed.contentType !== null) void reply.type(claimed.contentType);
  // A string that is JSON already must not be serialised once more.
  return reply.serializer((body: unknown) => String(body)).send(claimed.body);
}
