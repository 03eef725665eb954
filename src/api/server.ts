import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Client } from '@temporalio/client';
import { RecallwaveError, UnreachableError } from '../domain/failures.ts';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { TestSendDeps } from '../app/campaigns/test-send.ts';
import { companyName } from '../app/company-name.ts';
import { followLink } from '../app/follow-link.ts';
import { readHealth } from '../app/health.ts';
import type { StandInAcceptances } from '../app/prove.ts';
import type { Config } from '../config/config.ts';
import type { Knex } from 'knex';
import { addConsoleRoutes } from './console-routes.ts';
import { STYLE_HASH } from './page.ts';
import { formLimitOptions, guessLimitOptions, sendFailure, sendMissing } from './plain-pages.ts';
import { addPreferencesRoutes } from './preferences-routes.ts';
import { addSurveyRoutes } from './survey-routes.ts';
import { answerUnreadable, answerUnroutable } from './unroutable.ts';
import { addUnsubscribeRoutes } from './unsubscribe-routes.ts';
import { addV1Routes } from './v1/routes.ts';

/** Prometheus text and its content type. */
export interface MetricsSource {
  readonly contentType: string;
  render(): Promise<string>;
}

/** What the pages log: failures with the route, never the token or the visitor. */
export interface PageLogger {
  error(details: object, message: string): void;
}

/** What startApi needs. `port` 0 takes a free one; `host` defaults to all interfaces. */
export interface ApiInput {
  db: Knex;
  config: Config;
  port: number;
  host?: string;
  metrics?: MetricsSource;
  logger?: PageLogger;
  /** Requests to /v1 per minute and key; default 6,000. */
  requestsPerMinute?: number;
  /** Absent: what needs Temporal says that there is none. */
  temporal?: () => Promise<Client>;
  /** Opens a channel for test messages. */
  openChannel?: TestSendDeps['openChannel'];
  /** The business clock; default the time of day. */
  now?: () => Date;
  /** What the stand-ins of this installation took, for proofs. */
  standIns?: () => Promise<StandInAcceptances | undefined>;
  /** Asked by /health; throws when Temporal isn't there. */
  checkTemporal?: () => Promise<void>;
  /** Folder of the built console; absent, or nothing built there: there is none. */
  consoleFolder?: string;
}

/** What the routes of the public pages share. */
export interface PublicPages {
  db: Knex;
  secret: string;
  companyName(): Promise<string>;
  /** The business clock. */
  now(): Date;
}

/** A listening server. */
export interface RunningApi {
  /** Base of its addresses on this machine, such as http://127.0.0.1:8080. */
  url: string;
  close(): Promise<void>;
}

/** Serves the public pages (opt-out, preferences, surveys, tracked links), the API for programs (/v1), /health and /metrics. Rejects when the port is taken. */
export async function startApi(input: ApiInput): Promise<RunningApi> {
  const app = Fastify({
    logger: false,
    bodyLimit: 16 * 1024,
    // Longer than any address may be: how long a part may be is said by its route, in words.
    routerOptions: { maxParamLength: 64 * 1024 },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
  await addPlugins(app, input.config);
  const pages: PublicPages = {
    db: input.db,
    secret: input.config.linkSecret,
    companyName: () => companyName(input.db),
    now: input.now ?? (() => new Date()),
  };
  addUnsubscribeRoutes(app, pages);
  addPreferencesRoutes(app, pages);
  addSurveyRoutes(app, pages);
  addLinkRoute(app, pages);
  addOperatorRoutes(app, input);
  app.setNotFoundHandler((request, reply) => sendMissing({ app, request, reply }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 503;
    // Not the URL: a token in a log would unsubscribe whoever it is about.
    if (status === 503) input.logger?.error({ err: error, route: request.routeOptions.url }, 'a page failed');
    return sendFailure({ request, reply, status });
  });
  if (input.consoleFolder !== undefined) await addConsoleRoutes(app, { db: input.db, folder: input.consoleFolder });
  // Last: waiting for its routes closes the handlers above for those that are there.
  await addV1Routes(app, {
    ...input,
    now: input.now ?? (() => new Date()),
    temporal: input.temporal ?? noTemporal,
  });
  await listen(app, input);
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : input.port;
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

function noTemporal(): Promise<Client> {
  return Promise.reject(new UnreachableError('no Temporal server is set', 'start one with: recallwave start'));
}

async function listen(
  app: FastifyInstance,
  { port, host = '0.0.0.0' }: { port: number; host?: string },
): Promise<void> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new RecallwaveError('BadInput', `port ${port} for the public pages is taken`, 'set API_PORT to a free one');
  }
}

async function addPlugins(app: FastifyInstance, { guessesPerMinute }: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [STYLE_HASH],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  app.removeAllContentTypeParsers();
  await app.register(formbody);
  // RFC 8058 allows multipart too; nothing in the body matters, the token says it all.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, null));
  // Only wrong tokens are limited: mailbox providers post opt-outs of thousands of people from a few addresses.
  await app.register(rateLimit, { global: false });
  app.decorate('guessLimit', app.createRateLimit(guessLimitOptions(guessesPerMinute)));
  app.decorate('formLimit', app.createRateLimit(formLimitOptions));
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
  });
}

function addLinkRoute(app: FastifyInstance, pages: PublicPages): void {
  app.get<{ Params: { token: string } }>('/l/:token', async (request, reply) => {
    const target = await followLink(pages.db, {
      secret: pages.secret,
      token: request.params.token,
      method: request.method,
      userAgent: request.headers['user-agent'],
    });
    return target === null ? sendMissing({ app, request, reply }) : reply.redirect(target, 302);
  });
}

function addOperatorRoutes(app: FastifyInstance, input: ApiInput): void {
  app.get('/health', async (_request, reply) => {
    const health = await readHealth(input.db, { checkTemporal: input.checkTemporal });
    return reply
      .code(health.status === 'ok' ? 200 : 503)
      .type('application/json')
      .send(health);
  });
  app.get('/metrics', async (request, reply) => {
    // The public address ends at a proxy, which says so: figures are for the inside.
    const fromOutside = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
    if (!input.metrics || fromOutside !== undefined) return sendMissing({ app, request, reply });
    return reply.type(input.metrics.contentType).send(await input.metrics.render());
  });
}
