import type { Knex } from 'knex';
import { findSummary, forgetSummary, keepSummary } from '../../db/queries/summaries.ts';
import { within } from '../within.ts';

/** What is counted faster is counted anew for every look. */
const QUICK_MS = 250;
/** A slow answer is good for so many times as long as it took, half a minute at least and half an hour at most. */
const KEPT_TIMES = 20;
const LEAST_MS = 30_000;
const MOST_MS = 1_800_000;
/** So many are counted at once; the others wait their turn, so that pages keep their share of the database. */
const AT_ONCE = 2;

/** An answer, and how old it is; null: it is being counted, and nothing older is there. */
export type KeptSummary = { content: string; ageMs: number } | null;

/** Counts long answers one by one and keeps them: a look waits `patienceMs` at most, whatever the size of the data. */
export interface Summaries {
  /** The answer to the question that `key` names, as JSON text. Throws what `compute` throws while the look waits. */
  ask(input: Question & { patienceMs?: number }): Promise<KeptSummary>;
}

interface Question {
  key: string;
  compute: () => Promise<string>;
}

const PATIENCE_MS = 2_500;

/** The summaries of a database; counting the same twice at once is avoided within one process. */
export function keptSummaries(db: Knex, { quickMs = QUICK_MS }: { quickMs?: number } = {}): Summaries {
  const running = new Map<string, Promise<string>>();
  const turn = takingTurns(AT_ONCE);

  function count({ key, compute }: Question, isKept: boolean): Promise<string> {
    const known = running.get(key);
    if (known) return known;
    const counting = turn(async () => {
      const from = performance.now();
      const content = await compute();
      const tookMs = performance.now() - from;
      if (tookMs > quickMs) await keepSummary(db, { key, content, tookMs });
      else if (isKept) await forgetSummary(db, key);
      return content;
    }).finally(() => running.delete(key));
    // Whoever waited may be gone by the time it fails; the next look counts again and hears of it.
    counting.catch(() => undefined);
    running.set(key, counting);
    return counting;
  }

  return {
    async ask({ key, compute, patienceMs = PATIENCE_MS }) {
      const kept = await findSummary(db, key);
      if (kept) {
        const goodMs = Math.min(MOST_MS, Math.max(LEAST_MS, kept.tookMs * KEPT_TIMES));
        if (kept.ageMs > goodMs) void count({ key, compute }, true);
        return { content: kept.content, ageMs: kept.ageMs };
      }
      const content = await within(patienceMs, count({ key, compute }, false));
      return content === null ? null : { content, ageMs: 0 };
    },
  };
}

function takingTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= most) await new Promise<void>((go) => waiting.push(go));
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
