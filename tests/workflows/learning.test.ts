import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LearningCounts } from '../../src/activities/contract.ts';
import { createLearningActivities } from '../../src/activities/learning.ts';
import {
  describeSchedules,
  ensureSchedule,
  deleteSchedule,
  pauseSchedule,
  resumeSchedule,
} from '../../src/app/schedules.ts';
import { loadVersion, setCampaignState, type LoadedVersion } from '../../src/db/queries/campaigns.ts';
import { livePolicies } from '../../src/db/queries/policies.ts';
import type { learnThresholds } from '../../src/workflows/learn-workflow.ts';
import { taskQueues, WORKFLOWS, workflowIds } from '../../src/workflows/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { aLearningWorld, type LearningWorld } from '../support/learning-world.ts';
import { devServer } from '../support/temporal.ts';
import { aCampaign } from '../support/world.ts';
import { historiesAsText, until } from './support/campaigns.ts';
import { bundleWorkflows } from './support/fake-workers.ts';

const [environment, workflowBundle, { db }] = await Promise.all([devServer(), bundleWorkflows(), freshDatabase()]);
const { client } = environment;
const queuePrefix = 'test';
const actor = 'cli:test';
const told: number[] = [];

const connection = environment.nativeConnection;
const queues = taskQueues(queuePrefix);
const activities = createLearningActivities({ db, tellOperators: async () => void told.push(1) });
const workers = [
  await Worker.create({ connection, taskQueue: queues.workflows, workflowBundle }),
  await Worker.create({ connection, taskQueue: queues.planning, activities }),
];
const runs = workers.map((worker) => worker.run());
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await Promise.all(runs);
});

const scheduleOf = (campaignId: string) => client.schedule.getHandle(workflowIds.learnSchedule(campaignId));
const cycles = async (campaignId: string): Promise<number> =>
  Number((await db('learning_cycles').where({ campaign_id: campaignId }).count('* as n').first())?.n);

async function learn(campaignId: string, asOf?: Date): Promise<LearningCounts> {
  return client.workflow.execute<typeof learnThresholds>(WORKFLOWS.learn, {
    taskQueue: queues.workflows,
    workflowId: `${workflowIds.learn(campaignId)}/${Math.random()}`,
    args: [{ campaignId, queuePrefix, actor, ...(asOf === undefined ? {} : { asOf: asOf.toISOString() }) }],
  });
}

describe('the learning workflow over a real database', () => {
  let world: LearningWorld;
  beforeAll(async () => {
    const goal = (_: number, treated: boolean): number => (treated ? 0.6 : 0.1);
    world = await aLearningWorld(db, {
      segments: [{ segment: 'shopper', usersPerWeek: 4800, goal, unsubscribe: () => 0 }],
      campaign: { learning: { mode: 'auto' } },
    });
    await world.live(0);
  });

  it('runs a cycle, moves the threshold in mode auto, and answers with counts', async () => {
    const counts = await learn('learn', world.learnAt(0));
    expect(counts).toMatchObject({ disposition: 'ran', policies: 1, frozen: 0, proposals: 1, applied: 1 });
    expect((await livePolicies(db, 'learn')).find((policy) => policy.segment === 'shopper')?.lo).toBe(5 / 12);
    expect(told).toHaveLength(1);
  });

  it('finds the cycle of its week when it is run again', async () => {
    const again = await learn('learn', world.learnAt(0));
    expect(again).toMatchObject({ disposition: 'found', proposals: 1, applied: 1 });
    expect(await cycles('learn')).toBe(1);
  });

  it('does not learn for a campaign that is paused, or that there isn’t', async () => {
    await setCampaignState(db, { campaignId: 'learn', state: 'paused', actor });
    expect(await learn('learn', world.learnAt(1))).toMatchObject({
      disposition: 'refused',
      reason: 'the campaign is paused',
    });
    await setCampaignState(db, { campaignId: 'learn', state: 'active', actor });
    expect(await learn('nobody')).toMatchObject({ disposition: 'refused' });
    expect(await cycles('learn')).toBe(1);
  });

  it('leaves nothing of people in Temporal', async () => {
    const text = await historiesAsText(client);
    expect(text).toContain('runLearningCycle');
    expect(text).not.toMatch(/shopper-0-|example\.test/);
  });
});

describe('the Schedule by which a campaign learns', () => {
  async function aScheduled(campaignId: string): Promise<LoadedVersion> {
    await aCampaign(db, { campaign: campaignId, timezone: 'Asia/Shanghai' });
    const loaded = await loadVersion(db, { campaignId });
    if (!loaded) throw new Error('not there');
    await ensureSchedule({ client, campaign: loaded, queuePrefix });
    return loaded;
  }

  it('is made with the campaign’s: Mondays at six in its zone, one at a time, caught up within the week', async () => {
    const campaign = await aScheduled('zoned');
    const { spec, policies, info } = await scheduleOf('zoned').describe();
    expect(spec).toMatchObject({ timezone: 'Asia/Shanghai', jitter: 30 * 60_000 });
    expect(spec.calendars).toMatchObject([{ dayOfWeek: [{ start: 'MONDAY', end: 'MONDAY' }], hour: [{ start: 6 }] }]);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 6 * 86_400_000 });
    expect(info.nextActionTimes[0]?.getUTCDay()).toBe(0);
    expect(await ensureSchedule({ client, campaign, queuePrefix })).toBe('unchanged');
    await scheduleOf('zoned').delete();
    expect(await ensureSchedule({ client, campaign, queuePrefix })).toBe('updated');
  });

  it('starts a cycle as of the time that it meant', async () => {
    await aScheduled('started');
    await scheduleOf('started').trigger();
    await until(async () => (await cycles('started')) === 1);
    const [cycle] = await db('learning_cycles').where({ campaign_id: 'started' });
    expect(cycle).toMatchObject({ trigger: 'schedule', actor: 'system:schedule' });
    const [run] = (await scheduleOf('started').describe()).info.recentActions;
    expect(Math.abs(cycle.as_of.getTime() - (run?.scheduledAt.getTime() ?? 0))).toBeLessThan(1_000);
  });

  it('rests with the campaign, shows in the list, and goes with it', async () => {
    const campaign = await aScheduled('resting');
    const order = { client, db, campaignId: 'resting', actor };
    await pauseSchedule({ ...order, reason: 'holiday' });
    expect((await scheduleOf('resting').describe()).state.paused).toBe(true);
    const list = async () => (await describeSchedules({ client, db, campaignId: 'resting' }))[0]?.learning;
    expect(await list()).toMatchObject({ state: 'paused', at: 'Monday 06:00' });
    await resumeSchedule({ ...order, reason: 'back' });
    expect(await list()).toMatchObject({ state: 'active', next: expect.stringMatching(/^\d{4}-/), last: null });
    expect(await ensureSchedule({ client, campaign: { ...campaign, state: 'archived' }, queuePrefix })).toBe('deleted');
    expect(await list()).toMatchObject({ state: 'missing', next: null });
    expect(await deleteSchedule(client, 'resting')).toBe(false);
  });

  it('is made at the next start where a campaign from before has none, whose pause still works', async () => {
    const campaign = await aScheduled('older');
    await scheduleOf('older').delete();
    await pauseSchedule({ client, db, campaignId: 'older', actor, reason: 'x' });
    await ensureSchedule({ client, campaign: { ...campaign, state: 'paused' }, queuePrefix });
    expect((await scheduleOf('older').describe()).state.paused).toBe(true);
  });
});
