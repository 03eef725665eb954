import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { told } from '../../app/languages/told.ts';
import { languageOf } from './speak.ts';

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

/** Answers with a problem as application/problem+json, in the language of who asks. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code } = problem;
  const { detail, fix, more } = inLanguage(problem, reply);
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

/** One place of a request with what is wrong there. */
interface Fault {
  path: string;
  what: string;
  fix?: string;
}

function inLanguage(
  { detail, fix, more }: Problem,
  { request }: FastifyReply,
): Pick<Problem, 'detail' | 'fix' | 'more'> {
  const language = languageOf(request);
  const faults = (more?.['errors'] ?? []) as readonly Fault[];
  const errors = faults.map((fault) => ({
    ...fault,
    what: told(fault.what, language),
    ...(fault.fix !== undefined && { fix: told(fault.fix, language) }),
  }));
  return {
    detail: detail === inOneLine(faults) ? inOneLine(errors) : told(detail, language),
    ...(fix !== undefined && { fix: told(fix, language) }),
    ...(more && { more: faults.length === 0 ? more : { ...more, errors } }),
  };
}

/** Faults of a request as its detail has them. */
export function inOneLine(faults: readonly Fault[]): string {
  return faults.map(({ path, what }) => `${path}: ${what}`).join('; ');
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
