import { expect, test } from 'vitest';
import { rehearse } from '../../src/app/rehearse.ts';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { WavePlanCounts } from '../../src/workflows/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { aRandomWorld } from '../support/random-world.ts';
import { NOON } from '../support/world.ts';

const { db } = await freshDatabase();

async function counts(): Promise<unknown> {
  const { rows } = await db.raw(
    `select (select count(*) from entries) as entries, (select count(*) from ways) as ways, (select count(*) from messages) as messages,
      (select count(*) from coupon_codes where state <> 'free') as codes, (select sum(reserved_minor) from campaign_budgets) as budget`,
  );
  return rows[0];
}

test('a rehearsal writes nothing and says what the wave then does', async () => {
  const { request } = await aRandomWorld(db, 3);
  await db('waves').delete();
  const before = await counts();
  const rehearsal = await rehearse({ db, campaignId: request.campaignId, decisionAt: NOON });
  expect(await counts()).toEqual(before);

  const { openWave, planShards } = createPlanningActivities({ db });
  const environment = new MockActivityEnvironment();
  const opened = await openWave({
    campaignId: request.campaignId,
    decisionAt: NOON.toISOString(),
    trigger: 'manual',
    actor: 'test',
    workflowId: 'w',
  });
  const planned: WavePlanCounts = await environment.run(planShards, {
    waveNo: opened.waveNo ?? 0,
    step: 1,
    from: 0,
    to: 100,
    decisionAt: NOON.toISOString(),
  });
  expect(rehearsal).toMatchObject({
    audience: planned.audience,
    contacted: planned.contacted,
    deferred: planned.deferred,
  });
  expect(rehearsal.audience).toBe(opened.audience);
  expect(planned.contacted).toBeGreaterThan(0);
  const messages = await db('messages').where({ wave_no: opened.waveNo });
  expect(rehearsal.costMinor).toBe(messages.reduce((sum, row) => sum + row.cost_minor, 0));
  expect(rehearsal.coupons).toBe(messages.filter((row) => row.code_no !== null).length);
});
