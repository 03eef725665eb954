import { z } from 'zod';
import { changeTask, noteTask, taskPage, task as taskOf, type TaskRow } from '../../app/tasks.ts';
import { sendCsv, wantsCsv, type CsvColumns } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { task, taskClaim, taskClosing, taskFilter, taskNote } from './schemas/tasks.ts';
import { rowNo } from './schemas/waves.ts';

const READ = access('viewer', 'read');
const WORK = access('operator', 'users:write');
const taskParams = z.object({ taskNo: rowNo });

const COLUMNS: CsvColumns<TaskRow> = [
  ['task_no', (row) => row.taskNo],
  ['campaign', (row) => row.campaignId],
  ['user_id', (row) => row.userId],
  ['kind', (row) => row.kind],
  ['title', (row) => row.title],
  ['state', (row) => row.state],
  ['assignee', (row) => row.assignee],
  ['due_at', (row) => row.dueAt],
  ['created_at', (row) => row.createdAt],
  ['closed_at', (row) => row.closedAt],
  ['closed_by', (row) => row.closedBy],
  ['note', (row) => row.note],
];

/** The account managers' queue. */
export const taskRoutes: RouteModule = (v1, deps) => {
  const { db, config } = deps;
  v1.get(
    '/tasks',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary: 'Tasks by due time, those without one last; also as text/csv',
        querystring: pageQuery.extend(taskFilter.shape),
        response: { 200: pageOf(task) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, state, assignee, campaign } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'tasks', filters: { state, assignee, campaign } };
      const at = readCursor(key, cursor, z.tuple([z.iso.datetime().nullable(), z.int()]));
      const after = at === undefined ? null : { due: at[0] === null ? null : new Date(at[0]), taskNo: at[1] };
      const found = await taskPage({ db, state, assignee, campaignId: campaign, after, limit: limit + 1 });
      const position = (row: TaskRow): [string | null, number] => [row.dueAt?.toISOString() ?? null, row.taskNo];
      const page = cutPage(found, { key, limit, position, item: (row) => row });
      return wantsCsv(request) ? sendCsv(reply, page, COLUMNS) : page;
    },
  );

  v1.get('/tasks/:taskNo', { config: READ, schema: { params: taskParams, response: { 200: task } } }, (request) =>
    taskOf({ db, taskNo: request.params.taskNo }),
  );
  addMoves(v1, deps);
};

const addMoves: RouteModule = (v1, { db }) => {
  const answer = { params: taskParams, response: { 200: task } };
  v1.post('/tasks/:taskNo/claim', { config: WORK, schema: { ...answer, body: taskClaim } }, (request) => {
    const { assignee } = request.body;
    return changeTask({ db, taskNo: request.params.taskNo, to: 'claimed', assignee, actor: actorOf(request) });
  });
  v1.post('/tasks/:taskNo/done', { config: WORK, schema: { ...answer, body: taskClosing } }, (request) =>
    changeTask({ db, taskNo: request.params.taskNo, to: 'done', ...request.body, actor: actorOf(request) }),
  );
  v1.post('/tasks/:taskNo/drop', { config: WORK, schema: { ...answer, body: taskClosing } }, (request) =>
    changeTask({ db, taskNo: request.params.taskNo, to: 'dropped', ...request.body, actor: actorOf(request) }),
  );
  v1.post('/tasks/:taskNo/note', { config: WORK, schema: { ...answer, body: taskNote } }, (request) =>
    noteTask({ db, taskNo: request.params.taskNo, ...request.body, actor: actorOf(request) }),
  );
};
