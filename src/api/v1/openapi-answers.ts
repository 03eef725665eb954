import { z } from 'zod';
import { problemSchema } from './problem.ts';

/** Answers that every route with access may give besides its own. */
const PROBLEMS = {
  400: 'what was sent is malformed',
  401: 'nobody is logged in and no valid key was sent',
  403: 'role, scope or X-CSRF-Token is missing',
  404: 'there is no such thing',
  405: 'this address does not take this method; Allow names those that it takes',
  409: 'its state does not allow it, or a request with this Idempotency-Key still runs',
  413: 'the body is too large',
  415: 'this media type is not taken',
  422: 'what was sent is well formed but wrong',
  429: 'too many requests; wait as long as Retry-After says',
  500: 'a failure on our side',
  503: 'database or Temporal do not answer; try again later',
} as const;

/** Answers of routes that change only what the caller has seen (If-Match). */
const GUARDED_PROBLEMS = { 428: 'If-Match is missing' } as const;

const { $schema: _, ...problem } = z.toJSONSchema(problemSchema, { target: 'draft-2020-12' });

/** Problem details, for the components of the document. */
export const PROBLEM = problem;

const PROBLEM_TYPE = 'application/problem+json';
const PROBLEM_REF = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };

/** A response in OpenAPI as @fastify/swagger takes it: a schema of JSON, or a description with content. */
type Answer = { description?: string; content?: Record<string, unknown> };
type Answers = Record<string, Answer>;

/** What a route answers: its own answers with their media types, and the problems that any route may give. */
export function answersOf(own: Answers, route: { guarded: boolean; ifMatch: boolean; alsoCsv: boolean }): Answers {
  const texts = { ...PROBLEMS, ...(route.ifMatch && GUARDED_PROBLEMS) };
  const known = Object.entries(texts)
    .filter(([status]) => route.guarded || status !== '403')
    .map(([status, description]) => [status, { description, content: PROBLEM_REF }] as const);
  const described = Object.entries(own).map(([status, answer]) => [status, withMedia(status, answer, route)] as const);
  return Object.fromEntries([...known, ...described]);
}

function withMedia(status: string, answer: Answer, { alsoCsv }: { alsoCsv: boolean }): Answer {
  if (answer.content !== undefined) return { description: 'the answer', ...answer };
  const description = answer.description ?? 'the answer';
  // Problems that say more than others, such as the other's text of a draft.
  if (Number(status) >= 400) return { description, content: { [PROBLEM_TYPE]: { schema: answer } } };
  if (!alsoCsv) return answer;
  const csv = { schema: { type: 'string', description: 'RFC 4180; the next page by the header x-next-cursor' } };
  return { description, content: { 'application/json': { schema: answer }, 'text/csv': csv } };
}
