/** At most `size` things in use at once; who comes later waits in line. */
export interface Slots<T> {
  use<R>(work: (one: T) => Promise<R>): Promise<R>;
  each(visit: (one: T) => void): void;
}

/** Slots made by `make` when first needed; the one used last is taken first, so that few stay warm when there is little to do. */
export function createSlots<T>(size: number, make: () => T): Slots<T> {
  const all: T[] = [];
  const free: T[] = [];
  const waiting: ((one: T) => void)[] = [];

  function take(): T | Promise<T> {
    const one = free.pop();
    if (one !== undefined) return one;
    if (all.length >= size) return new Promise((resolve) => waiting.push(resolve));
    const made = make();
    all.push(made);
    return made;
  }

  function give(one: T): void {
    const next = waiting.shift();
    if (next === undefined) free.push(one);
    else next(one);
  }

  return {
    async use(work) {
      const one = await take();
      try {
        return await work(one);
      } finally {
        give(one);
      }
    },
    each: (visit) => all.forEach(visit),
  };
}
