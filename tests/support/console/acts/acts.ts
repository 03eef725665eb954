import type { Act } from './act.ts';
import { CAMPAIGNS, USERS_AND_TASKS, waves } from './campaigns.ts';
import { COMPANY, PEOPLE, WEBHOOKS } from './company.ts';

/** Every button that acts, in an order in which each is there. */
export function acts(waveNo: number): Act[] {
  return [...PEOPLE, ...COMPANY, ...WEBHOOKS, ...waves(waveNo), ...USERS_AND_TASKS, ...CAMPAIGNS];
}
