import type { AcceptanceLog } from './acceptances.ts';
import type { Faults } from './faults.ts';
import type { Inbox } from './inbox.ts';

/** What each stand-in needs: where it records, and how it shall misbehave. */
export interface StandInDeps {
  acceptances: AcceptanceLog;
  inbox: Inbox;
  faults: Faults;
}
