import type { Db } from '../../db/connect.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { storeAnswer, surveyRecipient, type SurveyRecipient } from '../../db/queries/survey-answers.ts';
import type { Survey } from '../../domain/campaign.schema.ts';
import { plainText } from '../../templates/clean.ts';
import { localePicker } from '../../templates/render.ts';
import { TEST_DELIVERY_ID } from '../../templates/recipient-urls.ts';
import { readSurveyToken } from '../../templates/tokens.ts';
import { SHIPPED_SURVEY } from './shipped-survey.ts';

/** Longest free text that is taken, in characters. */
export const MAX_COMMENT = 1000;

/** What the page behind a survey link asks, in one language. */
export interface SurveyQuestions {
  /** Of the texts. */
  locale: string;
  question: string;
  options: { reason: string; label: string }[];
  /** The question beside the free text; null: there is none. */
  comment: string | null;
}

/** The page behind a survey link. `test`: of a preview or a test send, nothing is stored. */
export interface SurveyState extends SurveyQuestions {
  status: 'open' | 'answered' | 'closed';
  test: boolean;
}

interface SurveyRequest {
  secret: string;
  token: string;
  /** Languages that the visitor's browser asks for, as its header says. */
  acceptLanguage: string | undefined;
  now: Date;
}

/** Looks at a survey without changing anything; null for a token that isn't ours, and where message or user are gone. */
export async function viewSurvey(db: Db, request: SurveyRequest): Promise<SurveyState | null> {
  return (await openSurvey(db, request))?.state ?? null;
}

/** What became of an answer; `invalid` names the field that must be mended. */
export type AnswerResult =
  | { kind: 'done'; state: SurveyState }
  | { kind: 'invalid'; field: 'reason' | 'comment'; state: SurveyState };

/**
 * Stores an answer, once per message: a second one changes nothing. From then on its reason is among the user's churn reasons,
 * for entries to come. null as in `viewSurvey`.
 */
export async function answerSurvey(
  db: Db,
  request: SurveyRequest & { reason: string; comment: string },
): Promise<AnswerResult | null> {
  const found = await openSurvey(db, request);
  if (!found) return null;
  const { state, survey, recipient } = found;
  if (state.status !== 'open') return { kind: 'done', state };
  if (!state.options.some(({ reason }) => reason === request.reason))
    return { kind: 'invalid', field: 'reason', state };
  const comment = state.comment === null ? '' : plainText(request.comment).trim();
  if ([...comment].length > MAX_COMMENT) return { kind: 'invalid', field: 'comment', state };
  if (recipient) {
    await storeAnswer(db, {
      recipient,
      reason: request.reason,
      comment: comment === '' ? null : comment,
      locale: state.locale,
      actor: 'link:survey',
      answeredAt: request.now,
      countsUntil: daysAfter(request.now, survey.reasonDays),
    });
  }
  return { kind: 'done', state: { ...state, status: 'answered' } };
}

interface OpenedSurvey {
  state: SurveyState;
  survey: Survey;
  /** null: of a test message. */
  recipient: SurveyRecipient | null;
}

async function openSurvey(db: Db, request: SurveyRequest): Promise<OpenedSurvey | null> {
  const deliveryId = readSurveyToken(request.secret, request.token);
  if (deliveryId === null) return null;
  if (deliveryId === TEST_DELIVERY_ID) {
    const questions = inLanguage(SHIPPED_SURVEY, {
      locales: SHIPPED_LOCALES,
      wanted: firstLanguage(request.acceptLanguage),
    });
    return { state: { ...questions, status: 'open', test: true }, survey: SHIPPED_SURVEY, recipient: null };
  }
  const recipient = await surveyRecipient(db, deliveryId);
  const loaded = recipient && (await loadVersion(db, recipient));
  if (!recipient || !loaded) return null;
  const { survey: own, locales: spoken } = loaded.campaign;
  const survey = own ?? SHIPPED_SURVEY;
  const closed = request.now > daysAfter(recipient.sentAt, survey.openDays);
  const status = recipient.answered ? 'answered' : closed ? 'closed' : 'open';
  const wanted = recipient.locale ?? firstLanguage(request.acceptLanguage) ?? spoken[0] ?? null;
  const questions = inLanguage(survey, { locales: own ? spoken : SHIPPED_LOCALES, wanted });
  return { state: { ...questions, status, test: false }, survey, recipient };
}

function inLanguage(survey: Survey, language: { locales: string[]; wanted: string | null }): SurveyQuestions {
  const locale = localePicker(language.locales)(language.wanted);
  const text = (texts: Record<string, string>): string => texts[locale] ?? Object.values(texts)[0] ?? '';
  return {
    locale,
    question: text(survey.question),
    options: survey.options.map(({ reason, label }) => ({ reason, label: text(label) })),
    comment: survey.comment ? text(survey.comment) : null,
  };
}

const SHIPPED_LOCALES = Object.keys(SHIPPED_SURVEY.question);

const firstLanguage = (header: string | undefined): string | null =>
  /^[a-z]{2,3}(-[\w-]+)?/i.exec(header?.trim() ?? '')?.[0] ?? null;

const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);
