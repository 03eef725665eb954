import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type Preference,
  type PreferencesState,
  refuseEverything,
  savePreferences,
  viewPreferences,
} from '../app/preferences.ts';
import { escape, framedHtml, noteHtml } from './page.ts';
import { pageLanguage } from './page-words.ts';
import { refusesFlood, sendMissing } from './plain-pages.ts';
import { preferencesWords, type PreferencesWords } from './preferences-words.ts';
import type { PublicPages } from './server.ts';

interface TokenRoute {
  Params: { token: string };
  Querystring: { saved?: string };
  Body: unknown;
}

/**
 * The preferences behind {{preferencesUrl}}: GET changes nothing; POST saves what differs from what the page showed, and shows
 * what holds now. The token is the capability: no cookie, nothing to forge.
 */
export function addPreferencesRoutes(app: FastifyInstance, pages: PublicPages): void {
  app.get<TokenRoute>('/p/:token', async (request, reply) => {
    const state = await viewPreferences(pages.db, { secret: pages.secret, token: request.params.token });
    return state ? show(state, { request, reply, pages }) : sendMissing({ app, request, reply });
  });
  app.post<TokenRoute>('/p/:token', async (request, reply) => {
    if (await refusesFlood({ app, request, reply })) return reply;
    const { token } = request.params;
    const key = { secret: pages.secret, token };
    const saved = isField(request.body, 'everything')
      ? await refuseEverything(pages.db, key)
      : await savePreferences(pages.db, {
          ...key,
          shown: fields(request.body, 'shown'),
          on: fields(request.body, 'on'),
        });
    // By GET, so that reloading the page sends nothing again.
    return saved ? reply.redirect(`/p/${token}?saved=1`, 303) : sendMissing({ app, request, reply });
  });
}

function isField(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && name in body;
}

/** The values of a field that a form may have several times. */
function fields(body: unknown, name: string): string[] {
  const value = isField(body, name) ? (body as Record<string, unknown>)[name] : [];
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}

async function show(
  state: PreferencesState,
  at: { request: FastifyRequest<TokenRoute>; reply: FastifyReply; pages: PublicPages },
): Promise<FastifyReply> {
  const language = pageLanguage(state.locale ?? at.request.headers['accept-language']);
  const company = await at.pages.companyName();
  const words = preferencesWords(language, company);
  const saved =
    at.request.query.saved === undefined || state.test
      ? ''
      : `<p class="said" role="status">${escape(words.saved)}</p>`;
  const body = `${saved}<p>${escape(words.intro)}</p>${formHtml(state, words)}${noteHtml(words.transactional)}`;
  const title = words.title;
  return at.reply.send(
    framedHtml({ language, company, title, body: body + noteHtml(state.test ? words.test : undefined) }),
  );
}

function formHtml({ channels, categories }: PreferencesState, words: PreferencesWords): string {
  const shown = [...channels, ...categories]
    .filter(({ on }) => on)
    .map(({ name }) => `<input type="hidden" name="shown" value="${name}">`);
  const ways =
    channels.length === 0
      ? `<p>${escape(words.noChannel)}</p>`
      : channels.map((each) => switchHtml(each, words.names[each.name], each.blocked ? words.blocked : '')).join('');
  const subjects = categories.map((each) => switchHtml(each, words.names[each.name], words.hints[each.name])).join('');
  return `<form method="post">${shown.join('')}<fieldset><legend>${escape(words.channels)}</legend>${ways}</fieldset><fieldset><legend>${escape(words.categories)}</legend>${subjects}</fieldset><button>${escape(words.save)}</button></form><form method="post"><input type="hidden" name="everything" value="1"><button class="plain" aria-describedby="everything">${escape(words.none)}</button></form><p id="everything">${escape(words.noneHint)}</p>`;
}

function switchHtml({ name, on, blocked }: Preference<string>, label: string, hint: string): string {
  const attributes = `${on ? ' checked' : ''}${blocked ? ' disabled' : ''}`;
  const below = hint === '' ? '' : `<span>${escape(hint)}</span>`;
  return `<label class="choice"><input type="checkbox" name="on" value="${name}"${attributes}><span>${escape(label)}${below}</span></label>`;
}
