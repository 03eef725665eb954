import { describe, expect, it } from 'vitest';
import { freezeThresholds, setLearningMode } from '../../src/app/thresholds.ts';
import { livePolicies } from '../../src/db/queries/policies.ts';
import { runLearningCycle, type LearningCycle } from '../../src/learning/learn-thresholds.ts';
import { freshDatabase } from '../support/database.ts';
import { aLearningWorld, type LearningWorld, type TrueSegment } from '../support/learning-world.ts';

const { db } = await freshDatabase();
const DAY = 86_400_000;

/** Each in a year of its own: all campaigns of an installation have one feed. */
let year = 2020;

async function aWorld(name: string, over: Partial<TrueSegment> = {}): Promise<LearningWorld> {
  const segment: TrueSegment = {
    segment: `${name}-people`,
    usersPerWeek: 1200,
    goal: (_, treated) => (treated ? 0.6 : 0.1),
    unsubscribe: () => 0,
    ...over,
  };
  const campaign = { campaign: name, learning: { mode: 'auto' as const } };
  return aLearningWorld(db, { segments: [segment], campaign, firstMonday: new Date(`${(year += 1)}-03-02T00:00:00Z`) });
}

const learn = ({ campaignId }: LearningWorld, asOf: Date): Promise<LearningCycle> =>
  runLearningCycle({ db, campaignId, asOf, trigger: 'schedule', actor: 'system:schedule' });

const versions = async (campaignId: string): Promise<string[]> =>
  (await livePolicies(db, campaignId)).map((policy) => `${policy.segment} v${policy.policyVersion} lo ${policy.lo}`);

const alarms = (campaignId: string): Promise<string[]> =>
  db('alarms').where('message', 'like', `${campaignId}:%`).orderBy('alarm_no').pluck('kind');

const reasonsOf = (cycle: LearningCycle): string[] =>
  cycle.result.policies.flatMap((policy) => policy.freezes.map((freeze) => freeze.reason));

