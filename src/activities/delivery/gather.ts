interface Waiter<R> {
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** How long the first one waits for others, in milliseconds, and how many go at once. */
export interface GatherLimits {
  delayMs: number;
  max: number;
}

/**
 * Gathers single calls into group commits: `flush` gets what came together and answers for each in the same order. One flush at a
 * time: while one commits, the next gathers.
 */
export function createGather<T, R>(
  limits: GatherLimits,
  flush: (items: T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  let items: T[] = [];
  let waiters: Waiter<R>[] = [];
  let busy = false;
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    busy = true;
    const group = items.splice(0, limits.max);
    const asked = waiters.splice(0, limits.max);
    try {
      const results = await flush(group);
      asked.forEach((waiter, i) => waiter.resolve(results[i] as R));
    } catch (error) {
      for (const waiter of asked) waiter.reject(error);
    }
    busy = false;
    if (items.length > 0) schedule();
  }

  function schedule(): void {
    if (busy) return;
    if (items.length >= limits.max) void run();
    else timer ??= setTimeout(() => void run(), limits.delayMs);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      items.push(item);
      waiters.push({ resolve, reject });
      schedule();
    });
}
