import { setTimeout as delay } from 'node:timers/promises';
import { commitIntents, readSubmitting } from '../../db/queries/outbox/intents.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { DeliveryDeps } from './deps.ts';
import type { HeldMessage } from './held-message.ts';

/** A connection waits at its 354 meanwhile: two tries, then nothing is sent. */
const RETRY_AFTER_MS = 250;

/** Commits the intents of all that wait and says for each whether it may go; never throws: without a commit nothing is sent. */
export async function commitIntentsOnce(
  deps: DeliveryDeps,
  channel: ChannelName,
  messages: HeldMessage[],
): Promise<boolean[]> {
  deps.fault?.hit('before-intent-commit');
  const asked = performance.now();
  const granted = await commit(deps, messages);
  deps.fault?.hit('after-intent-commit');
  const answers = messages.map((message) => granted.has(message.messageNo));
  for (const [i, message] of messages.entries()) {
    if (answers[i]) message.leaseEndsAt = asked + deps.config.leaseSeconds * 1000;
  }
  deps.metrics?.countIntents({ channel, granted: true }, granted.size);
  if (granted.size < messages.length) {
    deps.metrics?.countIntents({ channel, granted: false }, messages.length - granted.size);
  }
  return answers;
}

async function commit(deps: DeliveryDeps, messages: HeldMessage[]): Promise<Set<number>> {
  const { leaseSeconds } = deps.config;
  const input = () => ({
    intents: messages,
    now: deps.now(),
    marginSeconds: Math.min(2, leaseSeconds / 4),
    leaseSeconds,
  });
  try {
    return await commitIntents(deps.db, input());
  } catch (error) {
    deps.logger.warn({ err: error, intents: messages.length }, 'an intent commit failed');
  }
  try {
    await delay(RETRY_AFTER_MS);
    const granted = await commitIntents(deps.db, input());
    if (granted.size === messages.length) return granted;
    // The first commit may have happened with its answer lost: who stands in SUBMITTING at our fence has his intent.
    return await readSubmitting(deps.db, messages);
  } catch (error) {
    deps.logger.warn({ err: error, intents: messages.length }, 'an intent commit failed again, nothing is sent');
    return new Set();
  }
}
