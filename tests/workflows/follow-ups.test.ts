import { afterAll, describe, expect, it } from 'vitest';
import { benchActions } from '../../bench/actions.ts';
import { campaignProgressQuery, deliveryProgressQuery, workflowIds } from '../../src/workflows/contract.ts';
import { timeSkippingEnvironment } from '../support/temporal.ts';
import { startCampaign, until } from './support/campaigns.ts';
import { FakeHouse, setRunState, type FakeCampaign } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from './support/fake-workers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const environment = await timeSkippingEnvironment();
const bundle = await bundleWorkflows();
const house = new FakeHouse();
if (environment) {
  const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
  afterAll(() => workers.stop());
}

describe.skipIf(environment === undefined)('over days', () => {
  const { client } = environment ?? ({} as never);
  const serverTime = async (): Promise<number> => (await environment?.currentTimeMs()) ?? Number.NaN;

  /** The house keeps the skipping server's time: each activity sets the clock by it. */
  async function add(campaignId: string, over: Partial<FakeCampaign> = {}): Promise<void> {
    house.add(campaignId, {
      ...over,
      onCall: async (activity, input) => {
        const now = await serverTime();
        house.now = () => now;
        await over.onCall?.(activity, input);
      },
    });
  }

  it('sends each follow-up on its day, thirty days included, and plans it at the time of then', async () => {
    await add('month', { followUpDays: [3, 30] });
    const start = await serverTime();
    const handle = await startCampaign(client, 'month');
    expect(await handle.result()).toMatchObject({ step: 3, nextStepAt: null });
    const plans = house.callsOf('month', 'planShards');
    const days = plans.map((input) => Math.round((Date.parse(String(input.decisionAt)) - start) / DAY));
    expect(plans.map((input) => input.step)).toEqual([1, 2, 3]);
    expect(days).toEqual([0, 3, 30]);
    expect(house.callsOf('month', 'finishStep').map((input) => input.moreSteps)).toEqual([true, true, false]);
    expect(house.waveOf('month').waveState).toBe('done');
  });

  it('sleeps through the days between without an action', async () => {
    await add('quiet', { followUpDays: [30] });
    const handle = await startCampaign(client, 'quiet');
    await handle.result();
    const { byKind } = await benchActions(client, handle.workflowId);
    expect(byKind).toMatchObject({ timers: 1, activities: 14, workflows: 5 });
  });

  it('waits for messages that fall due later, and sends them then', async () => {
    const dueAfterMs = (messageNo: number): number => (messageNo % 2 === 0 ? 0 : 9 * HOUR);
    await add('deferred', { users: 10, dueAfterMs });
    const start = await serverTime();
    const handle = await startCampaign(client, 'deferred');
    await handle.result();
    expect((await serverTime()) - start).toBeGreaterThanOrEqual(9 * HOUR);
    expect(house.waveOf('deferred').messages.every((message) => message.accepted === 1)).toBe(true);
    expect(house.callsOf('deferred', 'findDueRanges')).toHaveLength(4);
  });

  it('sends no follow-up of a wave that was aborted while it slept', async () => {
    await add('given-up', { followUpDays: [7] });
    const handle = await startCampaign(client, 'given-up');
    await until(async () => (await handle.query(campaignProgressQuery)).nextStepAt !== null);
    await handle.executeUpdate('abort', { args: [{ actor: 'cli:test', reason: 'wrong texts' }] });
    expect(await handle.result()).toMatchObject({ state: 'aborted' });
    expect(house.callsOf('given-up', 'planShards').map((input) => input.step)).toEqual([1]);
    expect(house.waveOf('given-up').audits).toEqual([{ state: 'aborted', actor: 'cli:test', reason: 'wrong texts' }]);
  });

  it('holds a follow-up that falls due under a pause, and looks at most once an hour', async () => {
    await add('held', { followUpDays: [2] });
    const handle = await startCampaign(client, 'held');
    await until(async () => (await handle.query(campaignProgressQuery)).nextStepAt !== null);
    await handle.executeUpdate('pause', { args: [{ actor: 'cli:test', reason: 'holiday' }] });
    await environment?.sleep(4 * DAY);
    expect(house.callsOf('held', 'planShards')).toHaveLength(1);
    const looks = house.callsOf('held', 'readRunState').length;
    expect(looks).toBeGreaterThan(40);
    expect(looks).toBeLessThan(55);
    await handle.executeUpdate('resume', { args: [{ actor: 'cli:test', reason: 'back' }] });
    expect(await handle.result()).toMatchObject({ step: 2, state: 'running' });
    expect(house.callsOf('held', 'planShards')).toHaveLength(2);
  });

  it('notices within the hour what was changed in the database alone', async () => {
    await add('silent', { users: 10, dueAfterMs: () => 5 * HOUR });
    const handle = await startCampaign(client, 'silent');
    const delivery = client.workflow.getHandle(
      workflowIds.delivery('silent', new Date(await serverTime()).toISOString().slice(0, 10), 1, 'email'),
    );
    await until(() =>
      delivery.query(deliveryProgressQuery).then(
        (seen) => seen.waitingUntil !== null,
        () => false,
      ),
    );
    setRunState(house.waveOf('silent'), { state: 'paused', actor: 'cli:test', reason: '' });
    await environment?.sleep(6 * HOUR);
    expect(house.callsOf('silent', 'deliverRange')).toHaveLength(0);
    setRunState(house.waveOf('silent'), { state: 'running', actor: 'cli:test', reason: '' });
    await environment?.sleep(1.1 * HOUR);
    await handle.result();
    expect(house.waveOf('silent').messages.every((message) => message.accepted === 1)).toBe(true);
  });

  it('asks what became of unknown messages while that can tell something, then ends', async () => {
    await add('doubt', { users: 10, unknown: { every: 5, settledAfter: 3 } });
    const handle = await startCampaign(client, 'doubt');
    await handle.result();
    expect(house.callsOf('doubt', 'reconcileUnknown')).toHaveLength(3);
    expect(house.waveOf('doubt').messages.map((message) => message.state)).toEqual(Array(10).fill('ACCEPTED'));
  });
});
