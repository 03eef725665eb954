import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, applySettings, aUser, aWarning, NOON } from '../support/world.ts';
import { DAY } from '../support/world-clock.ts';

const { db } = await freshDatabase();
const { openWave, openStep, planShards, finishStep } = createPlanningActivities({ db });
const contents = { email: { subject: { en: 'Hello' }, mjml: 'mail.mjml' } };

async function run<T>(body: () => Promise<T>): Promise<T> {
  return (await new MockActivityEnvironment().run(body)) as T;
}

async function firstTouch(): Promise<{ waveNo: number; userNos: number[]; dueAt: string }> {
  await applySettings(db, { caps: { rules: [] } });
  await aCampaign(db, {
    holdout: 0.3,
    policy: { lo: 0.5, inside: 1 },
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          {
            id: 'mail',
            share: 1,
            offer: { pool: 'pool', cost: 5 },
            steps: [
              { channels: ['email'], contents },
              { afterDays: 3, channels: ['email'], contents },
            ],
          },
          { id: 'usual', share: 0, control: true },
        ],
      },
    ],
    budget: { total: 1000 },
  });
  await db('coupon_pools').insert({ pool: 'pool', kind: 'generated', prefix: 'RW-', actor: 'test' });
  const userNos: number[] = [];
  for (let i = 0; i < 40; i++) {
    const userNo = await aUser(db);
    await aWarning(db, { userNo });
    userNos.push(userNo);
  }
  const decisionAt = NOON.toISOString();
  const opened = await openWave({
    campaignId: 'winback',
    decisionAt,
    trigger: 'manual',
    actor: 'test',
    workflowId: 'w',
  });
  const waveNo = opened.waveNo ?? 0;
  await run(() => planShards({ waveNo, step: 1, from: 0, to: 10, decisionAt }));
  return { waveNo, userNos, dueAt: opened.followUps[0] ?? '' };
}

test('a follow-up goes to entries of its wave that are not back, with the code they have, and to ghosts as ghosts', async () => {
  const { waveNo, dueAt } = await firstTouch();
  expect(dueAt).toBe(new Date(NOON.getTime() + 3 * DAY).toISOString());
  const first = await db('messages').where({ wave_no: waveNo }).orderBy('user_no');
  expect(first.length).toBeGreaterThan(10);
  expect(new Set(first.map((row) => row.code_no)).size).toBe(first.length);
  await db('messages').where({ wave_no: waveNo }).update({ state: 'ACCEPTED', accepted_at: NOON });

  const back = first[0].user_no;
  await db('events').insert({
    event_id: 'e1',
    user_id: 'x',
    user_no: back,
    type: 'visit',
    occurred_at: new Date(NOON.getTime() + DAY),
    actor: 'test',
  });
  expect(await finishStep({ waveNo, step: 1, moreSteps: true })).toEqual({ state: 'following_up' });
  expect(await openStep({ waveNo, step: 2, decisionAt: dueAt })).toEqual({ shards: 1, channels: ['email'] });
  const planned = await run(() => planShards({ waveNo, step: 2, from: 0, to: 10, decisionAt: dueAt }));

  expect(planned).toEqual({
    audience: 40,
    contacted: first.length - 1,
    heldOut: 40 - first.length,
    blocked: 1,
    deferred: 0,
  });
  expect(await db('ways').where({ wave_no: waveNo, step: 2, user_no: back }).first('rung', 'reason')).toEqual({
    rung: 'returned',
    reason: 'returned',
  });
  const second = await db('messages').where({ wave_no: waveNo, step: 2 }).orderBy('user_no');
  const codes = new Map(first.map((row) => [row.user_no, row.code_no]));
  for (const row of second) expect(row.code_no).toBe(codes.get(row.user_no));
  // The offer was reserved with the first message; the follow-up costs its channel only, which is free here.
  expect(second.every((row) => row.cost_minor === 0)).toBe(true);
  expect(first.every((row) => row.cost_minor === 500)).toBe(true);
  const ghosts = await db('ways').where({ wave_no: waveNo, step: 2, disposition: 'held_out' });
  expect(ghosts.every((row) => row.reason === 'holdout' && row.rung === null && row.channel === 'email')).toBe(true);
});

test('planning a shard again changes nothing', async () => {
  const { rows: before } = await db.raw('select count(*) from messages');
  const [wave] = await db('waves').select('wave_no');
  const again = await run(() =>
    planShards({ waveNo: wave.wave_no, step: 1, from: 0, to: 10, decisionAt: NOON.toISOString() }),
  );
  expect(again.audience).toBe(0);
  expect((await db.raw('select count(*) from messages')).rows).toEqual(before);
});
