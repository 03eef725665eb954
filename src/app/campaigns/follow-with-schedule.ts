import type { Client } from '@temporalio/client';
import type { Db } from '../../db/connect.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { UnreachableError, RecallwaveError } from '../../domain/failures.ts';
import { ensureSchedule, type ScheduleChange } from '../schedules.ts';
import { withTemporal } from '../temporal-call.ts';

/** later: Temporal can't be reached now; a worker brings every Schedule in line when it starts. */
export type ScheduleFollowed = ScheduleChange | 'later';

/** What a `later` means, in words; null for the others. */
export function scheduleNote(followed: ScheduleFollowed): string | null {
  return followed === 'later'
    ? 'Temporal does not answer: the schedule is brought in line when Recallwave starts the next time'
    : null;
}

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
  const { queuePrefix } = input;
  try {
    return await withTemporal(
      () => Promise.resolve(client),
      () => ensureSchedule({ client, campaign, queuePrefix }),
    );
  } catch (error) {
    if (error instanceof UnreachableError) return 'later';
    throw error;
  }
}

async function reach(connect: () => Promise<Client>): Promise<Client | null> {
  try {
    return await connect();
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof RecallwaveError) return null;
    throw error;
  }
}
