/** Runs `work` for each item in order, at most `width` at a time; the first failure is thrown once all that started has ended. */
export async function inWindow<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, lane));
  const first = lanes.find((result) => result.status === 'rejected');
  if (first) throw first.reason;
}
