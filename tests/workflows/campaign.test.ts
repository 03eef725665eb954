import { afterAll, describe, expect, it } from 'vitest';
import { WORKFLOWS, taskQueues, workflowIds, campaignProgressQuery } from '../../src/workflows/contract.ts';
import type { campaignWorkflow } from '../../src/workflows/campaign-workflow.ts';
import { devServer } from '../support/temporal.ts';
import { FakeHouse } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const [environment, bundle] = await Promise.all([devServer(), bundleWorkflows()]);
const house = new FakeHouse();
const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
afterAll(() => workers.stop());

describe('a campaign on a date', () => {
  it('sends its wave through every channel and ends', async () => {
    house.add('plain', { users: 300, channels: ['email', 'sms'], usersPerShard: 100 });
    const handle = await environment.client.workflow.start<typeof campaignWorkflow>(WORKFLOWS.campaign, {
      taskQueue: taskQueues('test').workflows,
      workflowId: workflowIds.campaign('plain'),
      args: [{ campaignId: 'plain', queuePrefix: 'test', actor: 'cli:test', searchAttributes: true }],
    });
    const result = await handle.result();
    expect(result).toMatchObject({ disposition: 'opened', waveNo: 1, state: 'running' });
    expect(house.waveOf('plain').messages.map((m) => m.accepted)).toEqual(Array(300).fill(1));
    expect(house.waveOf('plain').waveState).toBe('done');
    expect(await handle.query(campaignProgressQuery)).toMatchObject({ step: 1 });
  });
});
