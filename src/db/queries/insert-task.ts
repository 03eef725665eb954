import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Stores the task of a message, once: a repeat resolves with the number of the one that is there. */
export async function insertTask(
  db: Db,
  task: { messageNo: number; title: string; body: string; dueAt: Date },
): Promise<string> {
  const [row] = await rows<{ taskNo: number }>(
    db,
    // The update changes nothing; it makes "returning" answer for the row that was there.
    sql`insert into tasks (message_no, user_no, campaign_id, kind, title, body, due_at)
      select message_no, user_no, campaign_id, kind, ${task.title}, ${task.body}, ${task.dueAt}
      from messages where message_no = ${task.messageNo}
      on conflict (message_no) do update set message_no = excluded.message_no
      returning task_no as "taskNo"`,
  );
  if (row === undefined) throw new Error('a task for a message that is not there');
  return String(row.taskNo);
}
