import { asyncLocalStorage, CancelledFailure, Context } from '@temporalio/activity';

/** Runs activities as a Temporal worker would, without its native core: a killed worker has to be back within a moment. */
export interface ActivityRunner {
  run<R>(activity: () => Promise<R>): Promise<R>;
  /** What a worker's shutdown does to running activities. */
  shutDown(): void;
}

/** A runner whose heartbeats go nowhere. */
export function activityRunner(): ActivityRunner {
  const controller = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error));
  });
  cancelled.catch(() => {});
  // Only cancellation and heartbeat are looked at; the rest of the context belongs to Temporal's core.
  const context = Object.assign(Object.create(Context.prototype) as Context, {
    cancelled,
    cancellationSignal: controller.signal,
    heartbeatFn: () => {},
    heartbeat: () => {},
  });
  return {
    run: (activity) => asyncLocalStorage.run(context, activity),
    shutDown: () => controller.abort(new CancelledFailure('WORKER_SHUTDOWN')),
  };
}
