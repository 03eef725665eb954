import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { acceptInvitation, lookAtInvitation } from '../../app/people/invitations.ts';
import { changeOwnProfile } from '../../app/people/people.ts';
import {
  changePassword,
  endSessions,
  logIn,
  openSession,
  sessionOf,
  sessionsOf,
  type OpenedSession,
  type SessionRow,
} from '../../app/people/sessions.ts';
import { actorOf, SESSION_COOKIE } from './principal.ts';
import { ApiProblem } from './problem.ts';
import { access, type ApiDeps, type RouteModule } from './route-module.ts';
import {
  acceptance,
  credentials,
  invitationOffer,
  me,
  passwordChange,
  profileChange,
  session,
  sessionLine,
} from './schemas/session.ts';

const SESSION = access('viewer', 'read');
const tokenParams = z.object({ token: z.string().min(1).max(100) });

/** Log-in and log-out, the own account, and one-time links. */
export const sessionRoutes: RouteModule = (v1, deps) => {
  const { db, config } = deps;
  const limited = (max: number): ((request: FastifyRequest) => Promise<void>) => {
    const attempts = v1.createRateLimit({ max, timeWindow: 60_000 });
    return async (request) => {
      const verdict = await attempts(request);
      if (!verdict.isAllowed && verdict.isExceeded) throw tooMany(max);
    };
  };
  const slowLogIns = limited(Math.ceil(config.guessesPerMinute / 3));
  // Nobody guesses 256 bits: this only keeps a broken client from asking for ever.
  const slowLinks = limited(2 * config.guessesPerMinute);

  v1.get('/session', { schema: { response: { 200: session } } }, async (request) => {
    const token = request.cookies[SESSION_COOKIE];
    const open = token === undefined ? undefined : await sessionOf(db, token);
    if (!open) throw loggedOut();
    return open;
  });

  v1.post('/session', { schema: { body: credentials, response: { 201: session } } }, async (request, reply) => {
    await slowLogIns(request);
    const opened = await logIn({
      db,
      ...request.body,
      userAgent: request.headers['user-agent'] ?? null,
      fromLoopback: isLoopback(request),
    });
    if (!opened) throw wrongLogin();
    return begin(reply, opened, deps);
  });

  v1.delete('/session', { config: SESSION, schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const { person, sessionNo } = ownSession(request);
    await endSessions({ db, person, sessionNo, actor: `console:${person.login}` });
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null);
  });

  v1.get(
    '/one-time-links/:token',
    { schema: { params: tokenParams, response: { 200: invitationOffer } } },
    async (request) => {
      await slowLinks(request);
      return lookAtInvitation(db, request.params.token);
    },
  );

  v1.post(
    '/one-time-links/:token',
    { schema: { params: tokenParams, body: acceptance, response: { 201: session } } },
    async (request, reply) => {
      await slowLinks(request);
      const person = await acceptInvitation({ db, token: request.params.token, ...request.body });
      const opened = await openSession({ db, person, userAgent: request.headers['user-agent'] ?? null });
      return begin(reply, opened, deps);
    },
  );
  addOwnAccount(v1, deps);
};

const addOwnAccount: RouteModule = (v1, { db }) => {
  v1.patch('/me', { config: SESSION, schema: { body: profileChange, response: { 200: me } } }, (request) =>
    changeOwnProfile({
      db,
      personNo: ownSession(request).person.personNo,
      change: defined(request.body),
      actor: actorOf(request),
    }),
  );

  v1.put(
    '/me/password',
    { config: SESSION, schema: { body: passwordChange, response: { 204: z.null() } } },
    async (request, reply) => {
      const { person, sessionNo } = ownSession(request);
      await changePassword({ db, person, sessionNo, ...request.body });
      return reply.code(204).send(null);
    },
  );

  v1.get(
    '/me/sessions',
    { config: SESSION, schema: { response: { 200: z.object({ items: z.array(sessionLine) }) } } },
    async (request) => {
      const { person, sessionNo } = ownSession(request);
      const lines = await sessionsOf(db, person.personNo);
      return { items: lines.map((line) => ({ ...line, current: line.sessionNo === sessionNo })) };
    },
  );

  v1.delete(
    '/me/sessions/:sessionNo',
    {
      config: SESSION,
      schema: {
        params: z.object({
          sessionNo: z.coerce
            .number()
            .int()
            .min(1)
            .max(2 ** 48),
        }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { person } = ownSession(request);
      const { sessionNo } = request.params;
      await endSessions({ db, person, sessionNo, actor: `console:${person.login}` });
      return reply.code(204).send(null);
    },
  );
};

function begin(reply: FastifyReply, opened: OpenedSession, { config }: ApiDeps): OpenedSession {
  void reply.code(201).setCookie(SESSION_COOKIE, opened.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: config.publicUrl.startsWith('https:'),
    expires: opened.expiresAt,
  });
  return opened;
}

/** Behind a proxy on this machine everybody would be at home: what was forwarded came from elsewhere. */
function isLoopback(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  return forwarded === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
}

function ownSession(request: FastifyRequest): SessionRow {
  if (request.session) return request.session;
  throw new ApiProblem({
    status: 403,
    code: 'person_only',
    detail: 'this is for people who are logged in, not for keys',
    fix: 'log in',
  });
}

/** Without the keys that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

const loggedOut = (): ApiProblem =>
  new ApiProblem({ status: 401, code: 'not_logged_in', detail: 'nobody is logged in', fix: 'log in' });

const wrongLogin = (): ApiProblem =>
  new ApiProblem({
    status: 401,
    code: 'wrong_login',
    detail: 'login or password is wrong, or the account is disabled',
    fix: 'try again, or ask an admin for a link that sets a new password',
  });

const tooMany = (max: number): ApiProblem =>
  new ApiProblem({
    status: 429,
    code: 'too_many_requests',
    detail: `more than ${max} attempts a minute from this address`,
    fix: 'wait a minute',
  });
