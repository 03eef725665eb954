import { beforeEach, expect, test } from 'vitest';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import type { OpenWaveResult } from '../../src/activities/contract.ts';
import { setCampaignState } from '../../src/db/queries/campaigns.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aUser, aWarning, NOON } from '../support/world.ts';
import { DAY } from '../support/world-clock.ts';

const { db } = await freshDatabase();
const { openWave, openStep, finishStep } = createPlanningActivities({ db });

beforeEach(async () => {
  await db.raw('truncate campaigns, users, warnings, waves cascade');
});

function opening(fields: Partial<Parameters<typeof openWave>[0]> = {}): Promise<OpenWaveResult> {
  const decisionAt = NOON.toISOString();
  return openWave({
    campaignId: 'winback',
    decisionAt,
    trigger: 'schedule',
    actor: 'test',
    workflowId: 'w1',
    ...fields,
  });
}

async function warnedUsers(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await aWarning(db, { userNo: await aUser(db), raisedAt: new Date(NOON.getTime() - 6 * DAY) });
  }
}

test('opens one wave per campaign and date: the retry goes on with it, a second trigger only finds it', async () => {
  await aCampaign(db);
  await warnedUsers(3);
  const first = await opening();
  expect(first).toMatchObject({ disposition: 'opened', audience: 3, localDate: '2026-05-20' });
  expect(await opening()).toMatchObject({ disposition: 'opened', waveNo: first.waveNo });
  expect(await opening({ workflowId: 'w2' })).toMatchObject({ disposition: 'found', waveNo: first.waveNo });
  const subject = `wave/${first.waveNo}`;
  expect(await db('audit_log').where({ subject })).toMatchObject([{ action: 'wave.open', actor: expect.any(String) }]);
  expect(await openStep({ waveNo: first.waveNo ?? 0, step: 1, decisionAt: NOON.toISOString() })).toEqual({
    shards: 1,
    channels: ['email'],
  });
});

test('two triggers at the same moment open one wave', async () => {
  await aCampaign(db);
  await warnedUsers(2);
  const results = await Promise.all(['a', 'b', 'c', 'd'].map((workflowId) => opening({ workflowId })));
  expect(results.filter((result) => result.disposition === 'opened')).toHaveLength(1);
  expect(await db('waves').count('* as n').first()).toMatchObject({ n: 1 });
});

test('a trigger that comes after its date is recorded skipped and sends nothing', async () => {
  await aCampaign(db);
  await warnedUsers(1);
  const scheduledAt = new Date(NOON.getTime() - DAY).toISOString();
  expect(await opening({ scheduledAt })).toMatchObject({
    disposition: 'skipped',
    localDate: '2026-05-19',
    waveNo: null,
  });
  expect(await db('waves').first('state', 'local_date')).toEqual({ state: 'skipped', local_date: '2026-05-19' });
  expect(await db('wave_shards').select()).toEqual([]);
});

test('dates on which no run came are recorded when the next one does', async () => {
  await aCampaign(db);
  await opening({ decisionAt: new Date(NOON.getTime() - 4 * DAY).toISOString() });
  await opening();
  const waves = await db('waves').orderBy('local_date').select('local_date', 'state');
  expect(waves).toEqual([
    { local_date: '2026-05-16', state: 'planning' },
    { local_date: '2026-05-17', state: 'skipped' },
    { local_date: '2026-05-18', state: 'skipped' },
    { local_date: '2026-05-19', state: 'skipped' },
    { local_date: '2026-05-20', state: 'planning' },
  ]);
});

test('refuses a paused campaign and an engaged kill switch, and leaves the date free', async () => {
  await aCampaign(db);
  await setCampaignState(db, { campaignId: 'winback', state: 'paused', actor: 'test' });
  expect(await opening()).toMatchObject({ disposition: 'refused', reason: 'the campaign is paused' });
  await setCampaignState(db, { campaignId: 'winback', state: 'active', actor: 'test' });
  await db('kill_switches').insert({ reason: 'test', engaged_by: 'test' });
  expect(await opening()).toMatchObject({ disposition: 'refused', reason: 'kill switch engaged' });
  await db('kill_switches').update({ released_at: db.fn.now() });
  expect(await opening()).toMatchObject({ disposition: 'opened' });
});

test('an audience above the maximum waits until a person lets it go', async () => {
  await aCampaign(db, { audience: { segments: ['shopper'], max: 2 } });
  await warnedUsers(3);
  const waiting = await opening();
  expect(waiting).toMatchObject({ disposition: 'waiting_approval', audience: 3 });
  expect(waiting.reason).toMatch(/above the campaign's maximum of 2/);
  expect(await db('alarms').first('kind', 'wave_no')).toEqual({ kind: 'waiting_approval', wave_no: waiting.waveNo });
  expect(await opening({ workflowId: 'w2' })).toMatchObject({ disposition: 'waiting_approval' });
  expect(await opening({ workflowId: 'w3', approve: true })).toMatchObject({
    disposition: 'opened',
    waveNo: waiting.waveNo,
  });
});

test('from the fourth wave on an audience above twice the 14-day median waits', async () => {
  await aCampaign(db);
  await warnedUsers(1);
  for (const days of [3, 2, 1]) {
    expect(
      await opening({ decisionAt: new Date(NOON.getTime() - days * DAY + 3_600_000 * 20).toISOString() }),
    ).toMatchObject({
      disposition: 'opened',
    });
  }
  await warnedUsers(2);
  const fourth = await opening({ decisionAt: new Date(NOON.getTime() + DAY).toISOString() });
  expect(fourth).toMatchObject({
    disposition: 'waiting_approval',
    reason: 'audience 3 is above twice the 14-day median of 1',
  });
});

test('an empty audience opens a wave without shards', async () => {
  await aCampaign(db);
  const opened = await opening();
  expect(opened).toMatchObject({ disposition: 'opened', audience: 0 });
  expect(await openStep({ waveNo: opened.waveNo ?? 0, step: 1, decisionAt: NOON.toISOString() })).toMatchObject({
    shards: 0,
  });
});

test('a step whose delivery failed leaves the wave to be run on, and raises an alarm', async () => {
  await aCampaign(db);
  await warnedUsers(1);
  const opened = await opening();
  const waveNo = opened.waveNo ?? 0;
  await db('waves').where({ wave_no: waveNo }).update({ state: 'sending' });
  expect(await finishStep({ waveNo, step: 1, moreSteps: false, failed: ['sms'] })).toEqual({ state: 'sending' });
  expect(await db('alarms').where({ wave_no: waveNo }).pluck('kind')).toEqual(['wave_failed']);
  expect(await finishStep({ waveNo, step: 1, moreSteps: false })).toEqual({ state: 'done' });
});
