import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, applySettings, aUser, aWarning, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const { openWave, planShards } = createPlanningActivities({ db });
const decisionAt = NOON.toISOString();

beforeEach(async () => {
  await db.raw('truncate campaigns, users, warnings, waves, entries, ways, messages cascade');
  await applySettings(db, { caps: { rules: [] } });
});

async function planned(campaignId: string): Promise<number> {
  const opened = await openWave({ campaignId, decisionAt, trigger: 'manual', actor: 'test', workflowId: campaignId });
  const waveNo = opened.waveNo ?? 0;
  await new MockActivityEnvironment().run(() => planShards({ waveNo, step: 1, from: 0, to: 10, decisionAt }));
  return waveNo;
}

async function reasonOf(waveNo: number, userNo: number): Promise<string | null> {
  return (await db('ways').where({ wave_no: waveNo, user_no: userNo }).first('reason'))?.reason ?? null;
}

test('a campaign leaves users to one of higher priority that wants them today, whichever runs first', async () => {
  await aCampaign(db, {
    campaign: 'vip',
    priority: 90,
    audience: { segments: ['vip'] },
    policy: { lo: 0.6, outside: 0 },
  });
  await aCampaign(db, { campaign: 'everyone', priority: 50, audience: {} });
  const wanted = await aUser(db);
  const below = await aUser(db);
  await aWarning(db, { userNo: wanted, segment: 'vip', score: 0.9 });
  await aWarning(db, { userNo: below, segment: 'vip', score: 0.55 });

  const everyone = await planned('everyone');
  expect(await reasonOf(everyone, wanted)).toBe('priority:vip');
  expect(await reasonOf(everyone, below)).not.toBe('priority:vip');
});

test('once the other wave is planned, exactly its entries are taken', async () => {
  await aCampaign(db, { campaign: 'vip', priority: 90, audience: { segments: ['vip'] } });
  await aCampaign(db, { campaign: 'everyone', priority: 50, audience: {} });
  const taken = await aUser(db);
  const noConsent = await aUser(db, { consentEmail: false });
  await aWarning(db, { userNo: taken, segment: 'vip' });
  await aWarning(db, { userNo: noConsent, segment: 'vip' });
  await planned('vip');
  const everyone = await planned('everyone');
  expect(await reasonOf(everyone, taken)).toBe('priority:vip');
  expect(await reasonOf(everyone, noConsent)).toBe('no_consent');
});

test('equal priorities leave it to the caps', async () => {
  await aCampaign(db, { campaign: 'vip', priority: 50, audience: { segments: ['vip'] } });
  await aCampaign(db, { campaign: 'everyone', priority: 50, audience: {} });
  const userNo = await aUser(db);
  await aWarning(db, { userNo, segment: 'vip' });
  await planned('vip');
  expect(await reasonOf(await planned('everyone'), userNo)).not.toBe('priority:vip');
});
