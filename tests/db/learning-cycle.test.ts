import { beforeAll, describe, expect, it } from 'vitest';
import { latestCycle } from '../../src/db/queries/learning-cycles.ts';
import { livePolicies } from '../../src/db/queries/policies.ts';
import { listProposals } from '../../src/db/queries/proposals.ts';
import { findRead } from '../../src/db/queries/reads.ts';
import { runLearningCycle, type LearningCycle } from '../../src/learning/learn-thresholds.ts';
import { freshDatabase } from '../support/database.ts';
import { aLearningWorld, type LearningWorld, type TrueSegment } from '../support/learning-world.ts';

const { db } = await freshDatabase();

/** Treatment brings half of them back, whatever their score: every threshold above the lowest score is too high. */
const eager = (segment: string): TrueSegment => ({
  segment,
  usersPerWeek: 4800,
  goal: (_, treated) => (treated ? 0.6 : 0.1),
  unsubscribe: () => 0,
});

const learn = (world: LearningWorld, week: number, over: object = {}): Promise<LearningCycle> =>
  runLearningCycle({
    db,
    campaignId: world.campaignId,
    asOf: world.learnAt(week),
    trigger: 'schedule',
    actor: 'system:schedule',
    ...over,
  });

const policyOf = async (campaignId: string, segment: string) =>
  (await livePolicies(db, campaignId)).find((policy) => policy.segment === segment);

describe('a learning cycle of a campaign in mode suggest', () => {
  let world: LearningWorld;
  let cycle: LearningCycle;
  beforeAll(async () => {
    world = await aLearningWorld(db, { segments: [eager('early')] });
    await world.live(0);
    cycle = await learn(world, 0);
  });

  it('proposes to treat the next band too where that pays, and moves nothing by itself', async () => {
    expect(cycle.proposals).toMatchObject([
      { segment: 'early', policySegment: '*', policyVersion: 1, state: 'open', proposedBy: 'system:schedule' },
    ]);
    expect(cycle.proposals[0]?.proposal).toMatchObject({ kind: 'extend_lo', from: { lo: 0.5 }, to: { lo: 5 / 12 } });
    expect(cycle.proposals[0]?.proposal.chance).toBeGreaterThan(0.95);
    expect(cycle.applied).toEqual([]);
    expect(await livePolicies(db, 'learn')).toHaveLength(1);
  });

  it('keeps the read and the evidence that it came from', async () => {
    const read = await findRead(db, cycle.readNo);
    expect(read?.campaignId).toBe('learn');
    const [{ evidence }] = (await db('learning_cycles').where({ cycle_no: cycle.cycleNo })) as [
      { evidence: { input: { evidence: { entries: number }[]; policies: object[] }; mature: object } },
    ];
    const entries = await db('entries').where({ campaign_id: 'learn' }).count('* as n').first();
    expect(evidence.input.evidence.reduce((sum, cell) => sum + cell.entries, 0)).toBe(Number(entries?.n));
    expect(evidence.mature).toEqual({ offer: { entries: Number(entries?.n), through: '2026-03-02' } });
    expect(JSON.stringify(evidence)).not.toContain('early-0-');
  });

  it('tells operators once that proposals wait', async () => {
    const alarms = await db('alarms').where({ kind: 'thresholds_proposed' }).pluck('message');
    expect(alarms).toEqual([expect.stringContaining('recallwave threshold show learn')]);
  });

  it('is the only one of its week by the Schedule, however often it is asked for and by how many at once', async () => {
    const again = await Promise.all([
      learn(world, 0),
      learn(world, 0, { asOf: new Date(world.learnAt(0).getTime() + 1) }),
    ]);
    for (const one of again) expect(one).toMatchObject({ found: true, cycleNo: cycle.cycleNo, readNo: cycle.readNo });
    expect(again[0].proposals).toEqual(cycle.proposals);
    expect(Number((await db('learning_cycles').count('* as n').first())?.n)).toBe(1);
    expect(Number((await db('reads').count('* as n').first())?.n)).toBe(1);
    expect(Number((await db('alarms').count('* as n').first())?.n)).toBe(1);
  });

  it('comes after a person’s later look, by the Schedule, without unlearning it', async () => {
    const later = await aLearningWorld(db, { segments: [eager('late')], campaign: { campaign: 'late' } });
    await later.live(0);
    const looked = new Date(later.learnAt(0).getTime() + 86_400_000);
    await learn(later, 0, { trigger: 'manual', asOf: looked });
    const scheduled = await learn(later, 0);
    expect([scheduled.found, scheduled.result.asOf]).toEqual([false, looked.toISOString()]);
    expect((await listProposals(db, { campaignId: 'late', limit: 9 })).map((one) => one.state)).toEqual(['open']);
  });

  it('lets open proposals stand when a person looks again at the same evidence', async () => {
    const again = await learn(world, 0, { trigger: 'manual', actor: 'cli:ana' });
    expect(again).toMatchObject({ found: false, proposals: [] });
    expect(again.result.policies[0]).toMatchObject({ freezes: [{ reason: 'immature' }], sentence: expect.any(String) });
    expect((await listProposals(db, { campaignId: 'learn', limit: 9 })).map((one) => one.state)).toEqual(['open']);
  });

  it('replaces open proposals by those of newer evidence', async () => {
    await world.live(1);
    const next = await learn(world, 1);
    expect(next.proposals.map((one) => one.proposal.kind)).toEqual(['extend_lo']);
    const states = (await listProposals(db, { campaignId: 'learn', limit: 9 })).map((one) => one.state);
    expect(states).toEqual(['open', 'superseded']);
    expect((await latestCycle(db, 'learn'))?.cycleNo).toBe(next.cycleNo);
  });
});

