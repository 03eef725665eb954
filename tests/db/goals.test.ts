import { beforeAll, expect, test } from 'vitest';
import { goalProgress } from '../../src/app/goals.ts';
import type { Assignment, ChannelName, Disposition } from '../../src/domain/words.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, anEntry, aUser, aWarning, aWave, aWay } from '../support/world.ts';

const { db } = await freshDatabase();
const at = (time: string): Date => new Date(`${time}+08:00`);
// Monday 18 May 2026 begins a week; in Shanghai that is Sunday in UTC.
const ENTERED = at('2026-05-13T10:00:00');
let waveNo = 0;
let events = 0;

interface Case {
  bought: string[];
  channel?: ChannelName;
  disposition?: Disposition;
  assignment?: Assignment;
  campaignId?: string;
  type?: string;
}

/** A user of the wave of 13 May with purchases at local times of Shanghai. */
async function aBuyer({ bought, channel = 'email', ...rest }: Case): Promise<void> {
  const userNo = await aUser(db);
  const warningNo = await aWarning(db, { userNo });
  const { campaignId = 'winback', assignment = 'arm', disposition = 'contacted', type = 'purchase' } = rest;
  const entryNo = await anEntry(db, { userNo, waveNo, warningNo, assignment, openedAt: ENTERED, campaignId });
  await aWay(db, {
    waveNo,
    userNo,
    warningNo,
    entryNo,
    disposition,
    channel: disposition === 'contacted' ? channel : null,
  });
  const row = { user_id: 'x', user_no: userNo, type, actor: 'test' };
  for (const time of bought) await db('events').insert({ ...row, event_id: String(events++), occurred_at: at(time) });
}

beforeAll(async () => {
  await aCampaign(db, {
    timezone: 'Asia/Shanghai',
    goals: [
      { name: 'Buyers a week', period: 'week', target: 2 },
      { name: 'by SMS', channel: 'sms', period: 'week', target: 4 },
      { name: 'Buyers a month', period: 'month', target: 100 },
    ],
  });
  await aCampaign(db, { campaign: 'other' });
  waveNo = await aWave(db, { decisionAt: ENTERED });
  // The last minute of the first week and the first of the second: both 17 May in UTC.
  await aBuyer({ bought: ['2026-05-17T23:59:00'] });
  await aBuyer({ bought: ['2026-05-18T00:01:00'], channel: 'sms' });
  await aBuyer({ bought: ['2026-05-14T10:00:00', '2026-05-19T10:00:00'], channel: 'sms' });
  await aBuyer({ bought: ['2026-05-20T10:00:00'] });
  // None of these counts: before the entry, after the window, later than asOf, another event, held out, blocked, another campaign.
  await aBuyer({ bought: ['2026-05-13T09:00:00', '2026-05-28T10:00:00'] });
  await aBuyer({ bought: ['2026-05-22T13:00:00'] });
  await aBuyer({ bought: ['2026-05-19T10:00:00'], type: 'visit' });
  await aBuyer({ bought: ['2026-05-19T10:00:00'], assignment: 'holdout', disposition: 'held_out' });
  await aBuyer({ bought: ['2026-05-19T10:00:00'], disposition: 'blocked' });
  await aBuyer({ bought: ['2026-05-19T10:00:00'], campaignId: 'other' });
});

test('counts contacted entries once, in the local week of their first goal event, by channel where one is named', async () => {
  const [all, sms, month] = await goalProgress({ db, campaignId: 'winback', asOf: at('2026-05-21T12:00:00') });
  expect(all?.periods).toMatchObject([
    { from: '2026-05-18', to: '2026-05-24', came: 2, standing: 'reached', gone: 0.5 },
    { from: '2026-05-11', to: '2026-05-17', came: 2, standing: 'reached', gone: 1 },
  ]);
  expect(sms?.periods).toMatchObject([
    {
      came: 1,
      standing: 'behind',
      sentence: 'by SMS, 2026-05-18 to 2026-05-24: 1 of 4, 50 % of the week gone, behind',
    },
    { came: 1, standing: 'missed', sentence: 'by SMS, 2026-05-11 to 2026-05-17: 1 of 4, missed' },
  ]);
  expect(month?.periods).toMatchObject([{ from: '2026-05-01', to: '2026-05-31', came: 4, standing: 'behind' }]);
});

test('is on track where what came is the share of the target that time asks for', async () => {
  const [, sms] = await goalProgress({ db, campaignId: 'winback', asOf: at('2026-05-19T12:00:00') });
  expect(sms?.periods[0]).toMatchObject({ came: 1, standing: 'on_track' });
});

test('a campaign without entries has its present period, one without goals nothing, an unknown one an error', async () => {
  const asOf = at('2026-05-01T12:00:00');
  const [all] = await goalProgress({ db, campaignId: 'winback', asOf });
  expect(all?.periods).toMatchObject([{ from: '2026-04-27', came: 0, standing: 'behind' }]);
  expect(await goalProgress({ db, campaignId: 'other', asOf })).toEqual([]);
  await expect(goalProgress({ db, campaignId: 'nobody', asOf })).rejects.toThrow('there is no campaign nobody');
});
