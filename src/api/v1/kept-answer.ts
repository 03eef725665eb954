import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Knex } from 'knex';
import { z } from 'zod';
import { keptSummaries, type Summaries } from '../../app/summaries/kept-summary.ts';
import { languageOf, speak } from './speak.ts';

const RETRY_S = 2;

/** Sent with 202 in place of the answer while it is counted. */
export const counting = z
  .object({ counting: z.literal(true) })
  .describe('large data are being counted: ask again after Retry-After seconds');

const ofDatabase = new WeakMap<Knex, Summaries>();

/**
 * Answers with what takes long to count over large data: from what is kept, with its Age in seconds, or with 202 while it is counted.
 * `key` names the question and its filters; small data are counted for every look.
 */
export async function sendKept<Shape extends z.ZodType>(
  reply: FastifyReply,
  input: { db: Knex; key: readonly unknown[]; shape: Shape; compute: () => Promise<z.input<Shape>> },
): Promise<never> {
  const { db, key, shape, compute } = input;
  const summaries = ofDatabase.get(db) ?? keptSummaries(db);
  ofDatabase.set(db, summaries);
  const kept = await summaries.ask({
    key: JSON.stringify(key),
    compute: async () => JSON.stringify(await shape.parseAsync(await compute())),
  });
  if (kept === null) return reply.code(202).header('retry-after', RETRY_S).send({ counting: true }) as never;
  return reply
    .header('age', Math.round(kept.ageMs / 1000))
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(inLanguageOf(reply.request, kept.content, shape)) as never;
}

/** Kept once for all: what is said in it is told to each reader in his language. */
function inLanguageOf(request: FastifyRequest, content: string, schema: z.ZodType): string {
  const language = languageOf(request);
  return JSON.stringify(speak(JSON.parse(content) as unknown, { schema, language }));
}
