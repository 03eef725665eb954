/** Runs `turn` again and again with a pause between, until it is stopped; a stop waits for the turn that runs. */
export function repeat(input: {
  everyMs: number;
  turn(): Promise<void>;
  /** Told of what a turn throws; the next one comes all the same. */
  failed(error: unknown): void;
}): { stop(): Promise<void> } {
  const { everyMs, turn, failed } = input;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  const begin = (): void => {
    round = turn()
      .catch(failed)
      .then(() => {
        if (!stopped) timer = setTimeout(begin, everyMs);
      });
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
