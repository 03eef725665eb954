import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave, hoursAfter, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const look = as('viewer');
const work = as('operator');

beforeAll(async () => {
  await aCampaign(db);
  const waveNo = await aWave(db);
  for (const [n, dueAt] of [null, hoursAfter(NOON, 2), hoursAfter(NOON, 1), hoursAfter(NOON, 1), null].entries()) {
    const { userNo, messageNo } = await aContactedUser(db, { waveNo, channel: 'task', state: 'ACCEPTED' });
    await db('tasks').insert({
      message_no: messageNo,
      user_no: userNo,
      campaign_id: 'winback',
      kind: 'account_manager',
      title: n === 0 ? '=HYPERLINK("x")' : `Call ${n}`,
      body: 'Ask why',
      due_at: dueAt,
    });
  }
});

test('tasks come by what is due first, those without a due time last, page by page', async () => {
  const numbers: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await look('GET', `/tasks?limit=2${cursor && `&cursor=${cursor}`}`);
    numbers.push(...body.items.map((one: { taskNo: number }) => one.taskNo));
    cursor = body.next;
  }
  expect(numbers).toEqual([3, 4, 2, 1, 5]);
});

test('a task is claimed, noted and done by who may, each with a line in the audit log', async () => {
  expect((await look('POST', '/tasks/1/claim', { body: {} })).status).toBe(403);
  expect(await work('POST', '/tasks/1/claim', { body: {} })).toMatchObject({
    status: 200,
    body: { state: 'claimed', assignee: 'operator' },
  });
  expect(await work('POST', '/tasks/1/note', { body: { note: 'no answer yet' } })).toMatchObject({
    body: { state: 'claimed', note: 'no answer yet' },
  });
  expect((await look('GET', '/tasks?assignee=operator')).body.items).toMatchObject([{ taskNo: 1 }]);
  expect(await work('POST', '/tasks/1/done', { body: { note: 'comes back' } })).toMatchObject({
    body: { state: 'done', note: 'comes back', closedBy: 'console:operator' },
  });
  expect(await work('POST', '/tasks/1/drop', { body: {} })).toMatchObject({
    status: 422,
    body: { detail: 'task 1 is done by operator' },
  });
  expect(await db('audit_log').where({ subject: 'task/1' }).orderBy('audit_no').pluck('action')).toEqual([
    'task.claimed',
    'task.note',
    'task.done',
  ]);
});

test('a click that comes twice claims once', async () => {
  const click = () => work('POST', '/tasks/2/claim', { body: {}, headers: { 'idempotency-key': 'click-1' } });
  expect((await click()).body).toEqual((await click()).body);
  expect(await db('audit_log').where({ subject: 'task/2' })).toHaveLength(1);
});

test('a list as CSV holds no formulas', async () => {
  const { body } = await look('GET', '/tasks?state=done', { headers: { accept: 'text/csv' } });
  expect(body.split('\r\n')[1]).toContain(`"'=HYPERLINK(""x"")"`);
});

test('a task that is not there is a 404', async () => {
  expect((await look('GET', '/tasks/999')).status).toBe(404);
  expect((await work('POST', '/tasks/999/note', { body: { note: 'x' } })).status).toBe(404);
});
