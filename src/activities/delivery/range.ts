import { CancelledFailure } from '@temporalio/activity';
import type { SendResult } from '../../channels/channel.ts';
import { renewLeases } from '../../db/queries/outbox/intents.ts';
import { readGate } from '../../db/queries/outbox/gate.ts';
import { giveBackClaims } from '../../db/queries/outbox/results.ts';
import { claimJobs, type ClaimContext, type Job } from './claims.ts';
import { startPulse, type Pulse } from '../pulse.ts';
import { createStopWatch, type StopWatch } from './stop-watch.ts';

/** One run over a range: what it holds, and why it should end early. */
interface Run extends ClaimContext {
  pulse: Pulse;
  watch: StopWatch;
  /** Claimed and not recorded yet. */
  held: Set<Job>;
  /** An intent was refused: something may have changed for the whole wave. */
  refused: boolean;
  /** Results that the database did not take in time, or an error of ours: the activity is to be tried again. */
  failure: Error | null;
  closed: boolean;
}

/**
 * Sends what is due in the range: while one batch goes out the next is claimed and rendered. Ends when nothing is due or the wave
 * is held; throws the cancellation when the worker ends, after giving back what it had not started.
 */
export async function sendRange(context: ClaimContext): Promise<void> {
  const { deps, lane, part, kit } = context;
  const pulse = startPulse();
  const watch = createStopWatch(deps, {
    waveNo: part.waveNo,
    channel: lane.channel,
    guardrails: kit.campaign.guardrails,
  });
  const run: Run = { ...context, pulse, watch, held: new Set(), refused: false, failure: null, closed: false };
  const renewal = setInterval(() => void renew(run), (deps.config.leaseSeconds * 1000) / 3);
  try {
    await sendBatches(run);
  } finally {
    clearInterval(renewal);
    await watch.settle();
    pulse.stop();
  }
  if (pulse.signal.aborted) throw pulse.signal.reason ?? new CancelledFailure('cancelled');
  if (run.failure) throw run.failure;
}

async function sendBatches(run: Run): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let next = nextBatch(run);
  try {
    for (;;) {
      const jobs = await next;
      if (jobs === null) {
        await Promise.all(underWay);
        // A message withdrawn at its intent is due again: its next claim says what became of it.
        if (!run.refused || (await mustStop(run))) return;
      }
      next = nextBatch(run);
      next.catch(() => {}); // awaited at the next turn, or below
      for (const job of jobs ?? []) {
        await run.lane.sends.acquire();
        if (await mustStop(run)) {
          run.lane.sends.release();
          return;
        }
        const sending = send(run, job).finally(() => {
          run.lane.sends.release();
          underWay.delete(sending);
        });
        underWay.add(sending);
      }
    }
  } finally {
    run.closed = true;
    await next.catch(() => null);
    await Promise.all(underWay);
    await giveBack(run);
  }
}

/** The next jobs; null: nothing is due, or the run is over. */
async function nextBatch(run: Run): Promise<Job[] | null> {
  while (!run.closed && !run.pulse.signal.aborted) {
    const claimed = await claimJobs(run);
    if (claimed.kind === 'nothing') return null;
    if (claimed.kind === 'wait') await run.pulse.sleep(claimed.waitMs);
    else if (claimed.jobs.length > 0) {
      for (const job of claimed.jobs) run.held.add(job);
      run.pulse.at(claimed.jobs.at(-1)?.held.messageNo ?? 0);
      return claimed.jobs;
    }
  }
  return null;
}

async function mustStop(run: Run): Promise<boolean> {
  if (run.pulse.signal.aborted || run.failure) return true;
  if (!run.refused) return false;
  run.refused = false;
  const { waveNo } = run.part;
  const gate = await readGate(run.deps.db, { waveNo, provider: run.lane.channel.provider });
  return !gate || gate.runState !== 'running' || gate.held !== null;
}

async function send(run: Run, job: Job): Promise<void> {
  const { held, envelope } = job;
  const result = await attempt(run, job);
  const written = await run.lane.record(held, result);
  run.held.delete(job);
  if (!written) run.failure ??= new Error('results could not be written before their leases ran out');
  if (result.kind === 'withdrawn') run.refused = true;
  if (result.kind === 'failed') run.watch.noteFailure();
  if ('stopProvider' in result && result.stopProvider) {
    run.refused = true;
    run.watch.noteProviderStop(result.evidence);
  }
  if (result.kind !== 'accepted' && result.kind !== 'withdrawn') {
    const { deliveryId, messageNo } = envelope;
    run.deps.logger.info({ messageNo, deliveryId, result: result.kind }, 'not sent at this attempt');
  }
}

async function attempt(run: Run, { held, envelope }: Job): Promise<SendResult> {
  try {
    return await run.lane.channel.send(envelope, () => run.lane.intend(held));
  } catch (error) {
    run.deps.logger.error({ err: error, messageNo: held.messageNo }, 'a channel threw');
    // A fault of ours: with an intent out nobody knows, without one nothing went out, and the range is tried again later.
    run.failure ??= new Error('a channel threw');
    return held.submitting
      ? { kind: 'unknown', reason: 'channel_threw', evidence: 'the channel threw after the intent' }
      : { kind: 'retry', reason: 'channel_threw', evidence: 'the channel threw before the intent' };
  }
}

/** Waiting messages keep their claim and slow answers their chance, as long as this process is alive. */
async function renew(run: Run): Promise<void> {
  if (run.held.size === 0) return;
  const { leaseSeconds } = run.deps.config;
  const messages = [...run.held].map((job) => job.held);
  const asked = performance.now();
  try {
    await renewLeases(run.deps.db, { messages, leaseSeconds });
    // The statement skips what was lost already; for those the database's word counts, not this clock.
    for (const held of messages) {
      if (held.leaseEndsAt > asked) held.leaseEndsAt = asked + leaseSeconds * 1000;
    }
  } catch (error) {
    run.deps.logger.warn({ err: error, messages: messages.length }, 'leases could not be renewed');
  }
}

async function giveBack(run: Run): Promise<void> {
  const rest = [...run.held].map((job) => job.held).filter((held) => !held.submitting);
  run.held.clear();
  try {
    await giveBackClaims(run.deps.db, rest);
  } catch (error) {
    // The sweep takes them when the lease is out.
    run.deps.logger.warn({ err: error, messages: rest.length }, 'claims could not be given back');
  }
}
