import type { Knex } from 'knex';
import { engageKillSwitch, listKillSwitches, releaseKillSwitch, type KillSwitch } from '../db/queries/kill-switches.ts';
import type { Actor } from '../domain/actor.ts';
import { namedCampaign } from './named.ts';

export type { KillSwitch } from '../db/queries/kill-switches.ts';

/** What changed (nothing when it was so already), and what is in force now. */
export interface KillResult {
  changed: boolean;
  inForce: KillSwitch[];
}

interface KillInput {
  db: Knex;
  /** Absent: everything. */
  campaignId?: string | undefined;
  reason: string;
  actor: Actor;
}

/** Stops all sending, or a campaign's: in force for the next claim and the next intent. */
export async function engageKill(input: KillInput): Promise<KillResult> {
  const campaignId = input.campaignId === undefined ? null : await namedCampaign(input.db, input.campaignId);
  const changed = await engageKillSwitch(input.db, { campaignId, reason: input.reason, actor: input.actor });
  return { changed, inForce: await listKillSwitches(input.db) };
}

/** Lets sending go on. The global switch and a campaign's are released each by itself. */
export async function releaseKill(input: KillInput): Promise<KillResult> {
  const campaignId = input.campaignId === undefined ? null : await namedCampaign(input.db, input.campaignId);
  const changed = await releaseKillSwitch(input.db, { campaignId, reason: input.reason, actor: input.actor });
  return { changed, inForce: await listKillSwitches(input.db) };
}

/** The switches in force, or with `all` the last fifty. */
export function killStatus(input: { db: Knex; all: boolean }): Promise<KillSwitch[]> {
  return listKillSwitches(input.db, { all: input.all });
}
