import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

export const TASK_STATES = ['open', 'claimed', 'done', 'dropped'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A task of an account manager; title and body are about one user, for the eyes of who works on it. */
export interface TaskRow {
  taskNo: number;
  messageNo: number;
  userId: string;
  campaignId: string;
  kind: string;
  title: string;
  body: string;
  state: TaskState;
  assignee: string | null;
  note: string | null;
  dueAt: Date | null;
  createdAt: Date;
  closedAt: Date | null;
  closedBy: Actor | null;
}

/** A TaskRow over tasks t and users u. */
export const TASK_COLUMNS = `t.task_no as "taskNo", t.message_no as "messageNo", u.user_id as "userId", t.campaign_id as "campaignId",
    t.kind, t.title, t.body, t.state, t.assignee, t.note, t.due_at as "dueAt", t.created_at as "createdAt",
    t.closed_at as "closedAt", t.closed_by as "closedBy"`;

const SELECT: Sql = raw(`select ${TASK_COLUMNS} from tasks t join users u on u.user_no = t.user_no`);

/** Tasks by due time, those without one last. */
export function listTasks(
  db: Db,
  filter: {
    states: readonly TaskState[];
    campaignId?: string | undefined;
    assignee?: string | undefined;
    limit: number;
  },
): Promise<TaskRow[]> {
  return rows(
    db,
    sql`${SELECT} where t.state = any(${filter.states}::text[])
      and (${filter.campaignId ?? null}::text is null or t.campaign_id = ${filter.campaignId ?? null})
      and (${filter.assignee ?? null}::text is null or t.assignee = ${filter.assignee ?? null})
      order by t.due_at nulls last, t.task_no limit ${filter.limit}`,
  );
}

/** One task, or undefined. */
export async function findTask(db: Db, taskNo: number): Promise<TaskRow | undefined> {
  return (await rows<TaskRow>(db, sql`${SELECT} where t.task_no = ${taskNo}`))[0];
}

/** Moves a task from one of `from`; false where it isn't in any of them. The audit row is part of the same transaction. */
export async function moveTask(
  db: Db,
  move: {
    taskNo: number;
    from: readonly TaskState[];
    to: Exclude<TaskState, 'open'>;
    actor: Actor;
    assignee: string | null;
    note: string | null;
  },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const closes = move.to !== 'claimed';
    const moved = await rows(
      trx,
      sql`update tasks set state = ${move.to}, assignee = coalesce(${move.assignee}, assignee),
          note = coalesce(${move.note}, note), closed_at = case when ${closes} then now() end,
          closed_by = case when ${closes} then ${move.actor} end
        where task_no = ${move.taskNo} and state = any(${move.from}::text[]) returning task_no`,
    );
    if (moved.length === 0) return false;
    await recordAudit(trx, {
      actor: move.actor,
      action: `task.${move.to}`,
      subject: `task/${move.taskNo}`,
      details: move.assignee === null ? {} : { assignee: move.assignee },
    });
    return true;
  });
}
