import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { FLAWLESS } from '../support/chaos/oracle.ts';
import { killRandomly } from '../support/chaos/random-kills.ts';
import { CONCURRENCY, setStage, type ChaosWave } from '../support/chaos/stage.ts';
import { freshDatabase } from '../support/database.ts';

const { db, url } = await freshDatabase();
const stage = await setStage(db, url);
const { standIns } = stage;
afterAll(() => stage.close());

const LONG = { timeout: 120_000 };

describe.concurrent('a worker killed', () => {
  const points: [faultPoint: string, leavesDoubt: boolean][] = [
    ['after-claim:1', false],
    ['before-354:20', false],
    ['before-intent-commit:5', false],
    ['after-intent-commit:5', true],
    ['mid-body:20', true],
    ['after-dot:20', true],
    ['after-250-before-commit:20', true],
    ['after-commit-before-result:1', false],
  ];
  test.each(points)('at %s leaves nothing lost and nothing sent twice', async (faultPoint, leavesDoubt) => {
    const wave = await stage.wave({ users: 150 });
    await standIns.fault('smtp', { to: wave.to, delayMs: 10, times: 0 });
    const doomed = await wave.start({ faultPoint });
    expect(await doomed.ended).toBe('SIGKILL');
    const successor = await wave.start();
    expect(await successor.ended).toBe(0);
    const verdict = await wave.judge();
    const unknown = verdict.states.UNKNOWN ?? 0;
    expect(verdict).toMatchObject(FLAWLESS);
    expect(unknown).toBeLessThanOrEqual(CONCURRENCY);
    if (leavesDoubt) expect(unknown).toBeGreaterThan(0);
    expect((verdict.states.ACCEPTED ?? 0) + unknown).toBe(150);
  });

  test('in reconcile settles each unknown once all the same', async () => {
    const wave = await stage.wave({ users: 30, campaign: { unknownEmail: 'resend_once' } });
    await standIns.fault('smtp', { to: wave.to, act: 'close', times: 6 });
    const doomed = await wave.start({ faultPoint: 'in-reconcile:3' });
    expect(await doomed.ended).toBe('SIGKILL');
    const successor = await wave.start();
    expect(await successor.ended).toBe(0);
    const verdict = await wave.judge();
    expect(verdict).toMatchObject(FLAWLESS);
    expect(verdict.states).toEqual({ ACCEPTED: 30 });
  });

  test('again and again at random moments, 30 times, leaves no more unknowns than sends in flight', LONG, async () => {
    const wave = await stage.wave({ users: 1_500 });
    await standIns.fault('smtp', { to: wave.to, delayMs: 40, times: 0 });
    const kills = await killRandomly({
      start: () => wave.start(),
      workers: 3,
      kills: 30,
      everyMs: [50, 250],
      seed: 7,
    });
    const verdict = await wave.judge();
    expect(kills).toBe(30);
    expect(verdict).toMatchObject(FLAWLESS);
    expect(verdict.states.UNKNOWN ?? 0).toBeLessThanOrEqual(kills * CONCURRENCY);
    expect((verdict.states.ACCEPTED ?? 0) + (verdict.states.UNKNOWN ?? 0)).toBe(1_500);
  });
});

describe.concurrent('a worker stopped', () => {
  test('past its lease and continued does not send what another has taken', async () => {
    const wave = await stage.wave({ users: 300 });
    await standIns.fault('smtp', { to: wave.to, delayMs: 20, times: 0 });
    const sleeper = await wave.start();
    await sent(wave, 20);
    sleeper.process.kill('SIGSTOP');
    const other = await wave.start();
    await delay(3_500);
    sleeper.process.kill('SIGCONT');
    expect(await other.ended).toBe(0);
    expect(await sleeper.ended).toBe(0);
    const verdict = await wave.judge();
    expect(verdict).toMatchObject(FLAWLESS);
    expect(verdict.states.UNKNOWN ?? 0).toBeLessThanOrEqual(CONCURRENCY);
  });

  test('by SIGTERM finishes what is in flight, gives the rest back and leaves nothing unknown', async () => {
    const wave = await stage.wave({ users: 300 });
    await standIns.fault('smtp', { to: wave.to, delayMs: 20, times: 0 });
    const worker = await wave.start();
    await sent(wave, 20);
    worker.process.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(Object.keys((await wave.judge()).states).toSorted()).toEqual(['ACCEPTED', 'PLANNED']);
    expect(await (await wave.start()).ended).toBe(0);
    expect(await wave.judge()).toMatchObject({ ...FLAWLESS, states: { ACCEPTED: 300 } });
  });
});

async function sent(wave: ChaosWave, atLeast: number): Promise<void> {
  const query = db('messages').where({ wave_no: wave.waveNo, state: 'ACCEPTED' }).count('* as n').first();
  for (;;) {
    const row = (await query.clone()) as { n: number } | undefined;
    if ((row?.n ?? 0) >= atLeast) return;
    await delay(20);
  }
}
