import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { join, raw, rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';
import { TASK_COLUMNS, type TaskRow, type TaskState } from './tasks.ts';

/** Where a page of tasks goes on; `due` null: among those without a due time, which come last. */
export interface TaskPosition {
  due: Date | null;
  taskNo: number;
}

/** Tasks by due time, those without one last, after a position; without a state those that are open or claimed. */
export function tasksAfter(
  db: Db,
  input: {
    state?: TaskState | undefined;
    assignee?: string | undefined;
    campaignId?: string | undefined;
    after: TaskPosition | null;
    limit: number;
  },
): Promise<TaskRow[]> {
  const { state, assignee, campaignId, after, limit } = input;
  const due = raw(`coalesce(t.due_at, 'infinity'::timestamptz)`);
  const conditions = [
    state === undefined ? raw(`t.state in ('open', 'claimed')`) : sql`t.state = ${state}`,
    assignee !== undefined && sql`t.assignee = ${assignee}`,
    campaignId !== undefined && sql`t.campaign_id = ${campaignId}`,
    after !== null &&
      sql`(${due}, t.task_no) > (${after.due?.toISOString() ?? 'infinity'}::timestamptz, ${after.taskNo}::bigint)`,
  ].filter((one) => one !== false);
  return rows(
    db,
    sql`with page as (
        select * from tasks t where ${join(conditions, ' and ')} order by ${due}, t.task_no limit ${limit})
      select ${raw(TASK_COLUMNS)} from page t join users u on u.user_no = t.user_no order by ${due}, t.task_no`,
  );
}

/** Replaces the note of a task; false where there is no such task. */
export async function noteOnTask(db: Db, input: { taskNo: number; note: string; actor: Actor }): Promise<boolean> {
  const { taskNo, note, actor } = input;
  return db.transaction(async (trx) => {
    const noted = await rows(trx, sql`update tasks set note = ${note} where task_no = ${taskNo} returning task_no`);
    if (noted.length === 0) return false;
    await recordAudit(trx, { actor, action: 'task.note', subject: `task/${taskNo}` });
    return true;
  });
}