describe('a learning cycle of a campaign in mode auto', () => {
  let world: LearningWorld;
  beforeAll(async () => {
    world = await aLearningWorld(db, {
      segments: [eager('auto')],
      campaign: { campaign: 'by-itself', learning: { mode: 'auto' } },
    });
    await world.live(0);
  });

  it('puts its move in force as the segment’s own policy, says so in ledger and audit log, and counts its cooldown from there', async () => {
    const cycle = await learn(world, 0);
    const [proposal] = cycle.proposals;
    expect(cycle.applied).toEqual([proposal?.proposalNo]);
    expect(proposal).toMatchObject({ state: 'applied', decisions: [{ actor: 'system:schedule', policyVersion: 1 }] });
    expect(proposal?.decisions[0]?.at).toEqual(world.learnAt(0));
    expect(await policyOf('by-itself', 'auto')).toMatchObject({ policyVersion: 1, lo: 5 / 12, hi: 1 });
    expect(await policyOf('by-itself', '*')).toMatchObject({ policyVersion: 1, lo: 0.5 });
    const audits = await db('audit_log').where({ action: 'threshold.apply', subject: 'by-itself/auto/offer' });
    expect(audits).toMatchObject([{ actor: 'system:schedule', details: { proposalNo: proposal?.proposalNo } }]);
    expect(await db('alarms').where('message', 'like', 'by-itself%')).toEqual([]);
  });

  it('draws the next wave from the policy in force: its version, its segment, and e by band', async () => {
    const policy = await policyOf('by-itself', 'auto');
    await world.live(1);
    const drawn = await db('entries')
      .where({ campaign_id: 'by-itself', opened_at: world.waveAt(1) })
      .distinct('policy_segment', 'policy_version', 'band', 'p_treat', 'in_interval')
      .orderBy('band');
    expect(drawn.length).toBeGreaterThan(7);
    for (const entry of drawn) {
      expect(entry).toMatchObject({ policy_segment: 'auto', policy_version: policy?.policyVersion });
      expect([entry.band, entry.p_treat]).toEqual([entry.band, policy?.treatByBand?.[entry.band]]);
      expect([entry.band, entry.in_interval]).toEqual([entry.band, entry.band >= 5]);
    }
    const before = await db('entries').where({ campaign_id: 'by-itself', opened_at: world.waveAt(0) });
    expect(new Set(before.map((entry) => `${entry.policy_segment}/${entry.policy_version}`))).toEqual(new Set(['*/1']));
  });

  it('moves on by one band after the cooldown of a window', async () => {
    const cycle = await learn(world, 1);
    expect(cycle.applied).toHaveLength(1);
    expect(await policyOf('by-itself', 'auto')).toMatchObject({ policyVersion: 2, lo: 4 / 12 });
  });
});
