import type { Client, ScheduleHandle } from '@temporalio/client';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/connect.ts';
import { listCampaigns, setCampaignState } from '../db/queries/campaigns.ts';
import { defineLearningSchedule, learningScheduleOf } from './learning-schedule.ts';
import {
  defineSchedule,
  isSameSchedule,
  type ScheduledCampaign,
  type ScheduleDefinition,
} from './schedule-definition.ts';
import { describeHandle, known, scheduleOf, whereThereIsOne, type Order } from './schedule-handle.ts';
import { knowsSearchAttributes } from './search-attributes.ts';
import { wakeDeliveries } from './wake-deliveries.ts';

export { describeSchedules, type ScheduleLine } from './schedule-list.ts';
export { backfillDates, backfillSchedule, triggerSchedule } from './schedule-runs.ts';

export type ScheduleChange = 'created' | 'updated' | 'unchanged' | 'deleted';

const PAUSED_WITH_CAMPAIGN = 'the campaign is paused';

/**
 * Brings the Schedules of one campaign, of its waves and of its learning, in line with its version in force: creates, updates in
 * place, leaves an equal one alone, deletes those of an archived campaign. They are paused exactly while the campaign is.
 * Answers for the Schedule of waves; `updated` where only the other changed.
 */
export async function ensureSchedule(input: {
  client: Client;
  campaign: ScheduledCampaign;
  queuePrefix: string;
  /** Absent: the server is asked. */
  searchAttributes?: boolean;
}): Promise<ScheduleChange> {
  const { client, campaign, queuePrefix } = input;
  const waves = scheduleOf(client, campaign.campaignId);
  const learning = learningScheduleOf(client, campaign.campaignId);
  if (campaign.state === 'archived') {
    await removeSchedule(learning);
    return removeSchedule(waves);
  }
  const searchAttributes = input.searchAttributes ?? (await knowsSearchAttributes(client));
  const paused = campaign.state === 'paused';
  const place = { queuePrefix, searchAttributes };
  const ensured = await bringInLine({ client, handle: waves, definition: defineSchedule(campaign, place), paused });
  if (ensured.unpaused) await wakeDeliveries(client, campaign.campaignId);
  const definition = defineLearningSchedule(campaign, place);
  const { change } = await bringInLine({ client, handle: learning, definition, paused });
  return ensured.change === 'unchanged' && change !== 'unchanged' ? 'updated' : ensured.change;
}

async function bringInLine(input: {
  client: Client;
  handle: ScheduleHandle;
  definition: ScheduleDefinition;
  paused: boolean;
}): Promise<{ change: ScheduleChange; unpaused: boolean }> {
  const { client, handle, definition, paused } = input;
  const present = await describeHandle(handle);
  const state = paused ? { paused, note: PAUSED_WITH_CAMPAIGN } : { paused };
  if (present === undefined) {
    await client.schedule.create({ scheduleId: handle.scheduleId, ...definition, state });
    return { change: 'created', unpaused: false };
  }
  if (isSameSchedule(present, definition) && present.state.paused === paused) {
    return { change: 'unchanged', unpaused: false };
  }
  await handle.update(() => ({ ...definition, state }));
  return { change: 'updated', unpaused: present.state.paused && !paused };
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
  await whereThereIsOne(() => learningScheduleOf(client, campaignId).pause(PAUSED_WITH_CAMPAIGN));
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
  await whereThereIsOne(() => learningScheduleOf(client, campaignId).unpause('the campaign is active'));
  await wakeDeliveries(client, campaignId);
}

/** Takes the Schedules away; waves that run go on. False when there was none of waves. */
export async function deleteSchedule(client: Client, campaignId: string): Promise<boolean> {
  await removeSchedule(learningScheduleOf(client, campaignId));
  return (await removeSchedule(scheduleOf(client, campaignId))) === 'deleted';
}

async function removeSchedule(handle: ScheduleHandle): Promise<ScheduleChange> {
  const deleted = await whereThereIsOne(() => handle.delete());
  return deleted ? 'deleted' : 'unchanged';
}
