import { createHash } from 'node:crypto';
import type { ScheduleDescription, ScheduleOptions } from '@temporalio/client';
import type { LoadedVersion } from '../db/queries/campaigns.ts';
import { durationMs } from '../policy/duration.ts';
import { taskQueues, workflowIds, WORKFLOWS, type CampaignWorkflowInput } from '../workflows/contract.ts';
import { scheduleSpec } from './schedule-spec.ts';

/** What a Schedule is made from. */
export type ScheduledCampaign = Pick<LoadedVersion, 'campaignId' | 'campaign' | 'state'>;

/** What a Schedule is made of. */
export type ScheduleDefinition = Pick<ScheduleOptions, 'spec' | 'action' | 'policies'>;

/** Temporal catches up at least 10 s. */
const SHORTEST_CATCH_UP_MS = 10_000;

/** The Schedule of a campaign: when, what it starts, and what happens after an outage or beside a run that still goes on. */
export function defineSchedule(
  { campaignId, campaign }: ScheduledCampaign,
  { queuePrefix, searchAttributes }: { queuePrefix: string; searchAttributes: boolean },
): ScheduleDefinition {
  const run: CampaignWorkflowInput = { campaignId, queuePrefix, actor: 'system:schedule', searchAttributes };
  const spec = scheduleSpec(campaign, new Date());
  const catchupWindow = Math.max(SHORTEST_CATCH_UP_MS, durationMs(campaign.schedule.catchUp));
  const fingerprint = createHash('sha256').update(JSON.stringify({ spec, run, catchupWindow })).digest('hex');
  return {
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOWS.campaign,
      workflowId: workflowIds.campaign(campaignId),
      taskQueue: taskQueues(queuePrefix).workflows,
      args: [run],
      memo: { schedule: fingerprint },
      staticSummary: `${campaignId}, by its schedule`,
    },
    // Yesterday's run may still wait for its follow-ups: that must not stop today's. One wave a date is the database's rule.
    policies: { overlap: 'ALLOW_ALL', catchupWindow },
  };
}

/** True when nothing has to be changed. The server rewrites what it stores (ranges, defaults), so equality is that of the fingerprint which travels with it. */
export function isSameSchedule(present: ScheduleDescription, wanted: ScheduleDefinition): boolean {
  return present.action.memo?.schedule === wanted.action.memo?.schedule;
}
