import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** Problem details (RFC 9457): what is wrong with a request as a whole, and the fix. */
export interface Problem {
  status: number;
  /** For programs. */
  code: string;
  detail: string;
  fix?: string;
  /** Further members. */
  more?: Record<string, unknown>;
}

/** Answers with a problem as application/problem+json. */
export function sendProblem(reply: FastifyReply, { status, code, detail, fix, more }: Problem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: STATUS_CODES[status] ?? 'Error',
        status,
        code,
        detail,
        ...(fix !== undefined && { fix }),
        ...more,
      }),
    );
}

/** A problem to throw from a route. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/** What a problem looks like, for OpenAPI. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('for programs'),
    detail: z.string(),
    fix: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), what: z.string(), fix: z.string().optional() })).optional(),
  })
  .describe('Problem details (RFC 9457)');
