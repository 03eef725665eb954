import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiProblem } from './problem.ts';

/** Headers of a request that changes only what it has seen. The others pass. */
export const ifMatchHeaders = z.looseObject({
  'if-match': z
    .string()
    .max(100)
    .optional()
    .meta({ pattern: '^(W/)?"[0-9]{1,9}"$', description: 'the ETag that the change was made from' }),
});

/** The revision in If-Match. Throws a 428 without one, a 400 for one that is no ETag of a draft. */
export function ifMatch(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new ApiProblem({
      status: 428,
      code: 'if_match_missing',
      detail: 'If-Match is missing: without it a change could undo what somebody else did',
      fix: 'send the ETag of the draft that was read',
    });
  }
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new ApiProblem({
    status: 400,
    code: 'if_match_malformed',
    detail: 'If-Match is no ETag of a draft',
    fix: 'send it as it came, with its quotation marks, such as "12"',
  });
}

/** The ETag of a revision. */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}
