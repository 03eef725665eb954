import type { Knex } from 'knex';
import { surveyAnswers, surveyLines, type SurveyAnswer, type SurveyLine } from '../../db/queries/survey-pages.ts';
import { namedCampaign } from '../named.ts';

export type { SurveyAnswer, SurveyLine } from '../../db/queries/survey-pages.ts';

/** Campaigns that ask a survey with what came of it, in order of id, after one. */
export function surveys(input: { db: Knex; afterId?: string | undefined; limit: number }): Promise<SurveyLine[]> {
  return surveyLines(input.db, { afterId: input.afterId ?? '', limit: input.limit });
}

/** Answers to a campaign's survey, newest first. Throws NotFound with names that are near. */
export async function answersTo(input: {
  db: Knex;
  campaignId: string;
  reason?: string | undefined;
  beforeNo?: number | undefined;
  limit: number;
}): Promise<SurveyAnswer[]> {
  const { db, campaignId, reason = null, beforeNo = null, limit } = input;
  await namedCampaign(db, campaignId);
  return surveyAnswers(db, { campaignId, reason, beforeNo, limit });
}
