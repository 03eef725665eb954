import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** The recipient of a message that asked a survey, with the definition that the message was sent under. */
export interface SurveyRecipient {
  messageNo: number;
  userNo: number;
  campaignId: string;
  version: number;
  /** When it was sent, else when it was planned for. */
  sentAt: Date;
  locale: string | null;
  answered: boolean;
}

/** Who a delivery asked; null where there is no such message, or the user has been erased. */
export async function surveyRecipient(db: Db, deliveryId: string): Promise<SurveyRecipient | null> {
  const [found] = await rows<SurveyRecipient>(
    db,
    sql`select m.message_no as "messageNo", m.user_no as "userNo", m.campaign_id as "campaignId", e.version,
        coalesce(m.accepted_at, m.submitted_at, m.planned_at) as "sentAt", u.locale,
        exists (select from survey_answers a where a.message_no = m.message_no) as answered
      from messages m join users u on u.user_no = m.user_no join entries e on e.entry_no = m.entry_no
      where m.delivery_id = ${deliveryId} and u.erased_at is null`,
  );
  return found ?? null;
}

/** Stores the answer to a message's survey; false where there is one already, which stays as it is. */
export async function storeAnswer(
  db: Db,
  answer: {
    recipient: SurveyRecipient;
    reason: string;
    comment: string | null;
    locale: string;
    actor: Actor;
    answeredAt: Date;
    countsUntil: Date;
  },
): Promise<boolean> {
  const { recipient, reason, comment, locale, actor, answeredAt, countsUntil } = answer;
  const stored = await rows(
    db,
    sql`insert into survey_answers (message_no, user_no, campaign_id, reason, comment, locale, actor, answered_at, counts_until)
      select ${recipient.messageNo}::bigint, u.user_no, ${recipient.campaignId}, ${reason}, ${comment}, ${locale}, ${actor},
        ${answeredAt}, ${countsUntil}
      from users u where u.user_no = ${recipient.userNo} and u.erased_at is null for share
      on conflict (message_no) do nothing returning answer_no`,
  );
  return stored.length > 0;
}

/** A user's answer to a survey. */
export interface AnswerRow {
  answerNo: number;
  messageNo: number;
  campaignId: string;
  reason: string;
  comment: string | null;
  answeredAt: Date;
  /** Until then the reason is among the user's churn reasons. */
  countsUntil: Date;
}

/** The answers of a user, newest first. */
export function answersOfUser(db: Db, userNo: number): Promise<AnswerRow[]> {
  return rows(
    db,
    sql`select answer_no as "answerNo", message_no as "messageNo", campaign_id as "campaignId", reason, comment,
        answered_at as "answeredAt", counts_until as "countsUntil"
      from survey_answers where user_no = ${userNo} order by answer_no desc`,
  );
}

/** Those that are among the user's churn reasons at a moment. */
export function countingAt(answers: readonly AnswerRow[], at: Date): AnswerRow[] {
  return answers.filter((answer) => answer.answeredAt <= at && answer.countsUntil > at);
}