describe('thresholds stay where they are, and it is said why', () => {
  it('when the sample ratio is wrong: half of the treated got lost', async () => {
    const world = await aWorld('ratio');
    await world.live(0);
    const tamper = `delete from entries where campaign_id = 'ratio' and assignment = 'arm' and entry_no % 2 = 0`;
    await db.raw(tamper);
    const cycle = await learn(world, world.learnAt(0));
    expect(reasonsOf(cycle)).toEqual(['sample_ratio']);
    expect(cycle.proposals).toEqual([]);
    expect(cycle.result.policies[0]?.sentence).toMatch(/\w/);
    expect(await versions('ratio')).toEqual(['* v1 lo 0.5']);
    expect(await alarms('ratio')).toEqual(['sample_ratio']);
    await world.live(1);
    await db.raw(tamper);
    expect(reasonsOf(await learn(world, world.learnAt(1)))).toEqual(['sample_ratio']);
    expect(await alarms('ratio')).toEqual(['sample_ratio']);
  });

  it('when the newest waves lost somebody, however many sound ones there were before', async () => {
    const world = await aWorld('drowned');
    for (const week of [0, 1, 2, 3, 4, 5]) await world.live(week);
    expect(reasonsOf(await learn(world, world.learnAt(5)))).toEqual([]);
    await world.live(6);
    await db('entries')
      .where({ campaign_id: 'drowned', assignment: 'arm', opened_at: world.waveAt(6) })
      .andWhereRaw('entry_no % 5 < 2')
      .delete();
    const cycle = await learn(world, world.learnAt(6));
    expect(reasonsOf(cycle)).toContain('sample_ratio');
    expect(cycle.result.policies[0]?.sentence).toContain(`Since ${world.waveAt(5).toISOString().slice(0, 10)}: `);
    const whole = await db('reads').where({ read_no: cycle.readNo }).first('result');
    expect(whole.result.sampleRatio).toMatchObject([{ alarm: false }]);
  });

  it('when the feed is stale, until events come again', async () => {
    const world = await aWorld('feed');
    await world.live(0);
    const cycle = await learn(world, new Date(world.learnAt(0).getTime() + 3 * DAY));
    expect(reasonsOf(cycle)).toEqual(['stale_feed']);
    expect(cycle.result.policies[0]?.sentence).toMatch(/newest event is 3\.\d days old/);
    expect(await versions('feed')).toEqual(['* v1 lo 0.5']);
    expect(await alarms('feed')).toEqual(['stale_feed']);
    await world.live(1);
    expect((await learn(world, world.learnAt(1))).applied).toHaveLength(1);
  });

  it('when too few entries are mature', async () => {
    const world = await aWorld('few', { usersPerWeek: 120 });
    await world.live(0);
    const young = await learn(world, new Date(world.waveAt(0).getTime() + DAY));
    expect(young.result.policies[0]?.freezes).toMatchObject([
      { reason: 'immature', sentence: expect.stringMatching(/^0 entries/) },
    ]);
    const { n } = (await db('entries').where({ campaign_id: 'few' }).count('* as n').first()) as { n: number };
    expect(n).toBeLessThan(100);
    const cycle = await learn(world, world.learnAt(0));
    expect(cycle.result.policies[0]?.sentence).toContain(`${n} entries of offer are past their outcome window`);
  });

  it('when a person froze them, by segment or whole campaign, until the last word is another', async () => {
    const world = await aWorld('hand');
    const order = { db, campaignId: 'hand', reason: 'sale week', actor: 'cli:ana', now: world.waveAt(0) };
    await world.live(0);
    await freezeThresholds({ ...order, segment: 'hand-people', frozen: true });
    const cycle = await learn(world, world.learnAt(0));
    expect(reasonsOf(cycle)).toEqual(['by_hand']);
    expect(cycle.result.policies[0]?.sentence).toContain('cli:ana');
    expect(await versions('hand')).toEqual(['* v1 lo 0.5']);
    expect(await freezeThresholds({ ...order, frozen: false })).toMatchObject({ segment: '*', frozen: false });
    await world.live(1);
    expect((await learn(world, world.learnAt(1))).applied).toHaveLength(1);
  });

  it('when learning is off, and a later word for the whole campaign counts for each segment', async () => {
    const world = await aWorld('off');
    const order = { db, campaignId: 'off', reason: 'trial', actor: 'cli:ana', now: world.waveAt(0) };
    await world.live(0);
    await setLearningMode({ ...order, segment: 'off-people', mode: 'auto' });
    expect(await setLearningMode({ ...order, segment: 'off-people', mode: 'auto' })).toMatchObject({ changed: false });
    await setLearningMode({ ...order, mode: 'off' });
    expect(reasonsOf(await learn(world, world.learnAt(0)))).toEqual(['off']);
    expect(await versions('off')).toEqual(['* v1 lo 0.5']);
  });
});

describe('an inferior guardrail', () => {
  it('makes the policy retreat one band within one cycle, without waiting for the gate, and tells operators once', async () => {
    const harm = { unsubscribe: (treated: boolean) => (treated ? 0.2 : 0.01) };
    const world = await aWorld('harm', harm);
    await world.live(0);
    const cycle = await learn(world, world.learnAt(0));
    expect(cycle.proposals).toMatchObject([{ state: 'applied', proposal: { kind: 'retreat' } }]);
    const [own] = (await livePolicies(db, 'harm')).filter((policy) => policy.segment === 'harm-people');
    expect(((own?.hi ?? 0) - (own?.lo ?? 0)) * 12).toBeCloseTo(5, 9);
    const told = await alarms('harm');
    expect(new Set(told)).toEqual(new Set(['guardrail_inferior']));
    await world.live(1);
    expect((await learn(world, world.learnAt(1))).proposals).toMatchObject([{ proposal: { kind: 'retreat' } }]);
    expect(await alarms('harm')).toEqual(told);
  });

  it('waits for a person in mode suggest, who is told', async () => {
    const world = await aWorld('harmed', { unsubscribe: (treated) => (treated ? 0.2 : 0.01) });
    await setLearningMode({
      db,
      campaignId: 'harmed',
      mode: 'suggest',
      reason: 'x',
      actor: 'cli:ana',
      now: world.waveAt(0),
    });
    await world.live(0);
    const cycle = await learn(world, world.learnAt(0));
    expect(cycle.proposals).toMatchObject([{ state: 'open', proposal: { kind: 'retreat' } }]);
    expect(await versions('harmed')).toEqual(['* v1 lo 0.5']);
    expect(new Set(await alarms('harmed'))).toEqual(new Set(['guardrail_inferior', 'thresholds_proposed']));
  });
});
