import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Knex } from 'knex';
import { EventIntake, IntakeBusy, isAboutData } from '../../app/events/event-intake.ts';
import { readEventLines } from '../../app/events/read-events.ts';
import { authoriser } from './authorise.ts';
import { EVENT_TYPES, eventLines } from './event-body.ts';
import { sendProblem, type Problem } from './problem.ts';

/** Events per request, and bytes of its body. */
const MOST_EVENTS = 10_000;
const BODY_LIMIT = 16 * 1024 * 1024;
/** Requests per minute and key, counted per process. */
const REQUESTS_PER_MINUTE = 6_000;

/** What the route of events needs. */
export interface EventRouteInput {
  db: Knex;
  /** Absent: 6,000. */
  requestsPerMinute?: number | undefined;
  logger?: { error(details: object, message: string): void } | undefined;
}

/** Adds POST /v1/events, in a scope of its own: its bodies are lines. Failures of whole requests are problem details (RFC 9457). */
export async function addEventRoutes(v1: FastifyInstance, input: EventRouteInput): Promise<void> {
  await v1.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(EVENT_TYPES, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.decorateRequest('apiKey', null);
    scope.setErrorHandler((error: FastifyError, request, reply) => answerError(error, { request, reply, input }));
    addEventRoute(scope, input);
  });
}

function addEventRoute(v1: FastifyInstance, { db, requestsPerMinute = REQUESTS_PER_MINUTE }: EventRouteInput): void {
  const intake = new EventIntake(db);
  const onRequest = authoriser(v1, { db, scope: 'events:write', requestsPerMinute });
  v1.post<{ Body: Buffer | undefined }>('/events', { bodyLimit: BODY_LIMIT, onRequest }, async (request, reply) => {
    const body = eventLines(request.body ?? Buffer.alloc(0), request.headers['content-type'] ?? '');
    if ('problem' in body) return sendProblem(reply, body.problem);
    const batch = readEventLines(body.lines, MOST_EVENTS);
    if (batch === null) return sendProblem(reply, tooMany);
    const { events, faults } = batch;
    if (events.length === 0) return sendProblem(reply, { ...noGoodLine, more: { faults } });
    const actor = `api:${request.apiKey?.name}`;
    const taken = await intake.take(events.map(({ values }) => ({ values, actor })));
    const received = events.length + faults.length;
    return reply
      .code(200)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ received, ...taken, rejected: faults.length, faults }));
  });
}

const tooMany: Problem = {
  status: 413,
  code: 'too_many_events',
  detail: `more than ${MOST_EVENTS} events in one request; none was stored`,
  fix: 'send them in several requests',
};

const noGoodLine: Problem = {
  status: 400,
  code: 'no_event_valid',
  detail: 'no line holds a valid event; none was stored',
  fix: 'mend the lines that faults names',
};

interface At {
  request: FastifyRequest;
  reply: FastifyReply;
  input: EventRouteInput;
}

function answerError(error: FastifyError, { request, reply, input }: At): FastifyReply {
  const status = error.statusCode ?? 503;
  if (status === 415) {
    const fix = `send JSON lines as ${EVENT_TYPES[0]}, or an array as application/json`;
    return sendProblem(reply, { status, code: 'media_type', detail: 'this media type is not taken', fix });
  }
  if (status === 413) {
    const detail = `the body is larger than ${BODY_LIMIT / 1024 / 1024} MiB; nothing was stored`;
    return sendProblem(reply, { status, code: 'body_too_large', detail, fix: 'send fewer events per request' });
  }
  if (status < 500) return sendProblem(reply, { status, code: 'request_invalid', detail: 'the request is malformed' });
  if (error instanceof IntakeBusy) return unavailable(reply, { seconds: 1, detail: 'too many events are waiting' });
  input.logger?.error({ err: error, route: request.routeOptions.url }, 'events were not stored');
  if (isAboutData(error)) {
    const detail = 'the database refused a value of this request; none of its events was stored';
    return sendProblem(reply, {
      status: 400,
      code: 'value_refused',
      detail,
      fix: 'send the events one by one to find it',
    });
  }
  return unavailable(reply, { seconds: 5, detail: 'the database does not answer' });
}

function unavailable(reply: FastifyReply, { seconds, detail }: { seconds: number; detail: string }): FastifyReply {
  void reply.header('retry-after', seconds);
  const fix = 'send the same request again later: events that were stored already are not stored twice';
  return sendProblem(reply, { status: 503, code: 'unavailable', detail, fix });
}
