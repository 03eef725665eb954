import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerSurvey, MAX_COMMENT, type SurveyState, viewSurvey } from '../app/surveys/answer-survey.ts';
import { escape, framedHtml, noteHtml, pageHtml } from './page.ts';
import { pageLanguage } from './page-words.ts';
import { refusesFlood, sendMissing } from './plain-pages.ts';
import type { PublicPages } from './server.ts';
import { surveyWords, type SurveyWords } from './survey-words.ts';

interface TokenRoute {
  Params: { token: string };
  Body: unknown;
}

interface At {
  request: FastifyRequest<TokenRoute>;
  reply: FastifyReply;
  pages: PublicPages;
}

/**
 * The survey behind {{surveyUrl}}: GET asks and stores nothing, since scanners follow links; POST stores the answer, once per
 * message. The token is the capability: no cookie, nothing to forge.
 */
export function addSurveyRoutes(app: FastifyInstance, pages: PublicPages): void {
  app.get<TokenRoute>('/s/:token', async (request, reply) => {
    const state = await viewSurvey(pages.db, asked({ request, reply, pages }));
    return state ? show(state, { request, reply, pages }) : sendMissing({ app, request, reply });
  });
  app.post<TokenRoute>('/s/:token', async (request, reply) => {
    if (await refusesFlood({ app, request, reply })) return reply;
    const given = { reason: field(request.body, 'reason'), comment: field(request.body, 'comment') };
    const result = await answerSurvey(pages.db, { ...asked({ request, reply, pages }), ...given });
    if (!result) return sendMissing({ app, request, reply });
    if (result.kind === 'invalid') {
      return show(result.state, { request, reply: reply.code(422), pages }, { ...given, fault: result.field });
    }
    // Seen again by GET, so that reloading the page asks nobody to send the form twice; a test's answer is not there to be seen.
    return result.state.test ? show(result.state, { request, reply, pages }) : reply.redirect(request.url, 303);
  });
}

function asked({ request, pages }: At): Parameters<typeof viewSurvey>[1] {
  const acceptLanguage = request.headers['accept-language'];
  return { secret: pages.secret, token: request.params.token, acceptLanguage, now: pages.now() };
}

/** A field of a posted form; empty where it is missing or given twice. */
function field(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}

interface Given {
  reason: string;
  comment: string;
  fault: 'reason' | 'comment';
}

async function show(state: SurveyState, at: At, given?: Given): Promise<FastifyReply> {
  const language = pageLanguage(state.locale);
  const company = await at.pages.companyName();
  const words = surveyWords(language, { company, max: MAX_COMMENT });
  const note = state.test ? { note: words.test } : {};
  const page = { language, company };
  if (state.status === 'answered') {
    return at.reply.send(pageHtml({ ...page, title: words.thanksTitle, text: words.thanks, ...note }));
  }
  if (state.status === 'closed') {
    return at.reply.send(pageHtml({ ...page, title: words.closedTitle, text: words.closed }));
  }
  return at.reply.send(
    framedHtml({ ...page, title: state.question, body: formHtml(state, words, given) + noteHtml(note.note) }),
  );
}

function formHtml(state: SurveyState, words: SurveyWords, given: Given | undefined): string {
  const fault = given && { reason: words.chooseFirst, comment: words.tooLong }[given.fault];
  const said = fault === undefined ? '' : `<p class="said" role="alert">${escape(fault)}</p>`;
  const choices = state.options.map(({ reason, label }) => {
    const checked = given?.reason === reason ? ' checked' : '';
    return `<label class="choice"><input type="radio" name="reason" value="${escape(reason)}" required${checked}><span>${escape(label)}</span></label>`;
  });
  const comment =
    state.comment === null
      ? ''
      : `<label class="text">${escape(state.comment)}<textarea name="comment" rows="4" maxlength="${MAX_COMMENT}">\n${escape(given?.comment ?? '')}</textarea></label>`;
  return `${said}<form method="post"><fieldset aria-label="${escape(state.question)}">${choices.join('')}</fieldset>${comment}<button>${escape(words.send)}</button></form>`;
}
