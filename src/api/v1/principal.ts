import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkApiKey } from '../../app/api-keys.ts';
import { sessionOf, type SessionRow } from '../../app/people/sessions.ts';
import { sameToken } from '../../app/people/secrets.ts';
import { atLeast, type ApiScope } from '../../domain/roles.ts';
import { sendProblem, type Problem } from './problem.ts';
import type { Access, ApiDeps, Principal, V1 } from './route-module.ts';

/** The cookie that holds a session's token. */
export const SESSION_COOKIE = 'rw_session';
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that anybody may ask. */
    principal: Principal | null;
    session: SessionRow | null;
  }
  interface FastifyContextConfig {
    /** Absent: anybody may ask. */
    access?: Access;
  }
}

/** Finds out who asks before anything of the request is read, and refuses who may not. */
export function addPrincipal(v1: V1, deps: ApiDeps): void {
  v1.decorateRequest('principal', null);
  v1.decorateRequest('session', null);
  v1.addHook('onRequest', async (request, reply) => {
    const needed = request.routeOptions.config.access;
    if (!needed) return undefined;
    const refused = await admit(request, needed, deps);
    if (!refused) return undefined;
    if (refused.status === 401) void reply.header('www-authenticate', 'Bearer realm="recallwave"');
    return refuse(v1, { request, reply, refused });
  });
}

const NOBODY: Problem = {
  status: 401,
  code: 'not_logged_in',
  detail: 'no open session and no valid API key',
  fix: 'log in, or send Authorization: Bearer rw_…',
};

/** Why a request is refused; null where it may go on. */
async function admit(request: FastifyRequest, needed: Access, deps: ApiDeps): Promise<Problem | null> {
  if (request.headers.authorization !== undefined) return admitKey(request, needed, deps);
  const token = request.cookies[SESSION_COOKIE];
  const session = token === undefined ? undefined : await sessionOf(deps.db, token);
  if (!session) return NOBODY;
  const { personNo, login, role } = session.person;
  request.session = session;
  request.principal = { kind: 'person', actor: `console:${login}`, personNo, login, role };
  if (!SAFE.includes(request.method)) {
    const given = request.headers['x-csrf-token'];
    if (typeof given !== 'string' || !sameToken(given, session.csrfToken)) {
      const fix = 'send the csrfToken of GET /v1/session as X-CSRF-Token';
      return { status: 403, code: 'csrf', detail: 'X-CSRF-Token is missing or not that of the session', fix };
    }
  }
  if (atLeast(role, needed.role)) return null;
  const detail = `this needs the role ${needed.role}; ${login} is ${role}`;
  return { status: 403, code: 'role_missing', detail, fix: 'ask an admin for the role' };
}

async function admitKey(request: FastifyRequest, needed: Access, deps: ApiDeps): Promise<Problem | null> {
  const key = await checkApiKey(deps.db, request.headers.authorization);
  if (key === null) return NOBODY;
  const scopes = key.scopes as ApiScope[];
  request.principal = { kind: 'key', actor: `api:${key.name}`, keyNo: key.keyNo, scopes };
  if (scopes.includes(needed.scope)) return null;
  const detail = `the key ${key.name} has not the scope ${needed.scope}`;
  return { status: 403, code: 'scope_missing', detail, fix: 'use a key that has it' };
}

/** Who guesses keys and sessions is slowed down. */
async function refuse(
  v1: V1,
  { request, reply, refused }: { request: FastifyRequest; reply: FastifyReply; refused: Problem },
): Promise<FastifyReply> {
  if (refused.status === 401) {
    const verdict = await v1.guessLimit(request);
    if (!verdict.isAllowed && verdict.isExceeded) {
      void reply.header('retry-after', verdict.ttlInSeconds);
      return sendProblem(reply, {
        status: 429,
        code: 'too_many_requests',
        detail: 'too many requests from this address without a session or key',
        fix: 'wait as long as Retry-After says',
      });
    }
  }
  return sendProblem(reply, refused);
}

/** The actor of a request that was let in. */
export function actorOf(request: FastifyRequest): string {
  if (!request.principal) throw new Error('a route without access has no actor');
  return request.principal.actor;
}
