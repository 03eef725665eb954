import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosWorker } from './processes.ts';

/** What to kill, how often, and in which rhythm. */
export interface KillPlan {
  start: () => Promise<ChaosWorker>;
  /** Workers at once; a killed one is replaced at once. */
  workers: number;
  kills: number;
  /** Bounds of the time between two kills in milliseconds. */
  everyMs: [number, number];
  seed: number;
  onKill?: (kills: number) => void;
}

/** Kills working workers at random moments, then waits until the others have drained everything; returns the kills that hit. */
export async function killRandomly(plan: KillPlan): Promise<number> {
  const random = uniforms(plan.seed);
  const places = Array.from({ length: plan.workers }, () => plan.start());
  let hits = 0;
  while (hits < plan.kills) {
    const [least, most] = plan.everyMs;
    await delay(least + random() * (most - least));
    const place = Math.floor(random() * places.length);
    const victim = await places[place];
    if (!victim) continue;
    if (victim.process.exitCode === 0) break; // drained: nothing is left to interrupt
    if (victim.process.exitCode !== null) throw new Error(`a worker broke down: ${victim.process.exitCode}`);
    victim.process.kill('SIGKILL');
    hits += 1;
    plan.onKill?.(hits);
    places[place] = plan.start();
  }
  for (const place of places) {
    const code = await (await place).ended;
    if (code !== 0) throw new Error(`a worker ended by ${code}`);
  }
  return hits;
}

/** Repeatable uniforms in [0, 1) (mulberry32). */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
