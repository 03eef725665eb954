import type { Client, ScheduleDescription } from '@temporalio/client';
import type { Db } from '../db/connect.ts';
import { listCampaigns } from '../db/queries/campaigns.ts';
import { LEARNS_AT, learningScheduleOf } from './learning-schedule.ts';
import type { ScheduledCampaign } from './schedule-definition.ts';
import { describeHandle, scheduleOf, unknownSchedule } from './schedule-handle.ts';

/** A campaign's Schedule as people see it; `missing`: `recallwave campaign apply` or a start makes it. */
export interface ScheduleLine {
  campaignId: string;
  state: 'active' | 'paused' | 'missing';
  at: string;
  timezone: string;
  next: string[];
  recent: { scheduledAt: string; startedAt: string; workflowId: string }[];
  /** The weekly learning of the thresholds, beside the waves. */
  learning: { state: 'active' | 'paused' | 'missing'; at: string; next: string | null; last: string | null };
}

/** The Schedules of all campaigns that are not archived, or of one. */
export async function describeSchedules(input: {
  client: Client;
  db: Db;
  campaignId?: string | undefined;
}): Promise<ScheduleLine[]> {
  const all = await listCampaigns(input.db);
  const wanted = all.filter(({ campaignId, state }) =>
    input.campaignId === undefined ? state !== 'archived' : campaignId === input.campaignId,
  );
  if (input.campaignId !== undefined && wanted.length === 0) throw unknownSchedule(input.campaignId);
  return Promise.all(wanted.map((campaign) => describeOne(input.client, campaign)));
}

async function describeOne(client: Client, { campaignId, campaign }: ScheduledCampaign): Promise<ScheduleLine> {
  const found = await describeHandle(scheduleOf(client, campaignId));
  const learning = await describeHandle(learningScheduleOf(client, campaignId));
  return {
    campaignId,
    state: stateOf(found),
    at: campaign.schedule.at,
    timezone: campaign.timezone,
    next: (found?.info.nextActionTimes ?? []).slice(0, 5).map((time) => time.toISOString()),
    recent: (found?.info.recentActions ?? []).map(({ scheduledAt, takenAt, action }) => ({
      scheduledAt: scheduledAt.toISOString(),
      startedAt: takenAt.toISOString(),
      workflowId: action.workflow.workflowId,
    })),
    learning: {
      state: stateOf(learning),
      at: LEARNS_AT,
      next: learning?.info.nextActionTimes[0]?.toISOString() ?? null,
      last: learning?.info.recentActions.at(-1)?.takenAt.toISOString() ?? null,
    },
  };
}

function stateOf(found: ScheduleDescription | undefined): ScheduleLine['state'] {
  if (found === undefined) return 'missing';
  return found.state.paused ? 'paused' : 'active';
}
