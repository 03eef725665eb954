import { expect, test } from 'vitest';
import { prove } from '../../src/app/prove.ts';
import { waveReport } from '../../src/app/wave-report.ts';
import { why } from '../../src/app/why.ts';
import { loadPlanContext } from '../../src/db/planning/load-context.ts';
import { planShard } from '../../src/db/planning/plan-shard.ts';
import { cutShards, storeShards } from '../../src/db/planning/shards.ts';
import { createZoneTable } from '../../src/db/planning/zones.ts';
import { setWaveRunState } from '../../src/db/queries/wave-run-state.ts';
import { findWave, type WaveRow } from '../../src/db/queries/waves.ts';
import { freshDatabase } from '../support/database.ts';
import { aRandomWorld } from '../support/random-world.ts';
import { NOON } from '../support/world.ts';

const { db } = await freshDatabase();

async function aPlannedWave(seed: number): Promise<WaveRow> {
  await db.raw(
    `truncate users, survey_answers, warnings, events, contacts, suppressions, push_subscriptions, coupon_codes, coupon_pools, entries, messages,
      ways, wave_shards, waves restart identity`,
  );
  const world = await aRandomWorld(db, seed);
  // The past of these worlds is invented: suppressions and warnings must not look as if they came after the decision.
  await db('suppressions').update({ at: new Date(NOON.getTime() - 3_600_000) });
  const context = await loadPlanContext(db, world.request);
  const shards = await cutShards(db, context, 1000);
  await storeShards(db, context, shards);
  const zoneTable = createZoneTable(context);
  for (const { shard_no } of await db('wave_shards').where({ wave_no: context.waveNo }).orderBy('shard_no')) {
    await planShard(db, context, { shardNo: shard_no, zoneTable });
  }
  const [{ sum }] = (await db('wave_shards').where({ wave_no: context.waveNo }).sum('expected')) as [{ sum: number }];
  await db('waves').where({ wave_no: context.waveNo }).update({ audience: sum });
  return (await findWave(db, { waveNo: context.waveNo })) as WaveRow;
}

const differences = async (wave: WaveRow): Promise<unknown[]> =>
  (await prove({ db, wave })).checks.filter((check) => !check.ok).map(({ name, samples }) => ({ name, samples }));

test.each([0, 1, 2, 3, 4, 5])(
  'what the planner wrote for random world %i adds up, also after an abort',
  async (seed) => {
    const wave = await aPlannedWave(seed);
    expect(await differences(wave)).toEqual([]);

    const report = await waveReport({ db, wave, now: NOON });
    const step = report.steps[0];
    const messages = Number((await db('messages').where({ wave_no: wave.waveNo }).count('* as n').first())?.n);
    expect(step?.waterfall[0]?.reached).toBe(step?.audience);
    expect(step?.waterfall.at(-1)?.passed).toBe(messages);
    expect(step?.channels.reduce((sum, row) => sum + row.planned, 0)).toBe(messages);

    await setWaveRunState(db, { waveNo: wave.waveNo, state: 'aborted', actor: 'test', reason: 'test' });
    expect(await differences(wave)).toEqual([]);
    expect(await db('coupon_codes').where({ state: 'reserved' })).toEqual([]);
  },
);

test.each([11, 12, 14])(
  'why has an answer for every user of random world %i, and its numbers bear it out',
  async (seed) => {
    const wave = await aPlannedWave(seed);
    const users: { user_id: string; user_no: number }[] = await db('users').select('user_id', 'user_no');
    const ways = new Map((await db('ways').where({ wave_no: wave.waveNo })).map((way) => [way.user_no, way]));
    for (const { user_id: userId, user_no: userNo } of users) {
      const report = await why({ db, userId, wave: String(wave.waveNo) });
      const way = ways.get(userNo);
      expect([userId, report.inAudience]).toEqual([userId, way !== undefined]);
      if (!way) {
        expect([userId, report.absent?.code]).not.toEqual([userId, 'unexplained']);
        continue;
      }
      const text = report.answer;
      expect([userId, text]).not.toEqual([userId, expect.stringMatching(/undefined|NaN|null|no reason|^$/)]);
      const full = /frequency cap reached: \S+ had (\d+) of (\d+)/.exec(text);
      if (way.rung === 'caps' && way.reason.startsWith('cap:')) {
        if (way.disposition === 'blocked') expect([userId, full === null]).toEqual([userId, false]);
      }
      if (full) expect([userId, Number(full[1]) >= Number(full[2])]).toEqual([userId, true]);
    }
  },
);
