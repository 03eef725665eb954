import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../support/database.ts';
import { testApi } from '../../support/api-client.ts';
import { aCampaign, aContactedUser, aUser, aWarning, aWave, aWay, anEntry, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as, url, headersOf } = await testApi({ db, now: () => new Date(NOON.getTime() + 3_600_000) });
const look = as('viewer');
let waveNo = 0;

beforeAll(async () => {
  await aCampaign(db);
  await aCampaign(db, { campaign: 'other' });
  for (const day of ['2026-01-01', '2026-01-02', '2026-01-03']) {
    await aWave(db, { campaignId: 'other', localDate: day, state: 'done' });
  }
  waveNo = await aWave(db);
  await aContactedUser(db, { waveNo, state: 'ACCEPTED', user: { userId: '=cmd' } });
  const failed = await aContactedUser(db, { waveNo, state: 'FAILED', stateReason: 'mailbox_gone', channel: 'sms' });
  await db('attempts').insert({
    message_no: failed.messageNo,
    fence: 1,
    result: 'failed',
    class: 'permanent',
    evidence: '550 no such mailbox',
  });
  for (const reason of ['cap:any-day', 'cap:any-day', 'min_gap']) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, { userNo });
    const entryNo = await anEntry(db, { userNo, warningNo, waveNo });
    await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'blocked', rung: 'caps', reason });
  }
  const userNo = await aUser(db);
  const warningNo = await aWarning(db, { userNo });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, assignment: 'holdout' });
  await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'held_out', reason: 'holdout' });
  await db('events').insert({
    event_id: 'back-1',
    user_id: 'x',
    user_no: userNo,
    type: 'visit',
    occurred_at: new Date(NOON.getTime() + 60_000),
    actor: 'test',
  });
});

test('waves come newest first, page by page, each once', async () => {
  const numbers: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { status, body } = await look('GET', `/waves?limit=2${after}`);
    expect(status).toBe(200);
    numbers.push(...body.items.map((one: { waveNo: number }) => one.waveNo));
    cursor = body.next;
  }
  expect(numbers).toEqual([waveNo, waveNo - 1, waveNo - 2, waveNo - 3]);
});

test('filters narrow the list, and a cursor of other filters is refused', async () => {
  const { body } = await look('GET', '/waves?campaign=other&state=done&from=2026-01-02&to=2026-01-03&limit=1');
  expect(body.items).toMatchObject([{ localDate: '2026-01-03', campaignId: 'other' }]);
  const foreign = await look('GET', `/waves?cursor=${body.next}`);
  expect(foreign).toMatchObject({ status: 400, body: { code: 'cursor_foreign' } });
  expect(await look('GET', '/waves?campaign=nobody')).toMatchObject({ status: 404 });
  expect(await look('GET', '/waves?from=yesterday')).toMatchObject({ status: 400 });
  expect(await look('GET', '/waves?from=0000-01-01')).toMatchObject({ status: 400 });
});

