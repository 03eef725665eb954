import { Context } from '@temporalio/activity';

/** Milliseconds between heartbeats, far below the heartbeat time-out of `vendorSend`. */
const BEAT_MS = 3_000;

/** The running activity's tie to Temporal: it beats by itself, and hears of cancellation and of the worker's end. */
export interface Pulse {
  readonly signal: AbortSignal;
  /** A cursor that the next heartbeat carries. */
  at(cursor: number): void;
  /** Waits; returns early when the activity is cancelled. */
  sleep(ms: number): Promise<void>;
  stop(): void;
}

/** Starts the heartbeats of the current activity. */
export function startPulse(): Pulse {
  const context = Context.current();
  const signal = context.cancellationSignal;
  let cursor = 0;
  context.heartbeat(cursor);
  const timer = setInterval(() => context.heartbeat(cursor), BEAT_MS);
  return {
    signal,
    at: (next) => {
      cursor = next;
    },
    sleep: (ms) => sleep(ms, signal),
    stop: () => clearInterval(timer),
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
