import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyProposal, freezeThresholds, rejectProposal, revertProposal } from '../../src/app/thresholds.ts';
import { insertCycle } from '../../src/db/queries/learning-cycles.ts';
import { insertPolicy, livePolicies } from '../../src/db/queries/policies.ts';
import { findProposal, insertProposal } from '../../src/db/queries/proposals.ts';
import type { LearningResult, PolicyNumbers, ThresholdProposal } from '../../src/domain/learning.ts';
import { thresholdReport } from '../../src/learning/threshold-report.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, NOON } from '../support/world.ts';

const { db } = await freshDatabase();

let campaigns = 0;
let campaignId = '';
let cycleNo = 0;
const start: PolicyNumbers = { lo: 0.5, hi: 1, treatByBand: null, armShares: { mail: 0.8, usual: 0.2 } };
const order = { db, actor: 'cli:ana', reason: 'looks right', now: NOON };

async function aCycle(): Promise<number> {
  const [{ read_no: readNo }] = (await db('reads')
    .insert({ campaign_id: campaignId, as_of: NOON, inputs: '{}', result: '{}', actor: 'test' })
    .returning('read_no')) as [{ read_no: number }];
  const result = { policies: [], notes: [], budgetOrder: null, estimator: {} } as unknown as LearningResult;
  const cycle = { campaignId, readNo, asOf: NOON, evidence: {}, result, week: '2026-05-18', actor: 'test' };
  return insertCycle(db, { ...cycle, trigger: 'manual' });
}

async function aProposal(over: Partial<ThresholdProposal> = {}, saw = { segment: '*', version: 1 }): Promise<number> {
  const proposal: ThresholdProposal = {
    segment: 'shopper',
    action: 'offer',
    kind: 'extend_lo',
    from: start,
    to: { ...start, lo: 5 / 12 },
    delta: { value: 100, low: 10, high: 190 },
    chance: 0.97,
    usersPerWeek: 12,
    costPerWeek: 30,
    sentence: 'It pays.',
    ...over,
  };
  return insertProposal(db, { cycleNo, campaignId, policySegment: saw.segment, policyVersion: saw.version, proposal });
}

const inForce = async (): Promise<string[]> =>
  (await livePolicies(db, campaignId)).map(
    ({ segment, policyVersion, lo }) => `${segment} v${policyVersion} from ${lo.toFixed(3)}`,
  );

beforeAll(async () => {
  await aCampaign(db, { campaign: 'other' });
});
beforeEach(async () => {
  campaignId = `winback-${(campaigns += 1)}`;
  await aCampaign(db, { campaign: campaignId });
  cycleNo = await aCycle();
});

describe('applying a proposal', () => {
  it('gives a segment that * served a policy of its own, with all of its other numbers, and says who and why', async () => {
    const proposalNo = await aProposal();
    const { policy, proposal } = await applyProposal({ ...order, proposalNo });
    expect(policy).toMatchObject({
      segment: 'shopper',
      policyVersion: 1,
      lo: 5 / 12,
      hi: 1,
      inside: 0.9,
      outside: 0.05,
    });
    expect(proposal).toMatchObject({
      state: 'applied',
      decisions: [{ actor: 'cli:ana', reason: 'looks right', at: NOON }],
    });
    expect(await inForce()).toEqual(['* v1 from 0.500', 'shopper v1 from 0.417']);
    const { policies, history } = await thresholdReport({ db, campaignId });
    expect(policies.map((one) => `${one.segment}: ${one.inForce.segment} ${one.inForce.actor}`)).toEqual([
      '*: * test',
      'shopper: shopper cli:ana',
    ]);
    expect(history[0]?.reason).toBe(`proposal ${proposalNo} applied: looks right`);
  });

  it('changes only what was proposed', async () => {
    const to = { ...start, armShares: { mail: 0.6, usual: 0.4 } };
    const { policy } = await applyProposal({ ...order, proposalNo: await aProposal({ kind: 'arm_shares', to }) });
    expect(policy).toMatchObject({ lo: 0.5, hi: 1, treatByBand: null, armShares: { mail: 0.6, usual: 0.4 } });
  });

  it('is done once, whoever asks at the same moment', async () => {
    const proposalNo = await aProposal();
    const both = await Promise.allSettled([1, 2].map(() => applyProposal({ ...order, proposalNo })));
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const again = applyProposal({ ...order, proposalNo });
    await expect(again).rejects.toMatchObject({
      message: expect.stringContaining('applied by cli:ana'),
      fix: expect.stringContaining('revert'),
    });
    expect(await inForce()).toEqual(['* v1 from 0.500', 'shopper v1 from 0.417']);
  });

  it('is refused when the policy has moved on since, also when the segment got one of its own', async () => {
    const first = await aProposal();
    const second = await aProposal({ kind: 'raise_lo', to: { ...start, lo: 7 / 12 } });
    await applyProposal({ ...order, proposalNo: first });
    await expect(applyProposal({ ...order, proposalNo: second })).rejects.toMatchObject({
      message: `the policy has moved on since proposal ${second}: it saw */offer version 1, in force is shopper/offer version 1`,
      fix: expect.stringContaining('threshold propose'),
    });
    expect((await findProposal(db, second))?.state).toBe('open');
  });

  it('is refused while a person holds the segment, and where there is no such proposal', async () => {
    const proposalNo = await aProposal();
    await freezeThresholds({ ...order, campaignId, frozen: true });
    await expect(applyProposal({ ...order, proposalNo })).rejects.toMatchObject({
      type: 'BadInput',
      fix: expect.stringContaining(`threshold unfreeze ${campaignId} --reason`),
    });
    await expect(applyProposal({ ...order, proposalNo: 4711 })).rejects.toMatchObject({ type: 'NotFound' });
    expect(await inForce()).toEqual(['* v1 from 0.500']);
  });
});

