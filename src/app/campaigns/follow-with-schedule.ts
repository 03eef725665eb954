import type { Client } from '@temporalio/client';
import type { Db } from '../../db/connect.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { UnreachableError, RecallwaveError } from '../../domain/failures.ts';
import { ensureSchedule, type ScheduleChange } from '../schedules.ts';

/** later: Temporal can't be reached now; a worker brings every Schedule in line when it starts. */
export type ScheduleFollowed = ScheduleChange | 'later';

/** Brings a campaign's Schedule in line with the database, where Temporal can be reached. */
export async function followWithSchedule(input: {
  db: Db;
  campaignId: string;
  queuePrefix: string;
  connect: () => Promise<Client>;
}): Promise<ScheduleFollowed> {
  const client = await reach(input.connect);
  const campaign = await loadVersion(input.db, { campaignId: input.campaignId });
  if (client === null || campaign === null) return 'later';
  return ensureSchedule({ client, campaign, queuePrefix: input.queuePrefix });
}

async function reach(connect: () => Promise<Client>): Promise<Client | null> {
  try {
    return await connect();
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof RecallwaveError) return null;
    throw error;
  }
}