test('the report has the waterfall, states, alarms and history of the wave', async () => {
  await db('alarms').insert({ wave_no: waveNo, kind: 'bounces', message: 'too many bounces' });
  const { status, body } = await look('GET', `/waves/${waveNo}`);
  expect(status).toBe(200);
  const rung = body.steps[0].waterfall.find((one: { rung: string }) => one.rung === 'caps');
  expect(rung).toEqual({
    rung: 'caps',
    reached: 5,
    passed: 2,
    stopped: [
      { reason: 'cap:any-day', users: 2 },
      { reason: 'min_gap', users: 1 },
    ],
  });
  expect(body.states).toEqual([
    { channel: 'email', state: 'ACCEPTED', messages: 1 },
    { channel: 'sms', state: 'FAILED', messages: 1 },
  ]);
  expect(body).toMatchObject({ timezone: 'UTC', alarms: [{ kind: 'bounces' }], history: [] });
  expect(await look('GET', '/waves/987654')).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('returns count who came back within the window, held-out people apart', async () => {
  const { body } = await look('GET', `/waves/${waveNo}/returns`);
  expect(body).toEqual({ contacted: 2, contactedReturned: 0, heldOut: 1, heldOutReturned: 1, windowsOpen: 3 });
});

test('behind every number of arms, channels and returns are exactly as many rows', async () => {
  const rows = async (list: string, query: Record<string, string | number>) => {
    const given = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const text = new URLSearchParams(given).toString();
    return (await look('GET', `/waves/${waveNo}/${list}?${text}`)).body.items.length;
  };
  const { body: report } = await look('GET', `/waves/${waveNo}`);
  const [{ arms, channels, unsent }] = report.steps;
  for (const { action, arm, assigned, contacted, blocked, accepted, heldOut } of arms) {
    const of = { action, arm, step: 1 };
    expect({
      assigned: await rows('ways', { ...of, drawn: 'arm' }),
      contacted: await rows('ways', { ...of, disposition: 'reached' }),
      blocked: await rows('ways', { ...of, drawn: 'arm', disposition: 'blocked' }),
      heldOut: await rows('ways', { ...of, drawn: 'held_out' }),
      accepted: await rows('messages', { ...of, fate: 'accepted' }),
    }).toEqual({ assigned, contacted, blocked, heldOut, accepted });
  }
  for (const { channel, planned, ...fates } of channels) {
    expect(await rows('messages', { channel, step: 1 })).toBe(planned);
    for (const [fate, count] of Object.entries(fates))
      expect({ fate, count: await rows('messages', { channel, step: 1, fate }) }).toEqual({ fate, count });
  }
  for (const { rung, passed } of report.steps[0].waterfall) {
    expect({ rung, passed: await rows('ways', { step: 1, past: rung }) }).toEqual({ rung, passed });
  }
  for (const { state, reason, users } of unsent) expect(await rows('messages', { state, reason })).toBe(users);
  expect(unsent).toHaveLength(1);
  const { body: returns } = await look('GET', `/waves/${waveNo}/returns`);
  expect({
    contacted: await rows('ways', { step: 1, disposition: 'reached' }),
    contactedReturned: await rows('ways', { disposition: 'reached', outcome: 'returned' }),
    heldOut: await rows('ways', { step: 1, disposition: 'held_out' }),
    heldOutReturned: await rows('ways', { disposition: 'held_out', outcome: 'returned' }),
    windowsOpen: await rows('ways', { outcome: 'window_open' }),
  }).toEqual(returns);
  expect(await look('GET', `/waves/${waveNo}/messages?fate=gone`)).toMatchObject({ status: 400 });
});

test('every number of the waterfall leads to its users', async () => {
  const caps = await look('GET', `/waves/${waveNo}/ways?rung=caps&reason=cap:any-day`);
  expect(caps.body.items).toHaveLength(2);
  expect(caps.body.items[0]).toMatchObject({ disposition: 'blocked', rung: 'caps', arm: 'mail', messageNo: null });
  const held = await look('GET', `/waves/${waveNo}/ways?rung=assignment`);
  expect(held.body.items).toMatchObject([{ disposition: 'held_out', reason: 'holdout', assignment: 'holdout' }]);
  const first = await look('GET', `/waves/${waveNo}/ways?limit=4`);
  const rest = await look('GET', `/waves/${waveNo}/ways?limit=4&cursor=${first.body.next}`);
  const users = [...first.body.items, ...rest.body.items].map((one: { userNo: number }) => one.userNo);
  expect(new Set(users).size).toBe(6);
  expect(rest.body.next).toBeNull();
  expect((await look('GET', `/waves/${waveNo}/ways?arm=nothing`)).body.items).toEqual([]);
  expect((await look('GET', `/waves/${waveNo}/ways?reason=%00`)).status).toBe(422);
});

test('a failed message shows its evidence, and its receipt the rest', async () => {
  const { body } = await look('GET', `/waves/${waveNo}/messages?state=FAILED`);
  expect(body.items).toMatchObject([
    {
      channel: 'sms',
      stateReason: 'mailbox_gone',
      lastAttempt: { evidence: '550 no such mailbox', class: 'permanent' },
    },
  ]);
  const receipt = await look('GET', `/messages/${body.items[0].messageNo}`);
  expect(receipt).toMatchObject({
    status: 200,
    body: { message: { state: 'FAILED' }, entry: { arm: 'mail' }, attempts: [{ result: 'failed' }] },
  });
  expect((await look('GET', '/messages/987654')).status).toBe(404);
});

test('a list as CSV keeps spreadsheets from computing what users typed', async () => {
  const answer = await look('GET', `/waves/${waveNo}/ways?limit=1`, { headers: { accept: 'text/csv' } });
  expect(answer.headers.get('content-type')).toContain('text/csv');
  expect(answer.headers.get('x-next-cursor')).toMatch(/\./);
  expect(answer.body).toContain("1,'=cmd,contacted,");
});

test('progress comes as events, again when something moved, and ends with the wave', async () => {
  const response = await fetch(`${url}/v1/waves/${waveNo}/progress`, { headers: await headersOf('viewer') });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
  })();
  await expect.poll(() => text).toContain('event: progress');
  await db('waves').where({ wave_no: waveNo }).update({ state: 'done' });
  await reading;
  const events = text.split('\n\n').filter((one) => one.startsWith('event: progress'));
  expect(events).toHaveLength(2);
  const last = JSON.parse(events[1]?.split('data: ')[1] ?? '{}');
  expect(last).toMatchObject({ over: true, wave: { state: 'done' }, steps: [{ audience: 6, notPlanned: 0 }] });
  expect(text).toMatch(/event: over\ndata: \{\}\n\n$/);
  expect((await look('GET', '/waves/987654/progress')).status).toBe(404);
});
