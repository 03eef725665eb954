import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { RecallwaveError, UnreachableError, type FailureType } from '../../domain/failures.ts';
import { ApiProblem, inOneLine, sendProblem, type Problem } from './problem.ts';

const STATUS: Record<FailureType, number> = {
  NotFound: 404,
  BadInput: 422,
  CampaignInvalid: 422,
  WaveRefused: 409,
  ProviderStopped: 409,
};

const CODE: Record<FailureType, string> = {
  NotFound: 'not_found',
  BadInput: 'input_invalid',
  CampaignInvalid: 'campaign_invalid',
  WaveRefused: 'wave_refused',
  ProviderStopped: 'provider_stopped',
};

/** The problem of an error that a route threw; null for one that nobody expected. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof ApiProblem) return error.problem;
  if (error instanceof RecallwaveError) {
    return {
      status: STATUS[error.type],
      code: CODE[error.type],
      detail: error.message,
      ...(error.fix !== undefined && { fix: error.fix }),
    };
  }
  if (error instanceof UnreachableError || isLostDatabase(error)) {
    const detail = error instanceof UnreachableError ? error.message : 'the database does not answer';
    const fix = error instanceof UnreachableError ? error.fix : 'try again in a moment';
    return { status: 503, code: 'unavailable', detail, fix };
  }
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  if (isUnstorable(error)) {
    const detail = 'a text or time of the request is none that the database can hold';
    return { status: 422, code: 'input_invalid', detail, fix: 'leave out the character U+0000 and times out of range' };
  }
  return ofFastify(error as FastifyError);
}

interface InvalidRequest {
  validation: readonly { instancePath: string; message?: string; keyword?: string }[];
  validationContext?: string;
}

/** Bad parameters, query or body: each place with what is wrong. 422 for what fits the schema, but not what a schema can't say. */
function invalidRequest(error: InvalidRequest): Problem {
  const errors = error.validation.map(({ instancePath, message }) => ({
    path: `${error.validationContext ?? 'request'}${instancePath}`,
    what: message ?? 'invalid',
  }));
  const detail = inOneLine(errors);
  const wellFormed = error.validation.every(({ keyword }) => keyword === 'custom');
  if (wellFormed) return { status: 422, code: 'input_invalid', detail, more: { errors } };
  return { status: 400, code: 'request_invalid', detail, fix: 'see /v1/openapi.json', more: { errors } };
}

function ofFastify(error: FastifyError): Problem | null {
  const status = error.statusCode ?? 500;
  if (status >= 500) return null;
  if (status === 413) {
    return { status, code: 'body_too_large', detail: 'the body is too large', fix: 'send less at once' };
  }
  if (status === 415) {
    return { status, code: 'media_type', detail: 'this media type is not taken', fix: 'send application/json' };
  }
  if (status === 429) return { status, code: 'too_many_requests', detail: error.message };
  return { status, code: 'request_invalid', detail: 'the request is malformed', fix: 'see /v1/openapi.json' };
}

/**
 * The database went away (class 08 and 57P, a socket that broke), has no connection left (53300, or knex waited in vain), or lost
 * a race for a lock (40001, 40P01, 55P03): the same request may do later.
 */
function isLostDatabase(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (name === 'KnexTimeoutError') return true;
  return (
    typeof code === 'string' && /^(08|57P|53300|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)/.test(code)
  );
}

/** PostgreSQL's words for U+0000 in a text, half a surrogate pair in JSON, and times before or after all that it knows. */
function isUnstorable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && ['22021', '22P02', '22P05', '22008'].includes(code);
}

/** Answers an error as problem details; what nobody expected is logged without the request's values. */
export function answerError(
  error: unknown,
  at: {
    request: FastifyRequest;
    reply: FastifyReply;
    logger?: { error(details: object, message: string): void } | undefined;
  },
): FastifyReply {
  const problem = problemOf(error);
  if (problem?.status === 503) void at.reply.header('retry-after', 5);
  if (problem) return sendProblem(at.reply, problem);
  at.logger?.error({ err: error, route: at.request.routeOptions.url }, 'a request failed');
  return sendProblem(at.reply, {
    status: 500,
    code: 'internal',
    detail: 'something went wrong on our side; it is in the log',
    fix: 'try again; if it stays, send the operators the time of this request',
  });
}
