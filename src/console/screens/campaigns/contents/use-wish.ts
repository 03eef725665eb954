import { useState } from 'react';
import type { Preview } from '../../../../api/v1/schemas/drafts.ts';

/** Which message is looked at; what isn't named is chosen by the API. */
export interface Wish {
  userId?: string | undefined;
  action?: string | undefined;
  arm?: string | undefined;
  step?: number | undefined;
  channel?: Preview['channel'] | undefined;
  locale?: string | undefined;
}

/** The message to look at: a change further out drops what was chosen inside of it. */
export function useWish(): [Wish, (change: Wish) => void] {
  const [wish, setWish] = useState<Wish>({});
  const change = (next: Wish): void => {
    const rest = 'action' in next || 'arm' in next || 'step' in next ? { channel: undefined } : {};
    setWish((before) => ({ ...before, ...rest, ...next }));
  };
  return [wish, change];
}
