import { createHash } from 'node:crypto';
import type { Client, ScheduleHandle, ScheduleSpec } from '@temporalio/client';
import { DateTime } from 'luxon';
import type { Campaign } from '../domain/campaign.schema.ts';
import { taskQueues, workflowIds, WORKFLOWS, type LearnWorkflowInput } from '../workflows/contract.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';
import type { ScheduledCampaign, ScheduleDefinition } from './schedule-definition.ts';

/** When a campaign learns, in its own time zone; in words for lists. */
export const LEARNS_AT = 'Monday 06:00';

const CATCH_UP_MS = 6 * 86_400_000;

/** The handle of the Schedule by which a campaign learns, whether it exists or not. */
export const learningScheduleOf = (client: Client, campaignId: string): ScheduleHandle =>
  client.schedule.getHandle(workflowIds.learnSchedule(campaignId));

/**
 * The weekly Schedule by which a campaign learns: before the day's waves, spread over half an hour so that the cycles of many
 * campaigns don't meet. A week is caught up for while it lasts; after the campaign's end it goes on until the last outcomes are in.
 */
export function defineLearningSchedule(
  { campaignId, campaign }: ScheduledCampaign,
  { queuePrefix, searchAttributes }: { queuePrefix: string; searchAttributes: boolean },
): ScheduleDefinition {
  const input: LearnWorkflowInput = { campaignId, queuePrefix, actor: 'system:schedule' };
  const spec = learningSpec(campaign);
  const fingerprint = createHash('sha256').update(JSON.stringify({ spec, input, searchAttributes })).digest('hex');
  return {
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOWS.learn,
      workflowId: workflowIds.learn(campaignId),
      taskQueue: taskQueues(queuePrefix).workflows,
      args: [input],
      memo: { schedule: fingerprint },
      staticSummary: `thresholds of ${campaignId}, by their schedule`,
      ...(searchAttributes ? { typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.campaign, value: campaignId }] } : {}),
    },
    policies: { overlap: 'SKIP', catchupWindow: CATCH_UP_MS },
  };
}

function learningSpec({ timezone, schedule, goal }: Campaign): ScheduleSpec {
  const end =
    schedule.until === undefined
      ? undefined
      : DateTime.fromISO(schedule.until, { zone: timezone }).plus({ days: goal.windowDays + 7 });
  return {
    calendars: [{ dayOfWeek: 'MONDAY', hour: 6, minute: 0, comment: 'weekly learning' }],
    timezone,
    jitter: '30m',
    ...(end === undefined ? {} : { endAt: end.endOf('day').toJSDate() }),
  };
}
