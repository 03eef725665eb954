import { afterAll, describe, expect, it } from 'vitest';
import {
  backfillSchedule,
  deleteSchedule,
  describeSchedules,
  ensureSchedule,
  ensureSchedules,
  pauseSchedule,
  resumeSchedule,
  triggerSchedule,
} from '../../src/app/schedules.ts';
import { waitForWave } from '../../src/app/run-wave.ts';
import { loadVersion, type LoadedVersion } from '../../src/db/queries/campaigns.ts';
import { workflowIds } from '../../src/workflows/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { devServer } from '../support/temporal.ts';
import { aCampaign } from '../support/world.ts';
import { until } from './support/campaigns.ts';
import { FakeHouse } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const [environment, bundle, { db }] = await Promise.all([devServer(), bundleWorkflows(), freshDatabase()]);
const { client } = environment;
const house = new FakeHouse();
const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
afterAll(() => workers.stop());

const queuePrefix = 'test';
const actor = 'cli:test';
const today = (): string => new Date().toISOString().slice(0, 10);
/** A minute that is hours away, so that nothing fires while a test looks. */
const later = (): string => new Date(Date.now() + 6 * 3_600_000).toISOString().slice(11, 16);

async function aScheduled(
  campaignId: string,
  schedule: Partial<LoadedVersion['campaign']['schedule']> = {},
): Promise<LoadedVersion> {
  house.add(campaignId, { users: 20 });
  await aCampaign(db, { campaign: campaignId, schedule: { at: later(), ...schedule } });
  const loaded = await loadVersion(db, { campaignId });
  if (!loaded) throw new Error('not there');
  return loaded;
}

const described = (campaignId: string) => client.schedule.getHandle(workflowIds.schedule(campaignId)).describe();

