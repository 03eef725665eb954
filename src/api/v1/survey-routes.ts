import { z } from 'zod';
import { answersTo, surveys, type SurveyAnswer, type SurveyLine } from '../../app/surveys/survey-lists.ts';
import { sendCsv, wantsCsv, type CsvColumns } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { access, type RouteModule } from './route-module.ts';
import { answerFilter, survey, surveyAnswer } from './schemas/surveys.ts';
import { campaignId } from './schemas/waves.ts';

const READ = { ...access('viewer', 'read'), alsoCsv: true } as const;

const SURVEYS: CsvColumns<SurveyLine> = [
  ['campaign', (row) => row.campaignId],
  ['asked', (row) => row.asked],
  ['answered', (row) => row.answered],
  ['last_answer_at', (row) => row.lastAnswerAt],
  ['reasons', (row) => row.reasons.map(({ reason, answered }) => `${reason}=${answered}`).join('|')],
];

const ANSWERS: CsvColumns<SurveyAnswer> = [
  ['answer_no', (row) => row.answerNo],
  ['user_id', (row) => row.userId],
  ['message_no', (row) => row.messageNo],
  ['wave_no', (row) => row.waveNo],
  ['reason', (row) => row.reason],
  ['comment', (row) => row.comment],
  ['locale', (row) => row.locale],
  ['answered_at', (row) => row.answeredAt],
];

/** What users answered when they were asked why. */
export const surveyRoutes: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/surveys',
    {
      config: READ,
      schema: {
        summary: 'Campaigns that ask a survey, with how many were asked and what they answered; also as text/csv',
        querystring: pageQuery,
        response: { 200: pageOf(survey) },
      },
    },
    async (request, reply) => {
      const { cursor, limit } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'surveys' };
      const afterId = readCursor(key, cursor, z.tuple([z.string()]))?.[0];
      const found = await surveys({ db, afterId, limit: limit + 1 });
      const page = cutPage(found, { key, limit, position: (row) => [row.campaignId], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, SURVEYS) : page;
    },
  );

  v1.get(
    '/surveys/:campaignId/answers',
    {
      config: READ,
      schema: {
        summary: 'The answers to a campaign, newest first; also as text/csv',
        params: z.object({ campaignId }),
        querystring: pageQuery.extend(answerFilter.shape),
        response: { 200: pageOf(surveyAnswer) },
      },
    },
    async (request, reply) => {
      const { campaignId: campaign } = request.params;
      const { cursor, limit, reason } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'answers', filters: { campaign, reason } };
      const beforeNo = readCursor(key, cursor, z.tuple([z.int()]))?.[0];
      const found = await answersTo({ db, campaignId: campaign, reason, beforeNo, limit: limit + 1 });
      const page = cutPage(found, { key, limit, position: (row) => [row.answerNo], item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, ANSWERS) : page;
    },
  );
};
