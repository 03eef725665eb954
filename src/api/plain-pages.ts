import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pageHtml } from './page.ts';
import { PLAIN_WORDS, pageLanguage } from './page-words.ts';

interface At {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** 404 that says nothing about why; 429 after too many. */
export async function sendMissing(at: At & { app: FastifyInstance }): Promise<FastifyReply> {
  const verdict = await at.app.guessLimit(at.request);
  const language = languageOf(at.request);
  const words = PLAIN_WORDS[language];
  if (!verdict.isAllowed && verdict.isExceeded) {
    return at.reply
      .code(429)
      .header('retry-after', verdict.ttlInSeconds)
      .send(pageHtml({ language, title: words.busyTitle, text: words.busy }));
  }
  return at.reply.code(404).send(pageHtml({ language, title: words.missingTitle, text: words.missing }));
}

/** 429 where a form is posted more often than a person can; true where that was said. */
export async function refusesFlood(at: At & { app: FastifyInstance }): Promise<boolean> {
  const verdict = await at.app.formLimit(at.request);
  if (verdict.isAllowed || !verdict.isExceeded) return false;
  const language = languageOf(at.request);
  const words = PLAIN_WORDS[language];
  void at.reply
    .code(429)
    .header('retry-after', verdict.ttlInSeconds)
    .send(pageHtml({ language, title: words.busyTitle, text: words.busy }));
  return true;
}

/** 5xx or 4xx page of a request that failed; mail programs try a one-click opt-out again on 503. */
export function sendFailure(at: At & { status: number }): FastifyReply {
  const language = languageOf(at.request);
  const words = PLAIN_WORDS[language];
  return at.reply.code(at.status).send(pageHtml({ language, title: words.failedTitle, text: words.failed }));
}

function languageOf(request: FastifyRequest): 'zh-CN' | 'en' {
  return pageLanguage(request.headers['accept-language']);
}

/** Options of the limiter of guesses, by address; valid tokens are never limited: see server.ts. */
export function guessLimitOptions(max: number): { max: number; timeWindow: number } {
  return { max, timeWindow: 60_000 };
}

/** Options of the limiter behind `refusesFlood`: by link, since a mobile network's people share an address. */
export const formLimitOptions = {
  max: 20,
  timeWindow: 60_000,
  keyGenerator: (request: FastifyRequest): string => request.url,
};

declare module 'fastify' {
  interface FastifyInstance {
    guessLimit: ReturnType<FastifyInstance['createRateLimit']>;
    formLimit: ReturnType<FastifyInstance['createRateLimit']>;
  }
}