describe('the Schedule of a campaign', () => {
  it('is created once, left alone when equal, and updated in place when the definition changed', async () => {
    const campaign = await aScheduled('spring', { at: '09:30', days: ['mon', 'fri'], catchUp: '3h' });
    expect(await ensureSchedule({ client, campaign, queuePrefix })).toBe('created');
    const { spec, policies, info } = await described('spring');
    expect(spec.timezone).toBe('UTC');
    expect(spec.calendars?.[0]).toMatchObject({
      hour: [{ start: 9, end: 9 }],
      minute: [{ start: 30, end: 30 }],
      dayOfWeek: [{ start: 'MONDAY' }, { start: 'FRIDAY' }],
    });
    expect(policies).toMatchObject({ overlap: 'ALLOW_ALL', catchupWindow: 3 * 3_600_000 });
    expect(await ensureSchedule({ client, campaign, queuePrefix })).toBe('unchanged');
    const changed = {
      ...campaign,
      campaign: { ...campaign.campaign, schedule: { ...campaign.campaign.schedule, at: '10:15' } },
    };
    expect(await ensureSchedule({ client, campaign: changed, queuePrefix })).toBe('updated');
    const after = await described('spring');
    expect(after.spec.calendars?.[0]).toMatchObject({ hour: [{ start: 10 }], minute: [{ start: 15 }] });
    expect(after.info.createdAt).toEqual(info.createdAt);
    expect(await ensureSchedule({ client, campaign: changed, queuePrefix })).toBe('unchanged');
  });

  it('starts the wave of its date, which a second trigger only finds', async () => {
    const campaign = await aScheduled('daily');
    await ensureSchedule({ client, campaign, queuePrefix });
    const first = await triggerSchedule({ client, db, campaignId: 'daily', actor });
    expect(await waitForWave({ client, campaignId: 'daily', ...first })).toMatchObject({
      outcome: 'finished',
      campaign: { disposition: 'opened', localDate: today() },
    });
    const second = await triggerSchedule({ client, db, campaignId: 'daily', actor });
    expect(second.workflowId).not.toBe(first.workflowId);
    expect(await waitForWave({ client, campaignId: 'daily', ...second })).toMatchObject({
      outcome: 'not_run',
      campaign: { disposition: 'found' },
    });
    expect(house.callsOf('daily', 'openWave')[0]).toMatchObject({ trigger: 'schedule', actor: 'system:schedule' });
    expect(house.waveOf('daily').messages.map((message) => message.accepted)).toEqual(Array(20).fill(1));
    const audits = await db('audit_log').where({ action: 'schedule.trigger', subject: 'campaign/daily', actor });
    expect(audits).toHaveLength(2);
  });

  it('makes one wave of two triggers at once', async () => {
    const campaign = await aScheduled('pair');
    await ensureSchedule({ client, campaign, queuePrefix });
    const handle = client.schedule.getHandle(workflowIds.schedule('pair'));
    await Promise.all([handle.trigger(), handle.trigger()]);
    await until(() => house.waves.find((wave) => wave.campaignId === 'pair')?.waveState === 'done');
    expect(house.waves.filter((wave) => wave.campaignId === 'pair')).toHaveLength(1);
    expect(house.callsOf('pair', 'planShards')).toHaveLength(1);
  });

  it('starts today while an earlier run still waits for its follow-up', async () => {
    const campaign = await aScheduled('overlap');
    house.add('overlap', { users: 5, followUpDays: [3] });
    await ensureSchedule({ client, campaign, queuePrefix });
    const first = await triggerSchedule({ client, db, campaignId: 'overlap', actor });
    expect(await waitForWave({ client, campaignId: 'overlap', ...first })).toMatchObject({ outcome: 'finished' });
    expect((await client.workflow.getHandle(first.workflowId).describe()).status.name).toBe('RUNNING');
    const wave = house.waveOf('overlap');
    wave.localDate = '2026-01-01'; // as if it had been yesterday's
    const second = await triggerSchedule({ client, db, campaignId: 'overlap', actor });
    await until(() => house.callsOf('overlap', 'openWave').length === 2);
    expect(second.workflowId).not.toBe(first.workflowId);
    expect(house.waves.filter((candidate) => candidate.campaignId === 'overlap')).toHaveLength(2);
  });

  it('tells the wave the time it was meant for, so that a backfill of past dates sends nothing', async () => {
    const campaign = await aScheduled('past', { at: '09:30' });
    await ensureSchedule({ client, campaign, queuePrefix });
    const day = 86_400_000;
    const from = new Date(Date.now() - 3 * day - day / 2);
    const to = new Date(Date.now() - day);
    await backfillSchedule({ client, db, campaignId: 'past', actor, from, to, now: new Date() });
    await until(() => house.callsOf('past', 'openWave').length >= 2);
    for (const call of house.callsOf('past', 'openWave')) {
      expect(String(call.scheduledAt).slice(11, 16)).toBe('09:30');
      expect(Date.parse(String(call.scheduledAt))).toBeLessThan(to.getTime());
    }
    expect(house.waves.filter((wave) => wave.campaignId === 'past')).toHaveLength(0);
  });

  it("is never backfilled ahead of the clock: today's wave keeps its hour", async () => {
    const campaign = await aScheduled('ahead');
    await ensureSchedule({ client, campaign, queuePrefix });
    const day = 86_400_000;
    const now = new Date();
    const order = { client, db, campaignId: 'ahead', actor, now };
    const from = new Date(now.getTime() - day);
    await backfillSchedule({ ...order, from, to: new Date(now.getTime() + day) });
    await until(() => house.callsOf('ahead', 'openWave').length >= 1);
    await expect(
      backfillSchedule({ ...order, from: new Date(now.getTime() + 1), to: new Date(now.getTime() + day) }),
    ).rejects.toThrow('not come yet');
    await expect(backfillSchedule({ ...order, from, to: new Date(from.getTime() - day) })).rejects.toThrow(
      'before --from',
    );
    const meant = house.callsOf('ahead', 'openWave').map((call) => Date.parse(String(call.scheduledAt)));
    expect(meant.filter((at) => at > now.getTime())).toEqual([]);
  });

  it('is paused and resumed with its campaign, and stays paused when schedules are made anew', async () => {
    const campaign = await aScheduled('resting');
    await ensureSchedule({ client, campaign, queuePrefix });
    await pauseSchedule({ client, db, campaignId: 'resting', actor, reason: 'holiday' });
    expect((await described('resting')).state.paused).toBe(true);
    expect((await loadVersion(db, { campaignId: 'resting' }))?.state).toBe('paused');
    const config = { temporal: { queuePrefix } } as Parameters<typeof ensureSchedules>[0]['config'];
    await ensureSchedules({ client, db, config });
    const [line] = await describeSchedules({ client, db, campaignId: 'resting' });
    expect(line?.state).toBe('paused');
    await resumeSchedule({ client, db, campaignId: 'resting', actor, reason: 'back' });
    expect((await described('resting')).state.paused).toBe(false);
  });

  it('goes with an archived campaign', async () => {
    const campaign = await aScheduled('old');
    await ensureSchedule({ client, campaign, queuePrefix });
    expect(await ensureSchedule({ client, campaign: { ...campaign, state: 'archived' }, queuePrefix })).toBe('deleted');
    expect(await deleteSchedule(client, 'old')).toBe(false);
  });

  it('is named as missing, and cannot be triggered, before it was made', async () => {
    await aScheduled('unmade');
    const [line] = await describeSchedules({ client, db, campaignId: 'unmade' });
    expect(line).toMatchObject({ state: 'missing', next: [], recent: [] });
    const triggered = triggerSchedule({ client, db, campaignId: 'unmade', actor });
    await expect(triggered).rejects.toMatchObject({ type: 'NotFound', message: 'there is no Schedule for unmade' });
  });
});
