import type { Caller } from './caller.ts';

/** The campaign with a past experiment, and with a wave that is through. */
export const GAME = 'game-return-pack';
/** A campaign with a wave that sends. */
export const RUNNING = 'stuck-on-a-level';
/** A campaign with a wave that waits for a person. */
export const WAITING = 'new-season';

/** A page of a list of the API. */
export interface Items<T> {
  items: T[];
}

/** A line of the list of waves. */
export interface Wave {
  trigger: string;
  waveNo: number;
  campaignId: string;
  state: string;
}

/** The people of the story, logged in. */
export interface People {
  ada: Caller;
  marketer: Caller;
  operator: Caller;
}

/** Today's wave of a campaign. Throws where there is none. */
export function waveOf(waves: readonly Wave[], id: string): Wave {
  // The oldest are waves of the past experiment; today's has people who were contacted.
  const found = waves.find(({ campaignId, trigger }) => campaignId === id && trigger !== 'recorded');
  if (!found) throw new Error(`${id} has no wave`);
  return found;
}
