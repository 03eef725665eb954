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

const TAKEN = ['ACCEPTED', 'DELIVERED', 'BOUNCED', 'COMPLAINED'];

/** Campaigns with a survey in one of their versions, or with answers to one, in order of id, after one. */
export function surveyLines(db: Db, input: { afterId: string; limit: number }): Promise<SurveyLine[]> {
  return rows(
    db,
    sql`with asking as (
        select v.campaign_id, v.version, a.action ->> 'id' as action
        from campaign_versions v cross join lateral jsonb_array_elements(v.definition -> 'actions') as a(action)
        where a.action ->> 'kind' = 'survey'),
      counted as (
        select k.campaign_id, coalesce(sum(m.messages) filter (
            where m.state = any(${TAKEN}::text[]) and m.channel <> 'task'), 0)::int as asked
        from asking k left join waves w on w.campaign_id = k.campaign_id and w.version = k.version
          left join message_counts m on m.wave_no = w.wave_no and m.action = k.action
        group by k.campaign_id),
      said as (
        select campaign_id, sum(n)::int as answered, max(last) as last,
          json_agg(json_build_object('reason', reason, 'answered', n) order by n desc, reason) as reasons
        from (select campaign_id, reason, count(*)::int as n, max(answered_at) as last from survey_answers group by 1, 2) r
        group by campaign_id)
      select campaign_id as "campaignId", coalesce(c.asked, 0)::int as asked, coalesce(s.answered, 0)::int as answered,
        s.last as "lastAnswerAt", coalesce(s.reasons, '[]') as reasons
      from counted c full join said s using (campaign_id)
      where campaign_id > ${input.afterId} order by campaign_id limit ${input.limit}`,
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
