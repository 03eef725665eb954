import { ScheduleNotFoundError, type Client, type ScheduleDescription, type ScheduleHandle } from '@temporalio/client';
import type { Db } from '../db/connect.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { workflowIds } from '../workflows/contract.ts';

/** Who wants something of which campaign's Schedule. */
export interface Order {
  client: Client;
  db: Db;
  campaignId: string;
  actor: Actor;
}

/** The handle of a campaign's Schedule, whether it exists or not. */
export const scheduleOf = (client: Client, campaignId: string): ScheduleHandle =>
  client.schedule.getHandle(workflowIds.schedule(campaignId));

/** The Schedule as the server has it; undefined where there is none. */
export async function describeHandle(handle: ScheduleHandle): Promise<ScheduleDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** Does it where the Schedule exists; false where it doesn't. */
export async function whereThereIsOne(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

/** Turns the server's "not found" into the error that says what to do. */
export async function known<T>(campaignId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) throw unknownSchedule(campaignId);
    throw error;
  }
}

/** NotFound, with the commands that list and make Schedules. */
export function unknownSchedule(campaignId: string): RecallwaveError {
  return new RecallwaveError(
    'NotFound',
    `there is no Schedule for ${campaignId}`,
    'see the names with: recallwave schedule list; make it with: recallwave campaign apply FILE',
  );
}
