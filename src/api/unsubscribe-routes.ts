import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OptOutState } from '../app/unsubscribe.ts';
import { optOut, viewOptOut } from '../app/unsubscribe.ts';
import type { PublicPages } from './server.ts';
import { type Page, pageHtml } from './page.ts';
import { optOutWords, pageLanguage } from './page-words.ts';
import { sendMissing } from './plain-pages.ts';

interface TokenRoute {
  Params: { token: string };
  Body: unknown;
}

/**
 * The opt-out (RFC 8058): GET shows a page that asks, since scanners follow links; POST opts out in one step. The token is the
 * capability, so there is no cookie and nothing to forge.
 */
export function addUnsubscribeRoutes(app: FastifyInstance, pages: PublicPages): void {
  app.get<TokenRoute>('/u/:token', async (request, reply) => {
    const state = await viewOptOut(pages.db, { secret: pages.secret, token: request.params.token });
    return state ? show(state, { request, reply, pages }) : sendMissing({ app, request, reply });
  });
  app.post<TokenRoute>('/u/:token', async (request, reply) => {
    const state = await optOut(pages.db, {
      secret: pages.secret,
      token: request.params.token,
      how: isFromPage(request.body) ? 'page' : 'one_click',
    });
    return state ? show(state, { request, reply, pages }) : sendMissing({ app, request, reply });
  });
}

async function show(
  state: OptOutState,
  at: { request: FastifyRequest; reply: FastifyReply; pages: PublicPages },
): Promise<FastifyReply> {
  const language = pageLanguage(state.locale ?? at.request.headers['accept-language']);
  const company = await at.pages.companyName();
  const words = optOutWords(language, { channel: state.channel, company });
  const page: Page = state.optedOut
    ? { language, company, title: words.doneTitle, text: words.done }
    : { language, company, title: words.askTitle, text: words.ask, button: words.button };
  return at.reply.send(pageHtml({ ...page, ...(state.test && { note: words.test }) }));
}

// The page's own form says so; mail programs post List-Unsubscribe=One-Click, as a form or as multipart.
function isFromPage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'confirm' in body;
}
