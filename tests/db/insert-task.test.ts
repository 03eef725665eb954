import { expect, test } from 'vitest';
import { insertTask } from '../../src/db/queries/insert-task.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();

test('stores one task per message, however often it is asked to', async () => {
  const [message] = await db('messages')
    .insert({
      delivery_id: '00000000-0000-5000-8000-000000000001',
      wave_no: 1,
      step: 1,
      entry_no: 1,
      user_no: 7,
      campaign_id: 'vip',
      channel: 'task',
      category: 'service',
      action: 'call',
      kind: 'account_manager',
      arm: 'a',
      state: 'SUBMITTING',
      planned_at: new Date(),
      expires_at: new Date(),
    })
    .returning<{ message_no: number }[]>('message_no');
  const task = { messageNo: message?.message_no ?? 0, title: 'Call', body: 'Ask how things are', dueAt: new Date() };
  const first = await insertTask(db, task);
  expect(await insertTask(db, { ...task, title: 'Call again' })).toBe(first);
  expect(await db('tasks').select('user_no', 'kind', 'title', 'state')).toEqual([
    { user_no: 7, kind: 'account_manager', title: 'Call', state: 'open' },
  ]);
});
