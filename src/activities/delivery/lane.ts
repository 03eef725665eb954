import { randomUUID } from 'node:crypto';
import type { Channel, SendResult } from '../../channels/channel.ts';
import type { DeliveryDeps } from './deps.ts';
import { createGather } from './gather.ts';
import type { HeldMessage, RecordedResult } from './held-message.ts';
import { commitIntentsOnce } from './intent-commits.ts';
import { Permits } from './permits.ts';
import { recordResults } from './result-commits.ts';

/** What all deliveries of one channel in this process share: connections' worth of sends, group commits and permits. */
export interface Lane {
  readonly channel: Channel;
  /** Owner of claims: this process, this run of it. */
  readonly owner: string;
  /** Sends under way; twice the channel's own limit, so that the next message is composed while one is on the wire. */
  readonly sends: Permits;
  /** Commits CLAIMED → SUBMITTING; false: send nothing. */
  intend(message: HeldMessage): Promise<boolean>;
  /** Commits a result; false where the lease ran out before the database took it (the sweep makes it UNKNOWN). */
  record(message: HeldMessage, result: SendResult): Promise<boolean>;
}

// Most of a commit is the disk's time, which PostgreSQL shares between commits: a second group need not wait for the first.
const INTENTS = { delayMs: 1, max: 200, flights: 3 };
const RESULTS = { delayMs: 1, max: 500, flights: 3 };

/** Makes the lane of a channel. */
export function createLane(deps: DeliveryDeps, channel: Channel): Lane {
  // No more messages than the channel sends at once are ever between intent and recorded result: what a kill leaves in doubt.
  const inDoubt = new Permits(channel.concurrency);
  const intend = createGather(INTENTS, (messages: HeldMessage[]) => commitIntentsOnce(deps, channel.name, messages));
  const record = createGather(RESULTS, (results: RecordedResult[]) => recordResults(deps, channel, results));
  return {
    channel,
    owner: `${process.pid}-${randomUUID()}`,
    sends: new Permits(channel.concurrency * 2),
    async intend(message) {
      await inDoubt.acquire();
      try {
        message.submitting = await intend(message);
      } finally {
        if (!message.submitting) inDoubt.release();
      }
      return message.submitting;
    },
    async record(message, result) {
      if (result.kind === 'accepted') deps.fault?.hit('after-250-before-commit');
      try {
        return await record({ message, result });
      } finally {
        if (message.submitting) inDoubt.release();
        message.submitting = false;
      }
    },
  };
}
