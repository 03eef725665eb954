import { z } from 'zod';
import type { Json } from './json.ts';

export const survey = z
  .object({
    campaignId: z.string(),
    asked: z.int().describe('messages of survey actions that a provider took, tasks aside'),
    answered: z.int(),
    lastAnswerAt: z.date().nullable(),
    reasons: z.array(z.object({ reason: z.string(), answered: z.int() })).describe('the most named first'),
  })
  .describe('how the survey of a campaign does');
export type Survey = Json<z.infer<typeof survey>>;

export const answerFilter = z.object({ reason: z.string().max(60).optional().describe('only this churn reason') });

export const surveyAnswer = z.object({
  answerNo: z.int(),
  userId: z.string().nullable().describe('null: the user was erased'),
  messageNo: z.int(),
  waveNo: z.int(),
  reason: z.string(),
  comment: z.string().nullable(),
  locale: z.string().describe('of the questions that were read'),
  answeredAt: z.date(),
});
export type SurveyAnswer = Json<z.infer<typeof surveyAnswer>>;
