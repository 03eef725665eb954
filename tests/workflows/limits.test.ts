import { afterAll, describe, expect, it } from 'vitest';
import { benchActions } from '../../bench/actions.ts';
import { WORKFLOWS, taskQueues } from '../../src/workflows/contract.ts';
import { devServer } from '../support/temporal.ts';
import { startCampaign } from './support/campaigns.ts';
import { FakeHouse } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const BLOB_BYTES = 65_536;

const narrow = await devServer({
  dynamicConfig: { 'limit.blobSize.error': String(BLOB_BYTES), 'limit.blobSize.warn': String(BLOB_BYTES / 2) },
});
const forgetful = await devServer({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': '40' } });
const bundle = await bundleWorkflows();
const house = new FakeHouse();
for (const environment of [narrow, forgetful]) {
  const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
  afterAll(() => workers.stop());
}

describe('a wave of 64,000 users', () => {
  it('passes a blob limit of 64 KiB with short histories and few actions', async () => {
    house.add('large', { users: 64_000, channels: ['email', 'sms', 'push'] });
    const handle = await startCampaign(narrow.client, 'large', { searchAttributes: true });
    await handle.result();
    expect(house.waveOf('large').messages.every((message) => message.accepted === 1)).toBe(true);
    const { total, longestHistory } = await benchActions(narrow.client, handle.workflowId);
    expect(longestHistory).toBeLessThan(2_000);
    expect(total).toBe(42); // 0.66 per 1,000 users
  });

  it('runs on a server that really refuses more', async () => {
    const started = narrow.client.workflow.start(WORKFLOWS.campaign, {
      taskQueue: taskQueues('test').workflows,
      workflowId: 'too-large',
      args: [{ campaignId: 'x'.repeat(BLOB_BYTES) }],
    });
    await expect(started).rejects.toThrow();
  });
});

describe('a small wave', () => {
  it('costs thirteen actions: what a wave needs, whatever its size', async () => {
    house.add('small', { users: 1_000 });
    const handle = await startCampaign(narrow.client, 'small', { searchAttributes: true });
    await handle.result();
    expect(await benchActions(narrow.client, handle.workflowId)).toMatchObject({
      byKind: { workflows: 3, activities: 7, timers: 0, signals: 0, searchAttributes: 3 },
      total: 13,
    });
  });
});

describe('a long history', () => {
  it('is continued as new while it plans, and nothing is planned twice or forgotten', async () => {
    house.add('many-shards', { users: 600, usersPerShard: 10 });
    const handle = await startCampaign(forgetful.client, 'many-shards');
    await handle.result();
    expect(house.callsOf('many-shards', 'openStep')).toHaveLength(1);
    expect(house.callsOf('many-shards', 'planShards')).toHaveLength(30);
    expect(house.waveOf('many-shards').messages.map((message) => message.accepted)).toEqual(Array(600).fill(1));
    const { executions } = await benchActions(forgetful.client, handle.workflowId);
    expect(executions).toBeGreaterThan(4);
  });

  it('is continued as new while it sends, and keeps what it counted', async () => {
    house.add('many-looks', { users: 50, dueAfterMs: (messageNo) => (messageNo % 6) * 1_100 });
    const handle = await startCampaign(forgetful.client, 'many-looks');
    await handle.result();
    expect(house.waveOf('many-looks').messages.map((message) => message.accepted)).toEqual(Array(50).fill(1));
    const { executions } = await benchActions(forgetful.client, handle.workflowId);
    expect(executions).toBeGreaterThan(3);
  });
});
