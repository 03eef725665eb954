import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** How a campaign's survey does. */
export interface SurveyLine {
  campaignId: string;
  /** Messages of its survey actions that a provider took, tasks aside. */
  asked: number;
  answered: number;
  lastAnswerAt: Date | null;
  /** The most named first. */
  reasons: { reason: string; answered: number }[];
}

/** Campaigns that asked a survey or have answers to one, in order of id, after one. */
export function surveyLines(db: Db, input: { afterId: string; limit: number }): Promise<SurveyLine[]> {
  return rows(
    db,
    sql`select c.campaign_id as "campaignId", q.asked, coalesce(a.answered, 0)::int as answered, a.last as "lastAnswerAt",
        coalesce(a.reasons, '[]') as reasons
      from campaigns c
      cross join lateral (select count(*) filter (where m.accepted_at is not null and m.channel <> 'task')::int as asked,
          count(*)::int as planned
        from messages m where m.campaign_id = c.campaign_id and m.kind = 'survey') q
      left join lateral (
        select sum(r.n)::int as answered, max(r.last) as last,
          json_agg(json_build_object('reason', r.reason, 'answered', r.n) order by r.n desc, r.reason) as reasons
        from (select reason, count(*)::int as n, max(answered_at) as last from survey_answers
          where campaign_id = c.campaign_id group by reason) r) a on true
      where c.campaign_id > ${input.afterId} and (q.planned > 0 or a.answered > 0)
      order by c.campaign_id limit ${input.limit}`,
  );
}

/** An answer with whose it is. */
export interface SurveyAnswer {
  answerNo: number;
  /** null: the user was erased. */
  userId: string | null;
  messageNo: number;
  waveNo: number;
  reason: string;
  comment: string | null;
  locale: string;
  answeredAt: Date;
}

/** Answers to a campaign's survey, newest first, before a number; of one reason where it is given. */
export function surveyAnswers(
  db: Db,
  input: { campaignId: string; reason: string | null; beforeNo: number | null; limit: number },
): Promise<SurveyAnswer[]> {
  const { campaignId, reason, beforeNo, limit } = input;
  return rows(
    db,
    sql`select a.answer_no as "answerNo", case when u.erased_at is null then u.user_id end as "userId",
        a.message_no as "messageNo", m.wave_no as "waveNo", a.reason, a.comment, a.locale, a.answered_at as "answeredAt"
      from survey_answers a join users u on u.user_no = a.user_no join messages m on m.message_no = a.message_no
      where a.campaign_id = ${campaignId} ${reason === null ? sql`` : sql`and a.reason = ${reason}`}
        ${beforeNo === null ? sql`` : sql`and a.answer_no < ${beforeNo}`}
      order by a.answer_no desc limit ${limit}`,
  );
}
