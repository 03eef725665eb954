import { beforeEach, expect, test } from 'vitest';
import {
  acceptedLastMinute,
  foldMessageCounts,
  messageCountsOf,
  openByMinute,
  wayCountsOf,
} from '../../src/db/queries/wave-counts.ts';
import { openEntries } from '../../src/db/queries/audience.ts';
import { messagesAfter, waysAfter } from '../../src/db/queries/wave-pages.ts';
import { unknownByWave } from '../../src/db/queries/unknown.ts';
import { CHANNELS, MESSAGE_STATES } from '../../src/domain/words.ts';
import { freshDatabase } from '../support/database.ts';
import { DAY, NOON } from '../support/world-clock.ts';
import { aCampaign, aContactedUser, aUser, aWarning, aWave, aWay, anEntry } from '../support/world.ts';

const { db } = await freshDatabase();
let waveNo = 0;

beforeEach(async () => {
  await db.raw('truncate users, warnings, campaigns, waves, wave_shards, entries, ways, messages cascade');
  await aCampaign(db);
  waveNo = await aWave(db);
});

/** What the counts must say, read from the messages themselves. */
async function counted() {
  const { rows } = await db.raw(
    `select step::int as step, channel, action, arm, state, state_reason as "stateReason", count(*)::int as users
     from messages where wave_no = ? group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`,
    [waveNo],
  );
  return rows as unknown[];
}

/** The nth of some values, by a fixed rule that looks like chance. */
const pick = <T>(values: readonly T[], n: number): T => values[(n * 7919 + 13) % values.length] as T;

test('whatever moves messages, the counts say what the rows say, before and after they are summed up', async () => {
  for (let n = 0; n < 24; n++)
    await aContactedUser(db, { waveNo, channel: pick(CHANNELS, n), arm: pick(['a', 'b'], n) });
  for (let round = 0; round < 30; round++) {
    await db.raw(`update messages set state = ?, state_reason = ? where wave_no = ? and message_no % ? = 0`, [
      pick(MESSAGE_STATES, round),
      pick([null, 'min_gap', 'mailbox_gone'], round),
      waveNo,
      1 + (round % 5),
    ]);
  }
  await db.raw('delete from messages where message_no in (select message_no from messages order by 1 limit 3)');
  const truth = await counted();
  expect(truth.length).toBeGreaterThan(3);
  expect(await messageCountsOf(db, waveNo)).toEqual(truth);

  await db.raw(`update message_counts set counted_at = now() - interval '3 minutes'`);
  await db.raw(`insert into message_counts select wave_no, step, channel, action, arm, state, state_reason, due_at, x.n, counted_at
    from message_counts, lateral (values (1), (-1)) x(n), generate_series(1, 10)`);
  expect(await foldMessageCounts(db)).toBeGreaterThan(200);
  expect(await messageCountsOf(db, waveNo)).toEqual(truth);
  expect(await db('message_counts').where({ wave_no: waveNo }).count({ n: '*' }).first()).toEqual({ n: truth.length });
  expect(await foldMessageCounts(db)).toBe(0);
});

test('a change that is rolled back was never counted', async () => {
  await aContactedUser(db, { waveNo });
  const before = await messageCountsOf(db, waveNo);
  await expect(
    db.transaction(async (trx) => {
      await trx('messages').update({ state: 'FAILED' });
      throw new Error('back');
    }),
  ).rejects.toThrow('back');
  expect(await messageCountsOf(db, waveNo)).toEqual(before);
});

test('open messages are counted by the minute of their plan, also when it moves', async () => {
  const plannedAt = new Date('2026-03-02T10:00:30Z');
  await aContactedUser(db, { waveNo, plannedAt });
  const { messageNo } = await aContactedUser(db, { waveNo, plannedAt });
  await db('messages')
    .where({ message_no: messageNo })
    .update({ state: 'DEFERRED', planned_at: new Date('2026-03-02T11:30:00Z') });
  expect(await openByMinute(db, waveNo)).toEqual([
    { channel: 'email', plannedAt: new Date('2026-03-02T10:00:00Z'), messages: 1 },
    { channel: 'email', plannedAt: new Date('2026-03-02T11:30:00Z'), messages: 1 },
  ]);
  await db('messages').update({ state: 'ACCEPTED' });
  expect(await openByMinute(db, waveNo)).toEqual([]);
  expect(await acceptedLastMinute(db, waveNo)).toEqual([{ channel: 'email', perS: expect.closeTo(2, 0) }]);
  await db.raw(`update message_counts set counted_at = now() - interval '61 seconds'`);
  expect(await acceptedLastMinute(db, waveNo)).toEqual([]);
});

