import type { Channel } from '../../channels/channel.ts';
import { haltWave, tallySends } from '../../db/queries/outbox/halt.ts';
import { stopProvider } from '../../db/queries/outbox/throttle.ts';
import { crossedStopLine } from '../../policy/stop-lines.ts';
import { tellOperators } from '../tell-operators.ts';
import type { DeliveryDeps } from './deps.ts';

/** A look at the stop line counts the wave's messages, so failures share one: for this time, or for so many of them. */
const LOOK_EVERY_MS = 1_000;
const LOOK_EVERY_FAILURES = 50;

/** Halts a wave by itself: when too many sends fail for good, or when the provider refuses us (W8). */
export interface StopWatch {
  noteFailure(): void;
  noteProviderStop(evidence: string): void;
  /** Ends what is under way and looks once more where failures came since the last look. */
  settle(): Promise<void>;
}

/** The watch of one run over a wave. */
export function createStopWatch(
  deps: DeliveryDeps,
  wave: { waveNo: number; channel: Channel; guardrails: { maxFailureRate: number } },
): StopWatch {
  let unseen = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let work: Promise<void> = Promise.resolve();
  const then = (step: () => Promise<void>): void => {
    work = work.then(step).catch((error: unknown) => {
      deps.logger.error({ err: error, waveNo: wave.waveNo }, 'the stop line could not be looked at');
    });
  };
  const look = async (): Promise<void> => {
    unseen = 0;
    const reason = crossedStopLine(await tallySends(deps.db, wave.waveNo), wave.guardrails);
    if (reason !== null) await halt(deps, { waveNo: wave.waveNo, kind: 'failure_rate', reason });
  };
  return {
    noteFailure() {
      unseen += 1;
      if (unseen < LOOK_EVERY_FAILURES && performance.now() - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = performance.now();
      then(look);
    },
    noteProviderStop(evidence) {
      then(() => haltForProvider(deps, { ...wave, evidence }));
    },
    async settle() {
      if (unseen > 0) then(look);
      await work;
    },
  };
}

async function haltForProvider(
  deps: DeliveryDeps,
  stop: { waveNo: number; channel: Channel; evidence: string },
): Promise<void> {
  const { provider } = stop.channel;
  await stopProvider(deps.db, { provider, why: stop.evidence });
  const reason = `${provider} refuses to send for this account (${stop.evidence})`;
  await halt(deps, { waveNo: stop.waveNo, kind: 'provider_stopped', reason });
}

async function halt(deps: DeliveryDeps, input: { waveNo: number; kind: string; reason: string }): Promise<void> {
  const halted = await haltWave(deps.db, input);
  if (!halted) return;
  deps.logger.error({ waveNo: input.waveNo, kind: input.kind, reason: input.reason }, 'wave halted');
  await tellOperators(deps);
}
