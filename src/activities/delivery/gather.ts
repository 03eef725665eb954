interface Waiter<R> {
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** How long the first one waits for others, in milliseconds, how many go at once, and how many groups may be under way. */
export interface GatherLimits {
  delayMs: number;
  max: number;
  flights: number;
}

/**
 * Gathers single calls into group commits: `flush` gets what came together and answers for each in the same order. While as many
 * groups as allowed are under way, the next one gathers.
 */
export function createGather<T, R>(
  limits: GatherLimits,
  flush: (items: T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  let items: T[] = [];
  let waiters: Waiter<R>[] = [];
  let flights = 0;
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    flights += 1;
    const group = items.splice(0, limits.max);
    const asked = waiters.splice(0, limits.max);
    try {
      const results = await flush(group);
      asked.forEach((waiter, i) => waiter.resolve(results[i] as R));
    } catch (error) {
      for (const waiter of asked) waiter.reject(error);
    }
    flights -= 1;
    if (items.length > 0) schedule();
  }

  function schedule(): void {
    if (flights >= limits.flights) return;
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
