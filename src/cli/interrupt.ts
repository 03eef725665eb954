/**
 * Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. Call it before anything is started, so
 * that an early Ctrl-C is not lost.
 */
export function untilInterrupted(): { promise: Promise<void>; signal: AbortSignal } {
  const controller = new AbortController();
  const promise = new Promise<void>((resolve) => {
    const onSignal = (): void => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  return { promise, signal: controller.signal };
}
