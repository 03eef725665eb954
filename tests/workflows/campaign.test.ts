import { ApplicationFailure } from '@temporalio/common';
import { afterAll, describe, expect, it } from 'vitest';
import { benchActions } from '../../bench/actions.ts';
import {
  campaignProgressQuery,
  deliveryProgressQuery,
  waveProgressQuery,
  workflowIds,
} from '../../src/workflows/contract.ts';
import { devServer } from '../support/temporal.ts';
import { historiesAsText, startCampaign, until } from './support/campaigns.ts';
import { CANARY, FakeHouse } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const [environment, bundle] = await Promise.all([devServer(), bundleWorkflows()]);
const { client } = environment;
const house = new FakeHouse();
const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
afterAll(() => workers.stop());

const today = (): string => new Date().toISOString().slice(0, 10);

describe('a campaign on a date', () => {
  it('sends its wave through every channel, once each, and ends', async () => {
    house.add('plain', { users: 300, channels: ['email', 'sms'], usersPerShard: 100 });
    const handle = await startCampaign(client, 'plain', { searchAttributes: true });
    expect(await handle.result()).toMatchObject({ disposition: 'opened', step: 1, state: 'running' });
    expect(house.waveOf('plain').messages.map((message) => message.accepted)).toEqual(Array(300).fill(1));
    expect(house.waveOf('plain').waveState).toBe('done');
  });

  it('shows where it is by query, without asking the database', async () => {
    house.add('shown', { users: 40, channels: ['email', 'push'], msPerMessage: 50 });
    const handle = await startCampaign(client, 'shown');
    const delivery = client.workflow.getHandle(workflowIds.delivery('shown', today(), 1, 'push'));
    await until(() =>
      delivery.query(deliveryProgressQuery).then(
        ({ totals }) => totals.open > 0,
        () => false,
      ),
    );
    const wave = await client.workflow.getHandle(workflowIds.wave('shown', today())).query(waveProgressQuery);
    expect(wave).toMatchObject({
      phase: 'sending',
      shards: 1,
      shardsDone: 1,
      planned: { audience: 40, contacted: 40 },
    });
    await handle.result();
    expect(await handle.query(campaignProgressQuery)).toMatchObject({ localDate: today(), nextStepAt: null });
    expect(await delivery.query(deliveryProgressQuery)).toMatchObject({ totals: { accepted: 20, open: 0 } });
  });

  it('can be found by campaign, date and state where the server knows the attributes', async () => {
    house.add('found-by', { users: 5 });
    await (await startCampaign(client, 'found-by', { searchAttributes: true })).result();
    const query = `RecallCampaign = 'found-by' AND RecallDate = '${today()}' AND RecallState = 'finished'`;
    await until(async () => (await client.workflow.count(query)).count >= 1);
  });

  it('finds the wave of the date when it is started twice', async () => {
    house.add('twice', { users: 50 });
    const [first, second] = await Promise.all([
      startCampaign(client, 'twice', { again: 'a' }),
      startCampaign(client, 'twice', { again: 'b' }),
    ]);
    const dispositions = new Set([(await first.result()).disposition, (await second.result()).disposition]);
    expect(dispositions).toEqual(new Set(['found', 'opened']));
    expect(house.waveOf('twice').messages.map((message) => message.accepted)).toEqual(Array(50).fill(1));
    expect(house.callsOf('twice', 'planShards')).toHaveLength(1);
  });

  it('takes a wave on whose workflow was terminated in the middle', async () => {
    const campaign = house.add('lost', { users: 20, msPerMessage: 100 });
    const first = await startCampaign(client, 'lost', { again: 'a' });
    await until(() => house.callsOf('lost', 'deliverRange').length > 0);
    await first.terminate('by hand');
    campaign.msPerMessage = 0;
    await until(async () => {
      const wave = await client.workflow.getHandle(workflowIds.wave('lost', today())).describe();
      return wave.status.name !== 'RUNNING';
    });
    const result = await (await startCampaign(client, 'lost', { again: 'b' })).result();
    expect(result).toMatchObject({ disposition: 'found', step: 1 });
    expect(house.waveOf('lost').messages.map((message) => message.accepted)).toEqual(Array(20).fill(1));
    expect(house.waveOf('lost').waveState).toBe('done');
  });

  it('tries again for as long as an activity fails for want of its infrastructure', async () => {
    let failures = 0;
    house.add('flaky', {
      onCall: (activity) => {
        if (!['openWave', 'planShards', 'deliverRange', 'finishStep'].includes(activity)) return;
        failures += 1;
        if (failures % 2 === 1) throw new Error('the database is away');
      },
    });
    const handle = await startCampaign(client, 'flaky');
    expect(await handle.result()).toMatchObject({ disposition: 'opened' });
    expect((await benchActions(client, handle.workflowId)).byKind.retries).toBeGreaterThanOrEqual(4);
    expect(house.waveOf('flaky').messages.every((message) => message.accepted === 1)).toBe(true);
  });

  it('fails with the reason when there is nothing to repeat', async () => {
    const handle = await startCampaign(client, 'unknown-campaign');
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { type: 'NotFound' } } });
  });

  it('lets the other channels finish when one fails for good, and says which', async () => {
    house.add('broken-sms', {
      channels: ['email', 'sms'],
      onCall: (activity, input) => {
        if (activity === 'deliverRange' && 'channel' in input && input.channel === 'sms') {
          throw ApplicationFailure.nonRetryable('no such range', 'BadInput');
        }
      },
    });
    const handle = await startCampaign(client, 'broken-sms');
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { message: 'delivery failed: sms' } } });
    const email = house.waveOf('broken-sms').messages.filter((message) => message.channel === 'email');
    expect(email.every((message) => message.accepted === 1)).toBe(true);
  });

  it('waits for a provider that refuses us, and goes on when it is woken', async () => {
    let refuses = true;
    house.add('refused', {
      onCall: (activity) => {
        if (activity === 'deliverRange' && refuses) throw ApplicationFailure.nonRetryable('401', 'ProviderStopped');
      },
    });
    const handle = await startCampaign(client, 'refused');
    const delivery = client.workflow.getHandle(workflowIds.delivery('refused', today(), 1, 'email'));
    await until(() =>
      delivery.query(deliveryProgressQuery).then(
        (seen) => seen.waitingUntil !== null,
        () => false,
      ),
    );
    refuses = false;
    await delivery.signal('wake', 'running');
    await handle.result();
    expect(house.callsOf('refused', 'deliverRange')).toHaveLength(2);
    expect(house.waveOf('refused').messages.every((message) => message.accepted === 1)).toBe(true);
  });

  it('keeps whatever identifies a person out of its histories', async () => {
    const text = await historiesAsText(client);
    expect(text.includes(String.raw`\"waveNo\":1`)).toBe(true);
    expect(text.includes(CANARY)).toBe(false);
  });
});
