import type { ScheduleDescription } from '@temporalio/client';
import { DateTime } from 'luxon';
import { recordAudit } from '../db/queries/audit.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { known, scheduleOf, unknownSchedule, type Order } from './schedule-handle.ts';

const STARTS_WITHIN_MS = 15_000;
const NAMED_BY_MS = 1_200;

/** Starts what the Schedule would start, for today's local date, and returns the id of the campaign workflow. */
export async function triggerSchedule({ client, db, campaignId, actor }: Order): Promise<{ workflowId: string }> {
  const handle = scheduleOf(client, campaignId);
  const present = await known(campaignId, () => handle.describe());
  const before = startedBy(present);
  await untilNextSecond(present);
  await recordAudit(db, { actor, action: 'schedule.trigger', subject: `campaign/${campaignId}` });
  await handle.trigger();
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline) {
    const started = startedBy(await handle.describe()).find((id) => !before.includes(id));
    if (started !== undefined) return { workflowId: started };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new RecallwaveError(
    'NotFound',
    `the Schedule of ${campaignId} was triggered but started nothing within 15 s`,
    `see: temporal schedule describe --schedule-id ${handle.scheduleId}`,
  );
}

/**
 * Runs the Schedule over what has passed of `from` to `to`, never ahead of `now`. A date that had its wave finds it, one without
 * is recorded `skipped`: nothing is sent late. Throws BadInput where the range is empty or lies ahead.
 */
export async function backfillSchedule(input: Order & { from: Date; to: Date; now: Date }): Promise<void> {
  const { client, db, campaignId, actor, from, now } = input;
  if (input.to < from) throw new RecallwaveError('BadInput', '--to is before --from', 'write the earlier date first');
  if (from > now) throw new RecallwaveError('BadInput', 'these dates have not come yet', 'name dates that are over');
  const to = input.to < now ? input.to : now;
  const handle = scheduleOf(client, campaignId);
  await known(campaignId, () => handle.describe());
  const details = { from: from.toISOString(), to: to.toISOString() };
  await recordAudit(db, { actor, action: 'schedule.backfill', subject: `campaign/${campaignId}`, details });
  await handle.backfill({ start: from, end: to, overlap: 'ALLOW_ALL' });
}

/** `backfillSchedule` for whole local dates of the campaign, `from` up to and including `to` (YYYY-MM-DD). */
export async function backfillDates(input: Order & { from: string; to: string; now: Date }): Promise<void> {
  const { db, campaignId } = input;
  const zone = (await loadVersion(db, { campaignId }))?.campaign.timezone;
  if (zone === undefined) throw unknownSchedule(campaignId);
  const from = DateTime.fromISO(input.from, { zone }).startOf('day').toJSDate();
  const to = DateTime.fromISO(input.to, { zone }).endOf('day').toJSDate();
  await backfillSchedule({ ...input, from, to });
}

/** The server names runs by the second: a trigger in the second of the last one would start nothing new. */
async function untilNextSecond({ info }: ScheduleDescription): Promise<void> {
  const last = Math.max(0, ...info.recentActions.map(({ takenAt }) => takenAt.getTime()));
  const waitMs = last + NAMED_BY_MS - Date.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, NAMED_BY_MS)));
}

function startedBy(schedule: ScheduleDescription): string[] {
  return schedule.info.recentActions.map(({ action }) => action.workflow.workflowId);
}
