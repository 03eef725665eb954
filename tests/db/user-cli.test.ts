import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';
import { aUser } from '../support/world.ts';

const { db, url } = await freshDatabase();
const cli = (...args: string[]) => runCli(url, ...args);

test('a user is exported as JSON and erased only with the id typed once more', async () => {
  const userNo = await aUser(db, { userId: 'ann', email: 'ann@example.test' });
  const exported = await cli('user', 'export', 'ann');
  expect(JSON.parse(exported.out)).toMatchObject({
    format: 'recallwave.user/1',
    user: { email: 'ann@example.test' },
  });
  const wrong = await cli('user', 'erase', 'ann', '--confirm', 'anna', '--reason', 'asked');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('nothing was erased');
  const erased = await cli('user', 'erase', 'ann', '--confirm', 'ann', '--reason', 'asked');
  expect(erased.out).toContain(`user_no ${userNo} is all that is left`);
  expect(await db('users').where({ user_no: userNo }).first('user_id', 'email')).toEqual({
    user_id: `erased:${userNo}`,
    email: null,
  });
});

test('the audit log says whether it is as it was written', async () => {
  const whole = await cli('audit', 'verify');
  expect(whole.code).toBe(0);
  expect(whole.out).toContain('as they were written');
  await db.transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica');
    await trx('audit_log').update({ actor: 'cli:eve' });
  });
  const broken = await cli('audit', 'verify');
  expect(broken.code).toBe(1);
  expect(broken.out).toContain('does not fit its hash');
});
