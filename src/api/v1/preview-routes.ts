import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { previewMessage, type PreviewInput } from '../../app/campaigns/preview.ts';
import { testSend } from '../../app/campaigns/test-send.ts';
import { previewFiles } from '../../app/drafts/draft-files.ts';
import { UnreachableError } from '../../domain/failures.ts';
import { tooLargeInWords } from './draft-problems.ts';
import { PreviewPages } from './preview-pages.ts';
import { actorOf } from './principal.ts';
import { ApiProblem } from './problem.ts';
import { access, type RouteModule } from './route-module.ts';
import { campaignParams, versionParams } from './schemas/campaigns.ts';
import { preview, previewInput, testSendInput, testSendReport, versionPreviewInput } from './schemas/drafts.ts';

/** A mail can neither run script nor load anything, nor be opened as a page of its own that does. */
const MAIL_POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Messages of a campaign as somebody would get them: looked at, or sent to a few addresses. */
export const previewRoutes: RouteModule = (v1, deps) => {
  const { db, config, now } = deps;
  const pages = new PreviewPages();
  const show = async (request: FastifyRequest, wish: Omit<PreviewInput, 'now'>) => {
    const shown = await previewMessage({ db, config }, { ...wish, now: now() });
    const { content } = shown;
    const page =
      content.channel === 'email' ? `/v1/previews/${pages.keep(content.html, actorOf(request), Date.now())}` : null;
    return { ...shown, page };
  };
  v1.post(
    '/campaigns/:campaignId/draft/preview',
    {
      config: access('viewer', 'read'),
      errorHandler: tooLargeInWords(deps),
      schema: {
        summary: 'A message as a user would get it; nothing is written',
        params: campaignParams,
        body: previewInput,
        response: { 200: preview },
      },
    },
    async (request) => {
      const { texts, ...wish } = request.body;
      const campaign = await previewFiles(db, { ...request.params, texts });
      return show(request, { ...wish, campaign });
    },
  );

  v1.post(
    '/campaigns/:campaignId/versions/:version/preview',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'A message of a published version as a user would get it; nothing is written',
        params: versionParams,
        body: versionPreviewInput,
        response: { 200: preview },
      },
    },
    (request) => show(request, { ...request.body, campaign: request.params }),
  );

  v1.get(
    '/previews/:token',
    {
      config: access('viewer', 'read'),
      schema: {
        summary: 'The HTML of a previewed mail, for a sandboxed frame',
        params: z.object({ token: z.string().min(1).max(100) }),
        response: { 200: { content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const html = pages.find(request.params.token, actorOf(request), Date.now());
      if (html === undefined) throw previewGone();
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', MAIL_POLICY)
        .header('referrer-policy', 'no-referrer')
        .serializer((body: unknown) => String(body))
        .send(html);
    },
  );
  addTestSend(v1, deps);
};

const addTestSend: RouteModule = (v1, { db, config, now, openChannel }) => {
  v1.post(
    '/campaigns/:campaignId/draft/test-send',
    {
      config: access('marketer', 'campaigns:write'),
      schema: {
        summary:
          'Sends a message, marked [TEST], to at most 20 addresses of your own; no code, cap or figure is touched',
        params: campaignParams,
        body: testSendInput,
        response: { 200: testSendReport },
      },
    },
    async (request) => {
      if (!openChannel) {
        throw new UnreachableError('this server opens no channels', 'start the whole with: recallwave start');
      }
      const campaign = await previewFiles(db, request.params);
      return testSend({ db, config, openChannel }, { ...request.body, campaign, now: now(), actor: actorOf(request) });
    },
  );
};

function previewGone(): ApiProblem {
  return new ApiProblem({
    status: 404,
    code: 'preview_gone',
    detail: 'this preview is over',
    fix: 'preview the message again',
  });
}
