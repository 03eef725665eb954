import type { Knex } from 'knex';
import { noteOnTask, tasksAfter, type TaskPosition } from '../db/queries/task-pages.ts';
import { findTask, listTasks, moveTask, TASK_STATES, type TaskRow, type TaskState } from '../db/queries/tasks.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';

export { TASK_STATES } from '../db/queries/tasks.ts';
export type { TaskRow, TaskState } from '../db/queries/tasks.ts';

/** Tasks by due time; without `states` those that are open or claimed. */
export function tasks(input: {
  db: Knex;
  states?: readonly TaskState[] | undefined;
  campaignId?: string | undefined;
  assignee?: string | undefined;
  limit: number;
}): Promise<TaskRow[]> {
  const { db, states = ['open', 'claimed'], ...filter } = input;
  return listTasks(db, { states, ...filter });
}

/** A page of tasks by due time, after a position; without `state` those that are open or claimed. */
export function taskPage(input: {
  db: Knex;
  state?: TaskState | undefined;
  assignee?: string | undefined;
  campaignId?: string | undefined;
  after: TaskPosition | null;
  limit: number;
}): Promise<TaskRow[]> {
  const { db, ...page } = input;
  return tasksAfter(db, page);
}

/** Replaces the note of a task, in any state. Throws NotFound. */
export async function noteTask(input: { db: Knex; taskNo: number; note: string; actor: Actor }): Promise<TaskRow> {
  const { db, ...note } = input;
  await noteOnTask(db, note);
  return task({ db, taskNo: note.taskNo });
}

/** One task with its text. Throws NotFound. */
export async function task(input: { db: Knex; taskNo: number }): Promise<TaskRow> {
  const found = await findTask(input.db, input.taskNo);
  if (found) return found;
  throw new RecallwaveError(
    'NotFound',
    `there is no task ${input.taskNo}`,
    'see the numbers with `recallwave task list`',
  );
}

const FROM: Record<Exclude<TaskState, 'open'>, readonly TaskState[]> = {
  claimed: ['open'],
  done: ['open', 'claimed'],
  dropped: ['open', 'claimed'],
};

/** Claims, finishes or drops a task. Doing it twice changes nothing; BadInput where its state does not allow it. */
export async function changeTask(input: {
  db: Knex;
  taskNo: number;
  to: Exclude<TaskState, 'open'>;
  actor: Actor;
  assignee?: string | undefined;
  note?: string | undefined;
}): Promise<TaskRow> {
  const { db, taskNo, to, actor } = input;
  const assignee = to === 'claimed' ? (input.assignee ?? actor.replace(/^\w+:/, '')) : null;
  const moved = await moveTask(db, { taskNo, from: FROM[to], to, actor, assignee, note: input.note ?? null });
  const now = await task({ db, taskNo });
  if (moved || (now.state === to && (to !== 'claimed' || now.assignee === assignee))) return now;
  const holder = now.assignee === null ? '' : ` by ${now.assignee}`;
  throw new RecallwaveError(
    'BadInput',
    `task ${taskNo} is ${now.state}${holder}`,
    `only a task that is ${FROM[to].join(' or ')} can be ${to}; the states are ${TASK_STATES.join(', ')}`,
  );
}
