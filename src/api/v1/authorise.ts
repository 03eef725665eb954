import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkApiKey, type ApiKeyRow } from '../../app/api-keys.ts';
import type { ApiScope } from '../../domain/roles.ts';
import type { Db } from '../../db/connect.ts';
import { sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that a request of /v1 came with. */
    apiKey: ApiKeyRow | null;
  }
}

/** Checks key, scope and rate before the body is read; a request that fails is answered here. */
export function authoriser(
  app: FastifyInstance,
  input: { db: Db; scope: ApiScope; requestsPerMinute: number },
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  const limit = app.createRateLimit({
    max: input.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => `key ${request.apiKey?.keyNo}`,
  });
  return async (request, reply) => {
    const key = await checkApiKey(input.db, request.headers.authorization);
    if (key === null) return refuse(app, request, reply);
    if (!key.scopes.includes(input.scope)) {
      const detail = `the key ${key.name} has not the scope ${input.scope}`;
      return sendProblem(reply, { status: 403, code: 'scope_missing', detail, fix: 'use a key that has it' });
    }
    request.apiKey = key;
    const verdict = await limit(request);
    if (verdict.isAllowed || !verdict.isExceeded) return undefined;
    void reply.header('retry-after', verdict.ttlInSeconds);
    const detail = `more than ${input.requestsPerMinute} requests a minute with the key ${key.name}`;
    const fix = 'wait as long as Retry-After says, and send more events per request';
    return sendProblem(reply, { status: 429, code: 'too_many_requests', detail, fix });
  };
}

/** 401 that doesn't say what is wrong with the key; 429 for who tries too many. */
async function refuse(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const verdict = await app.guessLimit(request);
  if (!verdict.isAllowed && verdict.isExceeded) {
    void reply.header('retry-after', verdict.ttlInSeconds);
    return sendProblem(reply, {
      status: 429,
      code: 'too_many_requests',
      detail: 'too many requests without a valid key',
    });
  }
  void reply.header('www-authenticate', 'Bearer realm="recallwave"');
  return sendProblem(reply, {
    status: 401,
    code: 'key_invalid',
    detail: 'no valid API key: missing, unknown, expired or revoked',
    fix: 'send Authorization: Bearer rw_…; keys are made with: recallwave key create NAME --scope events:write',
  });
}
