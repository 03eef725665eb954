import { beforeAll, expect, test } from 'vitest';
import { importFile } from '../../../src/app/imports/import-file.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aUser, aWarning, aWave, aWay, anEntry, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const look = as('viewer');
let waveNo = 0;

beforeAll(async () => {
  await aCampaign(db);
  waveNo = await aWave(db);
  await aContactedUser(db, {
    waveNo,
    state: 'ACCEPTED',
    user: { userId: 'ann', email: 'Ann@Example.test', phone: '+15550001' },
  });
  for (let n = 0; n < 5; n++) await aUser(db, { userId: `an_${n}`, email: `an_${n}@example.test`, phone: null });
  await aUser(db, { userId: 'anX', email: 'zoe@example.test', phone: '+15559999' });
  await aUser(db, { userId: 'bob', email: 'ann-marie@example.test', phone: null });
  const userNo = await aUser(db, { userId: 'cap', email: 'cap@example.test' });
  const warningNo = await aWarning(db, { userNo });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo });
  await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'blocked', rung: 'caps', reason: 'min_gap' });
});

async function allIds(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body, status } = await look(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=2${cursor && `&cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    ids.push(...body.items.map((one: { userId: string }) => one.userId));
    cursor = body.next;
  }
  return ids;
}

test('users come in order of import, page by page, each once', async () => {
  expect(await allIds('/users')).toEqual(['ann', 'an_0', 'an_1', 'an_2', 'an_3', 'an_4', 'anX', 'bob', 'cap']);
});

test('a search finds by the beginning of id, then address, then number, each user once', async () => {
  expect(await allIds('/users?query=ann')).toEqual(['ann', 'bob']);
  expect(await allIds('/users?query=ANN@')).toEqual(['ann']);
  expect(await allIds(`/users?query=${encodeURIComponent('+1555')}`)).toEqual(['ann', 'anX']);
  expect(await allIds('/users?query=an_')).toEqual(['an_0', 'an_1', 'an_2', 'an_3', 'an_4']);
  expect(await allIds('/users?query=nobody')).toEqual([]);
});

test('a cursor of another search is refused', async () => {
  const { body } = await look('GET', '/users?query=an&limit=1');
  expect(await look('GET', `/users?query=b&cursor=${body.next}`)).toMatchObject({
    status: 400,
    body: { code: 'cursor_foreign' },
  });
});

test('viewers get lists without addresses, also as CSV; marketers get them', async () => {
  const csv = await look('GET', '/users?query=ann', { headers: { accept: 'text/csv' } });
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.body).toContain('ann');
  expect(csv.body).not.toContain('example.test');
  const shown = await as('marketer')('GET', '/users?query=ann');
  expect(shown.body.items[0]).toMatchObject({ email: 'Ann@Example.test', phone: '+15550001' });
});

test('a profile has consent with its history, suppressions, warnings and entries', async () => {
  await as('operator')('POST', '/users/ann/suppressions', { body: { channel: 'sms', reason: 'asked by phone' } });
  const { body } = await look('GET', '/users/ann');
  expect(body).toMatchObject({ userId: 'ann', erasedAt: null, warnings: [{ segment: 'shopper' }] });
  expect(body.suppressions).toEqual(
    expect.arrayContaining([expect.objectContaining({ channel: 'sms', reason: 'asked by phone', liftedAt: null })]),
  );
  expect(body.entries).toHaveLength(1);
  const lifted = await as('operator')('DELETE', '/users/ann/suppressions?channel=sms&reason=again');
  expect(lifted).toMatchObject({ status: 200, body: { lifted: 2 } });
  expect(await as('operator')('DELETE', '/users/ann/suppressions?channel=sms&reason=again')).toMatchObject({
    status: 404,
  });
});

test('contacts and non-contacts are told with the words of why', async () => {
  const got = await look('GET', '/users/ann/contacts');
  expect(got.body.items).toMatchObject([
    { disposition: 'contacted', state: 'ACCEPTED', why: expect.stringMatching(/^message \d+ by email/) },
  ]);
  const not = await look('GET', '/users/cap/contacts');
  const told = await look('GET', `/users/cap/why?wave=${waveNo}`);
  expect(not.body.items[0].why).toBe(told.body.answer);
  expect(told.body.answer).toMatch(/^not contacted/);
});

test('an unknown user is a 404 that names ids that are near', async () => {
  expect(await look('GET', '/users/annn')).toMatchObject({
    status: 404,
    body: { fix: expect.stringContaining('ann') },
  });
});

test('an export has every row about the user and leaves a line in the audit log', async () => {
  const { body, headers } = await as('operator')('GET', '/users/ann/export');
  expect(headers.get('content-disposition')).toContain('attachment');
  expect(body.user).toMatchObject({ user_id: 'ann', email: 'Ann@Example.test' });
  expect(body.held.messages).toHaveLength(1);
  expect(body.held.warnings).toHaveLength(1);
  expect(await db('audit_log').where({ action: 'user.export' }).first('actor')).toEqual({ actor: 'console:operator' });
  expect((await look('GET', '/users/ann/export')).status).toBe(403);
});

test('everything with a column about users is either exported or listed here with the reason', async () => {
  const { body } = await as('operator')('GET', '/users/ann/export');
  const { rows } = await db.raw<{ rows: { table: string }[] }>(
    `select distinct table_name as "table" from information_schema.columns
     where table_schema = 'public' and column_name in ('user_no', 'user_id') order by 1`,
  );
  // coupon_codes are under "coupons"; erasures are about people whose data are gone.
  const elsewhere = ['users', 'coupon_codes', 'erasures'];
  expect(rows.map(({ table }) => table).filter((table) => !elsewhere.includes(table) && !(table in body.held))).toEqual(
    [],
  );
});

test('erasing takes the person out of every table, cancels what is unsent, and survives a new import', async () => {
  const canary = { userId: 'canary-7f3a', email: 'canary-7f3a@example.test', phone: '+15557654321' };
  const { userNo, messageNo } = await aContactedUser(db, { waveNo, state: 'PLANNED', user: canary });
  await db('events').insert({
    event_id: 'e-1',
    user_id: canary.userId,
    user_no: userNo,
    type: 'visit',
    occurred_at: NOON,
    properties: { name: 'canary-7f3a' },
    actor: 'test',
  });
  await db('tasks').insert({
    message_no: messageNo,
    user_no: userNo,
    campaign_id: 'winback',
    kind: 'care',
    title: 'Call canary-7f3a',
    body: 'canary-7f3a',
  });
  await db('suppressions').insert({
    address: canary.email,
    channel: 'email',
    reason: 'canary-7f3a asked',
    actor: 'test',
  });
  await db('push_subscriptions').insert({ user_no: userNo, kind: 'fcm', endpoint: 'canary-7f3a', actor: 'test' });
  const erase = (confirm: string) =>
    as('admin')('POST', `/users/${canary.userId}/erasure`, { body: { confirm, reason: 'asked' } });
  expect(await erase('canary')).toMatchObject({ status: 422 });
  expect(
    (await as('operator')('POST', `/users/${canary.userId}/erasure`, { body: { confirm: canary.userId, reason: 'x' } }))
      .status,
  ).toBe(403);
  expect(await erase(canary.userId)).toMatchObject({ status: 200, body: { userNo, again: false, cancelled: 1 } });
  expect(await tablesWith('canary-7f3a')).toEqual([]);
  expect(await tablesWith('15557654321')).toEqual([]);
  expect(await db('messages').where({ message_no: messageNo }).first('state', 'state_reason', 'counted_at')).toEqual({
    state: 'CANCELLED',
    state_reason: 'erased',
    counted_at: null,
  });
  expect((await look('GET', `/users/${canary.userId}`)).status).toBe(404);
  expect((await look('GET', `/users/erased:${userNo}`)).body).toMatchObject({
    email: null,
    consentEmail: false,
    attributes: {},
  });

  const file = `user_id,email,consent_email\nnew-id,${canary.email.toUpperCase()},true\n${canary.userId},other@example.test,true\nfree,free@example.test,true\n`;
  const report = await importFile({
    db,
    kind: 'users',
    input: bytes(file),
    sourceName: 'test',
    actor: 'test',
    now: NOON,
    rejectsFile: '/tmp/recallwave-test-erasure.csv',
  });
  expect(report.warnings.join()).toContain('2 users had been erased before');
  const suppressed = await db('suppressions as s')
    .join('users as u', 'u.user_no', 's.user_no')
    .where({ 's.reason': 'erased before' })
    .orderBy('u.user_id')
    .pluck('u.user_id');
  expect(suppressed).toEqual([canary.userId, 'new-id']);
});

test('an address that another user has stays as it is, and that user is left alone', async () => {
  await aUser(db, { userId: 'pair-1', email: 'pair@example.test', phone: null });
  await aUser(db, { userId: 'pair-2', email: 'pair@example.test', phone: null });
  await db('suppressions').insert({ address: 'pair@example.test', channel: 'email', reason: 'bounce', actor: 'test' });
  await as('admin')('POST', '/users/pair-1/erasure', { body: { confirm: 'pair-1', reason: 'asked' } });
  expect(await db('suppressions').where({ address: 'pair@example.test' }).pluck('reason')).toEqual(['bounce']);
  const file = 'user_id,email,locale\npair-2,pair@example.test,en\n';
  await importFile({
    db,
    kind: 'users',
    input: bytes(file),
    sourceName: 'test',
    actor: 'test',
    now: NOON,
    rejectsFile: '/tmp/recallwave-test-erasure.csv',
  });
  expect((await look('GET', '/users/pair-2')).body.suppressions.map((one: { reason: string }) => one.reason)).toEqual([
    'bounce',
  ]);
});

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Tables with a row that holds the text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await db.raw(`select 1 from ?? t where to_jsonb(t)::text ilike ? limit 1`, [name, `%${text}%`]);
    if (hits.rowCount > 0) found.push(name);
  }
  return found;
}