describe('rejecting a proposal', () => {
  it('is a line in the ledger and nothing else', async () => {
    const proposalNo = await aProposal();
    const { proposal } = await rejectProposal({ ...order, proposalNo, reason: 'sale next week' });
    expect(proposal).toMatchObject({
      state: 'rejected',
      decisions: [{ reason: 'sale next week', policyVersion: null }],
    });
    expect(await inForce()).toEqual(['* v1 from 0.500']);
    await expect(applyProposal({ ...order, proposalNo })).rejects.toMatchObject({ type: 'BadInput' });
  });
});

describe('taking a proposal back', () => {
  it('puts the earlier numbers in force as a new version, and keeps every line', async () => {
    const proposalNo = await aProposal();
    await applyProposal({ ...order, proposalNo });
    const { proposal, policy } = await revertProposal({ ...order, proposalNo, reason: 'complaints' });
    expect(policy).toMatchObject({ policyVersion: 2, lo: 0.5 });
    expect(proposal.decisions.map((one) => [one.decision, one.policyVersion])).toEqual([
      ['applied', 1],
      ['reverted', 2],
    ]);
    expect(await inForce()).toEqual(['* v1 from 0.500', 'shopper v2 from 0.500']);
    await expect(revertProposal({ ...order, proposalNo })).rejects.toMatchObject({ type: 'BadInput' });
  });

  it('keeps what was changed since in other numbers', async () => {
    const proposalNo = await aProposal();
    const { policy } = await applyProposal({ ...order, proposalNo });
    if (policy === null) throw new Error('nothing was put in force');
    await db.transaction((trx) =>
      insertPolicy(trx, { campaignId, policy: { ...policy, armShares: { mail: 1 } }, reason: 'arms', actor: 'test' }),
    );
    const reverted = await revertProposal({ ...order, proposalNo });
    expect(reverted.policy).toMatchObject({ policyVersion: 3, lo: 0.5, armShares: { mail: 1 } });
  });

  it('is refused while a later one builds on it, which is named, and where it was never applied', async () => {
    const first = await aProposal();
    await expect(revertProposal({ ...order, proposalNo: first })).rejects.toMatchObject({ type: 'BadInput' });
    await applyProposal({ ...order, proposalNo: first });
    const numbers = { from: { ...start, lo: 5 / 12 }, to: { ...start, lo: 4 / 12 } };
    const second = await aProposal(numbers, { segment: 'shopper', version: 1 });
    await applyProposal({ ...order, proposalNo: second });
    await expect(revertProposal({ ...order, proposalNo: first })).rejects.toMatchObject({
      fix: expect.stringContaining(`threshold revert ${second} `),
    });
    await revertProposal({ ...order, proposalNo: second });
    expect((await revertProposal({ ...order, proposalNo: first })).policy).toMatchObject({ policyVersion: 4, lo: 0.5 });
  });
});

it('nothing of the ledger can be changed afterwards', async () => {
  const proposalNo = await aProposal();
  await rejectProposal({ ...order, proposalNo });
  for (const table of ['threshold_proposals', 'threshold_decisions', 'learning_cycles']) {
    await expect(db(table).delete()).rejects.toThrow();
  }
});
