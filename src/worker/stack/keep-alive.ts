const LOOK_MS = 2_000;

/** Looks after embedded servers: one that died is started again, with a line. The worker finds it by itself. */
export function keepAlive(
  servers: Record<string, (() => Promise<boolean>) | undefined>,
  note: (text: string) => void,
): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (const [name, revive] of Object.entries(servers)) {
      try {
        if (await revive?.()) note(`${name} had died and was started again`);
      } catch (error) {
        note(`${name} has died and does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  let timer = setTimeout(function again() {
    looking = look().finally(() => {
      timer = setTimeout(again, LOOK_MS);
    });
  }, LOOK_MS);
  return {
    stop: async () => {
      clearTimeout(timer);
      await looking;
      clearTimeout(timer);
    },
  };
}
