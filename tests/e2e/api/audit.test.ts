import { expect, test } from 'vitest';
import { recordAudit } from '../../../src/db/queries/audit.ts';
import { verifyAudit } from '../../../src/app/audit-verification.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db });
const note = (action: string, subject: string, details = {}) =>
  recordAudit(db, { actor: 'cli:ann', action, subject, details });

test('lines come newest first with their hashes, narrowed by actor, action, subject and time', async () => {
  await note('wave.pause', 'wave/1', { from: 'sending', to: 'paused' });
  await note('wave.resume', 'wave/12');
  await note('campaign.apply', 'winback');
  const look = as('operator');
  const actions = async (query: string) =>
    (await look('GET', `/audit?${query}`)).body.items.map((one: { action: string }) => one.action);
  expect(await actions('actor=cli:ann')).toEqual(['campaign.apply', 'wave.resume', 'wave.pause']);
  expect(await actions('actor=cli:ann&action=wave.')).toEqual(['wave.resume', 'wave.pause']);
  expect(await actions('subject=wave/12')).toEqual(['wave.resume']);
  expect(await actions('actor=cli:ann&to=2020-01-01T00:00:00Z')).toEqual([]);
  const { body } = await look('GET', '/audit?actor=cli:ann&action=wave.p');
  expect(body.items[0]).toMatchObject({
    details: { from: 'sending', to: 'paused' },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const first = await look('GET', '/audit?actor=cli:ann&limit=1');
  const second = await look('GET', `/audit?actor=cli:ann&limit=1&cursor=${first.body.next}`);
  expect(second.body.items).toMatchObject([{ action: 'wave.resume' }]);
});

test('whoever is below operator sees who did what, without the details', async () => {
  const { body } = await as('marketer')('GET', '/audit?actor=cli:ann&action=wave.p');
  expect(body.items).toMatchObject([{ action: 'wave.pause', details: null }]);
});

test('lines that are written at once stay in one chain', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => note('test.many', `n/${n}`)));
  expect(await verifyAudit({ db })).toMatchObject({ ok: true, brokenAt: null });
  expect(await as('operator')('GET', '/audit/verification')).toMatchObject({ status: 200, body: { ok: true } });
});

test('a line that was rolled back leaves no gap', async () => {
  await db
    .transaction(async (trx) => {
      await recordAudit(trx, { actor: 'cli:ann', action: 'never', subject: 'x' });
      throw new Error('undo');
    })
    .catch(() => undefined);
  expect(await verifyAudit({ db })).toMatchObject({ ok: true });
});

test('nobody changes or takes out a line', async () => {
  await expect(db('audit_log').update({ actor: 'cli:eve' })).rejects.toThrow(/immutable/);
  await expect(db('audit_chain').delete()).rejects.toThrow(/immutable/);
});

test.each([
  ['changed', `update audit_log set actor = 'cli:eve' where audit_no = (select min(audit_no) + 2 from audit_log)`],
  ['taken out', `delete from audit_log where audit_no = (select min(audit_no) + 2 from audit_log)`],
  [
    'taken out with its hash',
    `with gone as (delete from audit_log where audit_no = (select min(audit_no) + 2 from audit_log) returning audit_no)
    delete from audit_chain c using gone where c.audit_no = gone.audit_no`,
  ],
])('a line that was %s past the guards shows', async (_, tamper) => {
  const undo = new Error('undo');
  await db
    .transaction(async (trx) => {
      await trx.raw('set local session_replication_role = replica');
      await trx.raw(tamper);
      const found = await verifyAudit({ db: trx as never });
      expect(found.ok).toBe(false);
      expect(found.brokenAt).not.toBeNull();
      throw undo;
    })
    .catch((error: unknown) => expect(error).toBe(undo));
});

test('a line that was written past the trigger shows', async () => {
  await db.transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(`insert into audit_log (actor, action, subject) values ('cli:eve', 'x', 'y')`);
  });
  expect(await verifyAudit({ db })).toMatchObject({ ok: false, sentence: expect.stringContaining('past the trigger') });
});
