import { z } from 'zod';
import { inboxMessage as messageOf, listInbox, type ReceivedMessage } from '../../app/inbox/inbox-list.ts';
import { linksOfHtml, linksOfText, lockedHtml } from '../../app/inbox/mail-document.ts';
import { cutPage, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { ApiProblem } from './problem.ts';
import { access, type RouteModule } from './route-module.ts';
import { inboxChannel, inboxFilter, inboxMessage, inboxPage } from './schemas/inbox.ts';

const READ = access('viewer', 'read');
const id = z.string().min(1).max(100);

/** The one document whose own style attributes count: it runs nothing, loads nothing, and leads nowhere. */
const MAIL_POLICY = [
  'sandbox',
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** What the local stand-ins received: messages that stayed here. */
export const inboxRoutes: RouteModule = (v1, deps) => {
  const { config } = deps;
  const folder = (): string => config.standIns.folder;
  v1.get(
    '/inbox',
    {
      config: READ,
      schema: {
        summary: 'What the local stand-ins received, newest first',
        querystring: pageQuery.extend(inboxFilter.shape),
        response: { 200: inboxPage },
      },
    },
    async (request) => {
      const { cursor, limit, channel, to } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'inbox', filters: { channel, to } };
      const at = readCursor(key, cursor, z.tuple([z.string(), z.int()]));
      if (config.live) return { standIns: false, items: [], next: null };
      const after = at === undefined ? null : { at: at[0], shown: at[1] };
      const found = await listInbox({ folder: folder(), channel, to, after, limit: limit + 1 });
      const position = ({ message }: ReceivedMessage): [string, number] => {
        const alike = found.slice(0, limit).filter((one) => one.message.at === message.at).length;
        return [message.at, alike + (after?.at === message.at ? after.shown : 0)];
      };
      return { standIns: true, ...cutPage(found, { key, limit, position, item: lineOf }) };
    },
  );

  v1.get(
    '/inbox/:channel/:id',
    {
      config: READ,
      schema: { params: z.object({ channel: inboxChannel, id }), response: { 200: inboxMessage } },
    },
    async (request) => wholeMessage(await messageOf({ folder: folder(), ...request.params })),
  );

  v1.get(
    '/inbox/mail/:id/body',
    {
      config: READ,
      schema: {
        summary: 'The HTML of an e-mail as a document of its own: no script, nothing from outside',
        params: z.object({ id }),
        response: { 200: { content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { mail } = await messageOf({ folder: folder(), channel: 'email', id: request.params.id });
      if (mail === null || mail.html === '') {
        throw new ApiProblem({
          status: 404,
          code: 'not_found',
          detail: 'this e-mail has no HTML',
          fix: 'read its text',
        });
      }
      return reply
        .type('text/html; charset=utf-8')
        .serializer((body: unknown) => String(body))
        .header('content-security-policy', MAIL_POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('referrer-policy', 'no-referrer')
        .send(lockedHtml(mail.html));
    },
  );
};

function lineOf({ id: own, message, mail }: ReceivedMessage): z.infer<typeof inboxPage>['items'][number] {
  const { at, channel, deliveryId, to } = message;
  return { id: own, at, channel, deliveryId, to, title: mail?.subject ?? message.title ?? message.text ?? '' };
}

function wholeMessage({ id: own, message, mail }: ReceivedMessage): z.infer<typeof inboxMessage> {
  const { at, channel, deliveryId, to } = message;
  const text = mail?.text ?? message.text ?? null;
  const html = mail?.html ?? '';
  return {
    id: own,
    at,
    channel,
    deliveryId,
    from: mail?.from ?? null,
    to: mail?.to ?? to,
    title: mail?.subject ?? message.title ?? null,
    text,
    url: message.url ?? null,
    hasHtml: html !== '',
    links: html === '' ? linksOfText(text ?? '') : linksOfHtml(html),
    headers: mail?.headers ?? [],
    source: message.source ?? null,
  };
}
