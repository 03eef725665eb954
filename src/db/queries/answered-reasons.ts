import { sql, type Sql } from '../sql.ts';

const counts = (userNo: Sql, at: Sql | Date): Sql =>
  sql`a.user_no = ${userNo} and a.answered_at <= ${at} and a.counts_until > ${at}`;

/**
 * Condition: one of `wanted` is among a user's churn reasons at a moment, which are those of the warning and those that the user
 * named in surveys. `warned` and `userNo` are columns.
 */
export function hasReason(user: { warned: Sql; userNo: Sql }, wanted: readonly string[], at: Date): Sql {
  return sql`(${user.warned} && ${[...wanted]}::text[] or exists (
    select from survey_answers a where ${counts(user.userNo, at)} and a.reason = any(${[...wanted]}::text[])))`;
}

/** The churn reasons of a user at a moment as an array: the warning's, then those named in surveys. All three are columns. */
export function allReasons(user: { warned: Sql; userNo: Sql; at: Sql }): Sql {
  const { warned, userNo, at } = user;
  return sql`(${warned} || array(
    select distinct a.reason from survey_answers a where ${counts(userNo, at)} and a.reason <> all(${warned}) order by 1))`;
}
