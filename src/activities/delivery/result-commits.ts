import { setTimeout as delay } from 'node:timers/promises';
import type { Channel } from '../../channels/channel.ts';
import { recordAccepted, type Accepted } from '../../db/queries/outbox/results.ts';
import { recordUnsuccessful, type UnsuccessfulResults } from '../../db/queries/outbox/settled.ts';
import { RETRY, retryDelayMs } from '../../policy/retry.ts';
import type { DeliveryDeps } from './deps.ts';
import type { HeldMessage, RecordedResult } from './held-message.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
/** Tries of a group before its results go one by one, so that one bad row cannot hold up the others. */
const GROUP_TRIES = 3;

/** Writes results in one group; while the database is away it tries again until the leases are out. Says what was written. */
export async function recordResults(
  deps: DeliveryDeps,
  channel: Channel,
  results: RecordedResult[],
): Promise<boolean[]> {
  for (let tries = 1; ; tries++) {
    try {
      await write(deps, channel, results);
      return results.map(() => true);
    } catch (error) {
      deps.logger.warn({ err: error, results: results.length, tries }, 'results could not be written yet');
    }
    if (results.every(({ message }) => message.leaseEndsAt <= performance.now())) return results.map(() => false);
    if (tries >= GROUP_TRIES && results.length > 1) {
      return (await Promise.all(results.map((one) => recordResults(deps, channel, [one])))).flat();
    }
    await delay(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS));
  }
}

async function write(deps: DeliveryDeps, channel: Channel, results: RecordedResult[]): Promise<void> {
  const now = deps.now();
  const accepted: Accepted[] = [];
  const rest: RecordedResult[] = [];
  const gone: number[] = [];
  for (const one of results) {
    const { message, result } = one;
    if (result.kind === 'accepted') {
      const { messageNo, fence } = message;
      accepted.push({ messageNo, fence, providerId: result.providerId.replaceAll('\0', ''), at: now });
    } else rest.push(one);
    if ('goneSubscriptions' in result) gone.push(...(result.goneSubscriptions ?? []));
  }
  if (accepted.length > 0) await writeAccepted(deps, channel, accepted);
  if (rest.length === 0 && gone.length === 0) return;
  const unsuccessful = { ...sortResults(deps, rest, now), goneSubscriptions: gone };
  await recordUnsuccessful(deps.db, unsuccessful);
  const { failures, doubts } = unsuccessful;
  if (failures.length > 0) deps.metrics?.countMessages({ channel: channel.name, state: 'FAILED' }, failures.length);
  if (doubts.length > 0) deps.metrics?.countMessages({ channel: channel.name, state: 'UNKNOWN' }, doubts.length);
}

async function writeAccepted(deps: DeliveryDeps, channel: Channel, accepted: Accepted[]): Promise<void> {
  const moved = await recordAccepted(deps.db, { provider: channel.provider, accepted });
  deps.metrics?.countMessages({ channel: channel.name, state: 'ACCEPTED' }, moved.size);
}

function sortResults(
  deps: DeliveryDeps,
  results: RecordedResult[],
  now: Date,
): Omit<UnsuccessfulResults, 'goneSubscriptions'> {
  const sorted = {
    retries: [] as UnsuccessfulResults['retries'][number][],
    failures: [] as UnsuccessfulResults['failures'][number][],
    doubts: [] as UnsuccessfulResults['doubts'][number][],
    withdrawn: [] as UnsuccessfulResults['withdrawn'][number][],
  };
  for (const { message, result } of results) {
    const { messageNo, fence, waveNo } = message;
    const evidence = 'evidence' in result ? (result.evidence ?? '').replaceAll('\0', '') : '';
    if (result.kind === 'withdrawn') sorted.withdrawn.push({ messageNo, fence });
    else if (result.kind === 'unknown') sorted.doubts.push({ messageNo, fence, reason: result.reason, evidence });
    else if (result.kind === 'failed') {
      const suppress = result.suppress ?? false;
      sorted.failures.push({ messageNo, fence, waveNo, class: result.class, evidence, suppress });
    } else if (result.kind === 'retry') {
      const wait = backOff(deps, message, result.retryAfterMs);
      if (wait === null) sorted.failures.push({ messageNo, fence, waveNo, class: 'other', evidence, suppress: false });
      else
        sorted.retries.push({
          messageNo,
          fence,
          reason: result.reason,
          evidence,
          retryAt: new Date(now.getTime() + wait),
        });
    }
  }
  return sorted;
}

function backOff(deps: DeliveryDeps, message: HeldMessage, retryAfterMs: number | undefined): number | null {
  // Neighbours get different delays, and the same message the same one.
  const spread = (message.messageNo % 97) / 97;
  return retryDelayMs(deps.retry ?? RETRY, { attempts: message.attempts + 1, retryAfterMs, spread });
}
