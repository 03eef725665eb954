import { beforeAll, expect, test } from 'vitest';
import { insertProposal } from '../../../src/db/queries/proposals.ts';
import type { ThresholdProposal } from '../../../src/domain/learning.ts';
import { freshDatabase } from '../../support/database.ts';
import { testApi } from '../../support/api-client.ts';
import { aLearningWorld } from '../../support/learning-world.ts';

const { db } = await freshDatabase();
let now = new Date('2026-06-01T00:00:00Z');
const { as } = await testApi({ db, now: () => now });
const [look, market] = [as('viewer'), as('marketer')];
const body = { reason: 'looks right' };

beforeAll(async () => {
  const world = await aLearningWorld(db, {
    // Everybody is worth treating: the interval ends too high.
    segments: ['keen', 'calm'].map((segment) => ({
      segment,
      usersPerWeek: 300,
      goal: (_band, treated) => (treated ? 0.6 : 0.1),
      unsubscribe: () => 0,
    })),
  });
  await world.live(0);
  now = world.learnAt(0);
});

/** A step down by a band, as a cycle would enter it: what the statistics propose is tested elsewhere. */
async function proposed(cycleNo: number, segment: string): Promise<number> {
  const from = { lo: 0.5, hi: 1, treatByBand: null, armShares: { mail: 1 } };
  const proposal: ThresholdProposal = {
    segment,
    action: 'offer',
    kind: 'extend_lo',
    from,
    to: { ...from, lo: 5 / 12 },
    delta: { value: 100, low: 10, high: 190 },
    chance: 0.97,
    usersPerWeek: 12,
    costPerWeek: 30,
    sentence: 'It pays.',
  };
  return insertProposal(db, { cycleNo, campaignId: 'learn', policySegment: '*', policyVersion: 1, proposal });
}

let calm = 0;

const report = async () => (await look('GET', '/campaigns/learn/thresholds')).body;

test('a cycle proposes; applying moves the threshold, reverting moves it back, and the ledger keeps it all', async () => {
  const cycle = await market('POST', '/campaigns/learn/learning-cycles', { body: {} });
  expect(cycle).toMatchObject({ status: 201, body: { found: false, applied: [], estimator: { p: null } } });
  const proposalNo = await proposed(cycle.body.cycleNo, 'keen');
  calm = await proposed(cycle.body.cycleNo, 'calm');
  const open = (await report()).open.map((one: { proposalNo: number }) => one.proposalNo);
  expect(open.slice(0, 2)).toEqual([calm, proposalNo]);

  const applied = await market('POST', `/proposals/${proposalNo}/apply`, { body });
  expect(applied).toMatchObject({
    status: 200,
    body: { policy: { lo: 5 / 12 }, proposal: { state: 'applied' } },
  });
  expect(await market('POST', `/proposals/${proposalNo}/apply`, { body })).toMatchObject({ status: 422 });
  const inForce = (await report()).policies.find((one: { segment: string }) => one.segment === 'keen');
  expect(inForce).toMatchObject({ inForce: { lo: 5 / 12, actor: 'console:marketer' }, mode: 'suggest' });
  expect(inForce.values.length).toBeGreaterThan(0);

  expect((await market('POST', `/proposals/${proposalNo}/revert`, { body })).body.policy.lo).toBe(0.5);
  const history = await look('GET', '/campaigns/learn/thresholds/history?segment=keen');
  expect(history.body.proposals[0].decisions).toMatchObject([{ decision: 'applied' }, { decision: 'reverted' }]);
  expect((await look('GET', '/campaigns/learn/thresholds/history?segment=nobody')).status).toBe(404);
  const changes = await look('GET', `/campaigns/learn/changes?to=${new Date(Date.now() + 60_000).toISOString()}`);
  expect(changes.body.items.filter((one: { kind: string }) => one.kind === 'threshold')).toMatchObject([
    { proposalNo },
    { proposalNo },
  ]);
});

test('a rejected proposal is closed', async () => {
  expect((await market('POST', `/proposals/${calm}/reject`, { body })).body).toMatchObject({
    proposal: { state: 'rejected' },
    policy: null,
  });
  expect((await market('POST', '/proposals/987654/reject', { body })).status).toBe(404);
});

test('the hand brake and the mode are turned one at a time', async () => {
  const path = '/campaigns/learn/learning-switches';
  const frozen = await market('POST', path, { body: { ...body, frozen: true } });
  expect(frozen.body).toEqual({ campaignId: 'learn', segment: '*', mode: 'suggest', frozen: true, changed: true });
  expect((await market('POST', path, { body: { ...body, segment: 'keen', mode: 'auto' } })).body.mode).toBe('auto');
  expect((await report()).switches).toMatchObject([
    { mode: 'auto', segment: 'keen' },
    { frozen: true, segment: '*' },
  ]);
  expect((await market('POST', path, { body: { ...body, frozen: true, mode: 'off' } })).status).toBe(422);
  expect((await look('POST', path, { body: { ...body, frozen: false } })).status).toBe(403);
});
