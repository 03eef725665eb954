import type { Client } from '@temporalio/client';
import { afterAll, describe, expect, it } from 'vitest';
import { abortWave, pauseWave, resumeWave, wakeDeliveries, type WaveOrder } from '../../src/app/control.ts';
import { startWave, waitForWave } from '../../src/app/run-wave.ts';
import { UnreachableError } from '../../src/domain/failures.ts';
import { deliveryProgressQuery, workflowIds } from '../../src/workflows/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { devServer } from '../support/temporal.ts';
import { aCampaign, aWave } from '../support/world.ts';
import { historiesAsText, startCampaign, until } from './support/campaigns.ts';
import { FakeHouse, setRunState } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const [environment, bundle, { db }] = await Promise.all([devServer(), bundleWorkflows(), freshDatabase()]);
const { client } = environment;
const house = new FakeHouse();
const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
afterAll(() => workers.stop());

const today = (): string => new Date().toISOString().slice(0, 10);
const CANARY = 'asked for by lin.wei@private.example';

/** A wave that sends slowly, and its row in the database. */
async function slowWave(campaignId: string): Promise<{ order: WaveOrder; workflowId: string }> {
  house.add(campaignId, { users: 400, usersPerShard: 100, msPerMessage: 20, channels: ['email', 'sms'] });
  const { workflowId } = await startWave({ client, campaignId, actor: 'cli:ana', queuePrefix: 'test' });
  await until(() => house.callsOf(campaignId, 'deliverRange').length === 2);
  await aCampaign(db, { campaign: campaignId });
  const waveNo = await aWave(db, { campaignId, localDate: today() });
  await db('waves').where({ wave_no: waveNo }).update({ workflow_id: workflowId });
  const temporal = (): Promise<Client> => Promise.resolve(client);
  return { order: { db, temporal, waveNo, actor: 'cli:ana', reason: CANARY }, workflowId };
}

const accepted = (campaignId: string): number =>
  house.waveOf(campaignId).messages.filter((message) => message.accepted > 0).length;

describe('pause, resume and abort', () => {
  it('pauses what is being sent, and resumes it to the end', async () => {
    const { order, workflowId } = await slowWave('held');
    expect(await pauseWave(order)).toEqual({ state: 'paused', workflow: 'told', note: null });
    expect(await waitForWave({ client, campaignId: 'held', workflowId })).toMatchObject({ outcome: 'paused' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = accepted('held');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(accepted('held')).toBe(before);
    expect(before).toBeLessThan(400);
    house.campaigns.get('held')!.msPerMessage = 0;
    expect(await resumeWave(order)).toEqual({ state: 'running', workflow: 'told', note: null });
    const run = await waitForWave({ client, campaignId: 'held', workflowId });
    expect(run).toMatchObject({ outcome: 'finished', wave: { delivery: { email: { accepted: 200, open: 0 } } } });
    expect(house.waveOf('held').messages.every((message) => message.accepted === 1)).toBe(true);
  });

  it('aborts: what is not sent stays unsent, and the run ends', async () => {
    const { order, workflowId } = await slowWave('stopped');
    expect(await abortWave(order)).toMatchObject({ state: 'aborted', workflow: 'told' });
    expect(await waitForWave({ client, campaignId: 'stopped', workflowId })).toMatchObject({ outcome: 'aborted' });
    const states = new Set(house.waveOf('stopped').messages.map((message) => message.state));
    expect([...states].toSorted()).toEqual(['ACCEPTED', 'CANCELLED']);
    const { rows } = await db.raw(`select state from waves where wave_no = ?`, [order.waveNo]);
    expect(rows).toEqual([{ state: 'aborted' }]);
  });

  it('writes the database and says so when Temporal cannot be reached', async () => {
    const { order } = await slowWave('cut-off');
    const away = (): Promise<Client> => Promise.reject(new UnreachableError('away', 'start it'));
    const change = await pauseWave({ ...order, temporal: away });
    expect(change).toMatchObject({ state: 'paused', workflow: 'unreachable' });
    expect(change.note).toContain('the database holds the pause');
    const { rows } = await db.raw(`select state from waves where wave_no = ?`, [order.waveNo]);
    expect(rows).toEqual([{ state: 'paused' }]);
    house.campaigns.get('cut-off')!.msPerMessage = 0;
  });

  it('refuses an update that names nobody', async () => {
    house.add('anonymous', { users: 200, msPerMessage: 20 });
    const handle = await startCampaign(client, 'anonymous');
    await until(() => house.callsOf('anonymous', 'deliverRange').length > 0);
    const update = handle.executeUpdate('pause', { args: [{ actor: '', reason: '' }] });
    await expect(update).rejects.toMatchObject({ cause: { type: 'BadInput' } });
    expect(house.waveOf('anonymous').state).toBe('running');
    house.campaigns.get('anonymous')!.msPerMessage = 0;
    await handle.result();
  });

  it('stops planning under a pause and plans the rest afterwards', async () => {
    house.add('planning', {
      users: 1_200,
      usersPerShard: 100,
      onCall: async (activity) => {
        if (activity === 'planShards') await new Promise((resolve) => setTimeout(resolve, 300));
      },
    });
    const handle = await startCampaign(client, 'planning');
    await until(() => house.callsOf('planning', 'planShards').length > 0);
    await handle.executeUpdate('pause', { args: [{ actor: 'cli:ana', reason: 'wait' }] });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(house.callsOf('planning', 'planShards')).toHaveLength(2);
    await handle.executeUpdate('resume', { args: [{ actor: 'cli:ana', reason: 'go' }] });
    await handle.result();
    expect(house.callsOf('planning', 'planShards')).toHaveLength(6);
    expect(house.waveOf('planning').messages.filter((message) => message.accepted === 1)).toHaveLength(1_200);
  });

  it('wakes deliveries that wait, such as after a kill switch', async () => {
    let looks = 0;
    house.add('killed', {
      users: 10,
      onCall: (activity) => {
        if (activity !== 'findDueRanges' || looks++ > 0) return;
        setRunState(house.waveOf('killed'), { state: 'paused', actor: 'system:kill-switch', reason: '' });
      },
    });
    const handle = await startCampaign(client, 'killed');
    const delivery = client.workflow.getHandle(workflowIds.delivery('killed', today(), 1, 'email'));
    await until(() =>
      delivery.query(deliveryProgressQuery).then(
        ({ state }) => state === 'paused',
        () => false,
      ),
    );
    setRunState(house.waveOf('killed'), { state: 'running', actor: 'cli:ana', reason: '' });
    await until(async () => (await wakeDeliveries(client, 'killed')) === 1);
    expect(await handle.result()).toMatchObject({ state: 'running' });
  });

  it('keeps what people write as a reason out of Temporal; the audit log has it', async () => {
    const text = await historiesAsText(client);
    expect(text.includes('see the audit log')).toBe(true);
    expect(text.includes('lin.wei')).toBe(false);
    const { rows } = await db.raw(`select count(*)::int as n from audit_log where details ->> 'reason' = ?`, [CANARY]);
    expect(rows[0].n).toBeGreaterThanOrEqual(4);
  });
});
