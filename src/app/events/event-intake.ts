import type { Knex } from 'knex';
import { storeEvents, type NewEvent } from '../../db/queries/imports/events.ts';

/** What became of one batch: events that were new, and events that were known (or came twice in it). */
export interface TakenBatch {
  inserted: number;
  known: number;
}

/** Too much is waiting: try again in a moment. */
export class IntakeBusy extends Error {}

interface Waiting {
  events: readonly NewEvent[];
  resolve(taken: TakenBatch): void;
  reject(error: unknown): void;
}

/** Events per transaction, and events that may wait for one. */
const GROUP = 20_000;
const MOST_WAITING = 200_000;

/**
 * Group commit: batches that arrive while a transaction runs go into the next one together, so that many small senders cost
 * hardly more than one. A batch is answered only after its commit.
 */
export class EventIntake {
  readonly #db: Knex;
  #waiting: Waiting[] = [];
  #events = 0;
  #running = false;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Stores a batch; rejects with IntakeBusy, or with the database's error when nothing of it was stored for certain. */
  take(events: readonly NewEvent[]): Promise<TakenBatch> {
    if (this.#events > 0 && this.#events + events.length > MOST_WAITING) return Promise.reject(new IntakeBusy());
    this.#events += events.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#commit(this.#nextGroup());
    this.#running = false;
  }

  #nextGroup(): Waiting[] {
    let size = 0;
    const end = this.#waiting.findIndex((batch, index) => (size += batch.events.length) > GROUP && index > 0);
    const group = this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
    this.#events -= group.reduce((sum, batch) => sum + batch.events.length, 0);
    return group;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const added = await storeEvents(
        this.#db,
        group.flatMap((batch) => batch.events),
      );
      for (const batch of group) batch.resolve(countTaken(batch.events, added));
    } catch (error) {
      // A batch that the database can't take must not take its neighbours with it.
      if (group.length > 1 && isAboutData(error)) for (const batch of group) await this.#commit([batch]);
      else for (const batch of group) batch.reject(error);
    }
  }
}

/** Each new id counts once, for the batch that brought it first. */
function countTaken(events: readonly NewEvent[], added: Set<string>): TakenBatch {
  let inserted = 0;
  for (const { values } of events) if (added.delete(values[0] ?? '')) inserted += 1;
  return { inserted, known: events.length - inserted };
}

/** True for errors of class 22 (data) and 23 (constraints): the server is well, a value is not. */
export function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^2[23]/.test(code);
}
