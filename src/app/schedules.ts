import type { Client, ScheduleDescription, ScheduleHandle } from '@temporalio/client';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/connect.ts';
import { listCampaigns, setCampaignState } from '../db/queries/campaigns.ts';
import { defineSchedule, isSameSchedule, type ScheduledCampaign } from './schedule-definition.ts';
import { describeHandle, known, scheduleOf, type Order } from './schedule-handle.ts';
import { knowsSearchAttributes } from './search-attributes.ts';
import { wakeDeliveries } from './wake-deliveries.ts';

export { describeSchedules, type ScheduleLine } from './schedule-list.ts';
export { backfillSchedule, triggerSchedule } from './schedule-runs.ts';

export type ScheduleChange = 'created' | 'updated' | 'unchanged' | 'deleted';

const PAUSED_WITH_CAMPAIGN = 'the campaign is paused';

/**
 * Brings the Schedule of one campaign in line with its version in force: creates, updates in place, leaves an equal one alone,
 * deletes that of an archived campaign. It is paused exactly while the campaign is.
 */
export async function ensureSchedule(input: {
  client: Client;
  campaign: ScheduledCampaign;
  queuePrefix: string;
  /** Absent: the server is asked. */
  searchAttributes?: boolean;
}): Promise<ScheduleChange> {
  const { client, campaign } = input;
  const handle = scheduleOf(client, campaign.campaignId);
  const present = await describeHandle(handle);
  if (campaign.state === 'archived') return removeSchedule(handle, present);
  const searchAttributes = input.searchAttributes ?? (await knowsSearchAttributes(client));
  const definition = defineSchedule(campaign, { queuePrefix: input.queuePrefix, searchAttributes });
  const paused = campaign.state === 'paused';
  const state = paused ? { paused, note: PAUSED_WITH_CAMPAIGN } : { paused };
  if (present === undefined) {
    await client.schedule.create({ scheduleId: handle.scheduleId, ...definition, state });
    return 'created';
  }
  if (isSameSchedule(present, definition) && present.state.paused === paused) return 'unchanged';
  await handle.update(() => ({ ...definition, state }));
  if (present.state.paused && !paused) await wakeDeliveries(client, campaign.campaignId);
  return 'updated';
}

/** `ensureSchedule` for every campaign of the database, in order of id. */
export async function ensureSchedules(input: {
  client: Client;
  db: Db;
  config: Pick<Config, 'temporal'>;
}): Promise<{ campaignId: string; change: ScheduleChange }[]> {
  const { client, db, config } = input;
  const searchAttributes = await knowsSearchAttributes(client);
  const { queuePrefix } = config.temporal;
  const changes: { campaignId: string; change: ScheduleChange }[] = [];
  for (const campaign of await listCampaigns(db)) {
    const change = await ensureSchedule({ client, campaign, queuePrefix, searchAttributes });
    changes.push({ campaignId: campaign.campaignId, change });
  }
  return changes;
}

/** Pauses a campaign, database first: no new wave starts, and what running waves have not sent is held. Idempotent. */
export async function pauseSchedule({
  client,
  db,
  campaignId,
  actor,
  reason,
}: Order & { reason: string }): Promise<void> {
  await setCampaignState(db, { campaignId, state: 'paused', actor, reason });
  await known(campaignId, () => scheduleOf(client, campaignId).pause(PAUSED_WITH_CAMPAIGN));
}

/** Lets the campaign's waves start and go on again; dates that passed meanwhile are not made up for. Idempotent. */
export async function resumeSchedule({
  client,
  db,
  campaignId,
  actor,
  reason,
}: Order & { reason: string }): Promise<void> {
  await setCampaignState(db, { campaignId, state: 'active', actor, reason });
  await known(campaignId, () => scheduleOf(client, campaignId).unpause('the campaign is active'));
  await wakeDeliveries(client, campaignId);
}

/** Takes the Schedule away; waves that run go on. False when there was none. */
export async function deleteSchedule(client: Client, campaignId: string): Promise<boolean> {
  const handle = scheduleOf(client, campaignId);
  return (await removeSchedule(handle, await describeHandle(handle))) === 'deleted';
}

async function removeSchedule(
  handle: ScheduleHandle,
  present: ScheduleDescription | undefined,
): Promise<ScheduleChange> {
  if (present === undefined) return 'unchanged';
  await handle.delete();
  return 'deleted';
}
