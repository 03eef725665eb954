import type { Db } from '../connect.ts';
import { join, rows, sql } from '../sql.ts';
import { actionOf, INSIDE, meant, NEAR, newestWarnings, policyRows, type AudienceQuestion } from './audience.ts';

/** Which users of an audience a list shows. */
export interface AudienceFilter {
  segment?: string | undefined;
  /** Id of an action; null: no action holds. */
  action?: string | null | undefined;
  /** `treated`: inside or in the exploration band; `outside`: an action holds, and the score is in neither. */
  score?: 'inside' | 'exploring' | 'treated' | 'outside' | undefined;
  /** In an entry whose window or re-entry gap is not over. */
  entered?: boolean | undefined;
  /** Among the reasons of the warning. */
  reason?: string | undefined;
}

/** A user of an audience with the warning that counts. */
export interface AudienceUser {
  userNo: number;
  userId: string;
  segment: string;
  score: number;
  reasons: string[];
  raisedAt: Date;
  action: string | null;
  /** By the policy of the segment and action. */
  inside: boolean;
  exploring: boolean;
  entered: boolean;
}

/** Users of an audience after a number, in order: those that `countAudience` and `countReasons` count. */
export function audienceUsersAfter(
  db: Db,
  input: AudienceFilter & { question: AudienceQuestion; afterNo: number; limit: number },
): Promise<AudienceUser[]> {
  const { question, afterNo, limit, segment, action, score, entered, reason } = input;
  const conditions = [
    action === null && sql`action is null`,
    typeof action === 'string' && sql`action = ${action}`,
    score === 'inside' && sql`inside`,
    score === 'exploring' && sql`near and not inside`,
    score === 'treated' && sql`(inside or near)`,
    score === 'outside' && sql`action is not null and not (inside or near)`,
    entered !== undefined && sql`entered = ${entered}`,
  ].filter((one) => one !== false);
  const early = [
    segment !== undefined && sql`n.segment = ${segment}`,
    reason !== undefined && sql`${reason} = any(n.reasons)`,
  ].filter((one) => one !== false);
  return rows(
    db,
    sql`with policies as materialized (${policyRows(question)})
      select user_no as "userNo", user_id as "userId", segment, score, reasons, raised_at as "raisedAt", action, inside,
        near and not inside as exploring, entered
      from (
        select a.*, coalesce(${INSIDE}, false) as inside, coalesce(${NEAR}, false) as near
        from (
          select n.user_no, u.user_id, n.segment, n.score, n.reasons, n.raised_at, ${actionOf(question)} as action,
            -- No exists: that would be answered for the whole campaign at once before the page is cut.
            coalesce((select true from entries o where o.campaign_id = ${question.campaign.campaign} and o.user_no = n.user_no
              and o.reentry_at > ${question.decisionAt} limit 1), false) as entered
          from (${newestWarnings(question, afterNo)}) n join users u on u.user_no = n.user_no
          where ${meant(question)} and ${join(early, ' and ', 'true')}) a
        left join lateral (select * from policies where action = a.action and segment in (a.segment, '*')
          order by segment = '*' limit 1) p on true) judged
      where ${join(conditions, ' and ', 'true')} order by user_no limit ${limit}`,
  );
}
