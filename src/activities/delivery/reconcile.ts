import { readUnknowns, recordEmptyPoll, sendAgain, type UnknownMessage } from '../../db/queries/outbox/unknowns.ts';
import { recordAccepted } from '../../db/queries/outbox/results.ts';
import type { OutboxPart } from '../../db/queries/outbox/gate.ts';
import { RETRY } from '../../policy/retry.ts';
import type { DeliveryDeps } from './deps.ts';
import type { Lane } from './lane.ts';
import { startPulse, type Pulse } from '../pulse.ts';
import type { WaveKit } from './wave-kit.ts';

const PAGE = 200;
/** Questions to a provider at once. */
const ASKING = 5;

interface Reconciling {
  deps: DeliveryDeps;
  lane: Lane;
  part: OutboxPart;
  kit: WaveKit;
  pulse: Pulse;
}

type Settlement = 'settled' | 'ask_again' | 'stays';

/** Settles what nobody knows, as far as the channel allows (RELIABILITY.md §1); see DeliveryActivities.reconcileUnknown. */
export async function reconcile(
  input: Omit<Reconciling, 'pulse'>,
): Promise<{ settled: number; unknown: number; againAt: string | null }> {
  const pulse = startPulse();
  const run = { ...input, pulse };
  const tally = { settled: 0, ask_again: 0, stays: 0 };
  try {
    for (let after = 0; ;) {
      const page = await readUnknowns(run.deps.db, { ...run.part, afterMessageNo: after, limit: PAGE });
      for (let i = 0; i < page.length; i += ASKING) {
        pulse.signal.throwIfAborted();
        const outcomes = await Promise.all(page.slice(i, i + ASKING).map((message) => settle(run, message)));
        for (const outcome of outcomes) tally[outcome] += 1;
      }
      after = page.at(-1)?.messageNo ?? 0;
      pulse.at(after);
      if (page.length < PAGE) break;
    }
  } finally {
    pulse.stop();
  }
  const againAt = tally.ask_again > 0 ? new Date(run.deps.now().getTime() + pollGapMs(run.deps)).toISOString() : null;
  return { settled: tally.settled, unknown: tally.ask_again + tally.stays, againAt };
}

/** Time between two polls: what was on its way at the first has arrived by the second. */
function pollGapMs(deps: DeliveryDeps): number {
  return (deps.config.leaseSeconds * 1000) / 2;
}

async function settle(run: Reconciling, message: UnknownMessage): Promise<Settlement> {
  const { deps, lane } = run;
  deps.fault?.hit('in-reconcile');
  const stale = message.expiresAt <= deps.now();
  if (lane.channel.repeatable) {
    // The same Topic and tag: the second one replaces the first.
    const tired = message.attempts >= (deps.retry ?? RETRY).maxAttempts;
    return stale || tired ? 'stays' : again(run, message, 'a repeat replaces the first');
  }
  const found = await ask(run, message);
  if (found === 'unreachable') return 'ask_again';
  if (found.kind === 'accepted') return accept(run, message, found.providerId);
  if (found.kind === 'not_found') return notFound(run, message, stale);
  const resends = run.part.channel === 'email' && run.kit.campaign.unknownEmail === 'resend_once';
  return resends && !message.resent && !stale
    ? again(run, message, 'the campaign sends unknown mails once more')
    : 'stays';
}

async function ask(run: Reconciling, message: UnknownMessage) {
  const { deliveryId, to, submittedAt: since } = message;
  try {
    return await run.lane.channel.reconcile({ deliveryId, to, since });
  } catch (error) {
    run.deps.logger.warn({ err: error, messageNo: message.messageNo }, 'the provider cannot be asked now');
    return 'unreachable';
  }
}

async function accept(run: Reconciling, message: UnknownMessage, providerId: string): Promise<Settlement> {
  const { messageNo, fence, submittedAt: at } = message;
  await recordAccepted(run.deps.db, {
    provider: run.lane.channel.provider,
    accepted: [{ messageNo, fence, providerId, at }],
  });
  run.deps.metrics?.countMessages({ channel: run.part.channel, state: 'ACCEPTED' }, 1);
  return 'settled';
}

/** The first empty poll proves nothing, it may be on its way; the second, some time later, allows one more try. */
async function notFound(run: Reconciling, message: UnknownMessage, stale: boolean): Promise<Settlement> {
  if (message.resent || stale) return 'stays';
  const { emptyPolls, sinceEmptyPollMs } = message;
  if (emptyPolls === 0 || sinceEmptyPollMs === null) {
    await recordEmptyPoll(run.deps.db, message);
    return 'ask_again';
  }
  if (sinceEmptyPollMs < pollGapMs(run.deps)) return 'ask_again';
  return again(run, message, 'the provider did not know it twice');
}

async function again(run: Reconciling, message: UnknownMessage, why: string): Promise<Settlement> {
  return (await sendAgain(run.deps.db, { message, why, now: run.deps.now() })) ? 'settled' : 'stays';
}