test('ways are counted with the draw of their entry, held-out ones too', async () => {
  await aContactedUser(db, { waveNo });
  for (const [disposition, rung, reason] of [
    ['blocked', 'caps', 'min_gap'],
    ['blocked', 'caps', 'min_gap'],
    ['held_out', null, 'holdout'],
  ] as const) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, { userNo });
    const assignment = disposition === 'held_out' ? 'holdout' : 'arm';
    const entryNo = await anEntry(db, { userNo, warningNo, waveNo, assignment });
    await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition, rung, reason });
  }
  const row = { step: 1, rung: null, reason: null, assignment: 'arm', action: 'offer', arm: 'mail', users: 1 };
  expect(await wayCountsOf(db, waveNo)).toEqual([
    { ...row, disposition: 'blocked', rung: 'caps', reason: 'min_gap', users: 2 },
    { ...row, disposition: 'contacted' },
    { ...row, disposition: 'held_out', reason: 'holdout', assignment: 'holdout' },
  ]);
  const page = (filter: object) => waysAfter(db, { waveNo, after: null, limit: 9, ...filter });
  expect(await page({ rung: 'assignment' })).toHaveLength(1);
  expect(await page({ rung: 'caps' })).toHaveLength(2);
  expect(await page({ disposition: 'blocked', reason: 'min_gap', arm: 'mail' })).toHaveLength(2);
  expect(await page({ disposition: 'blocked', arm: 'other' })).toEqual([]);
});

test('open entries are those whose window is open, of waves of ours and of recorded ones', async () => {
  const recorded = await aWave(db, { localDate: '2026-05-19' });
  await db('waves').where({ wave_no: recorded }).update({ trigger: 'recorded' });
  await aContactedUser(db, { waveNo });
  await aContactedUser(db, { waveNo });
  for (const opened of [NOON, new Date(NOON.getTime() - DAY)]) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, { userNo });
    await anEntry(db, { userNo, warningNo, waveNo: recorded, openedAt: opened });
  }
  for (const days of [1, 13.5, 15]) {
    const decisionAt = new Date(NOON.getTime() + days * DAY);
    const [truth] = (
      await db.raw('select count(*)::int as entries from entries where window_ends_at > ?', [decisionAt])
    ).rows;
    const open = await openEntries(db, { campaignId: 'winback', decisionAt });
    expect(open).toEqual(truth.entries === 0 ? [] : [{ version: 1, entries: truth.entries }]);
  }
});

test('messages in trouble are listed by state, in order, and leave the list when they leave the state', async () => {
  const numbers: number[] = [];
  for (const state of ['FAILED', 'ACCEPTED', 'FAILED', 'UNKNOWN'] as const) {
    numbers.push((await aContactedUser(db, { waveNo, state })).messageNo);
  }
  const listed = async (filter: object) =>
    (await messagesAfter(db, { waveNo, afterNo: 0, limit: 9, ...filter })).map((line) => line.messageNo);
  expect(await listed({ state: 'FAILED' })).toEqual([numbers[0], numbers[2]]);
  expect(await listed({ state: 'FAILED', afterNo: numbers[0] })).toEqual([numbers[2]]);
  expect(await listed({ state: 'FAILED', channel: 'sms' })).toEqual([]);
  expect(await unknownByWave(db, 9)).toEqual([{ waveNo, campaignId: 'winback', messages: 1 }]);
  await db('messages').where({ state: 'UNKNOWN' }).update({ state: 'ASSUMED_SENT' });
  expect(await listed({ state: 'UNKNOWN' })).toEqual([]);
  expect(await listed({ state: 'ASSUMED_SENT' })).toEqual([numbers[3]]);
  expect(await unknownByWave(db, 9)).toEqual([]);
});
