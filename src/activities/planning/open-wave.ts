import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { PlanContext } from '../../db/planning/context.ts';
import { loadPlanContext } from '../../db/planning/load-context.ts';
import { cutShards, storeShards } from '../../db/planning/shards.ts';
import { approvedMaximum } from '../../db/queries/approvals.ts';
import { loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
import {
  insertWave,
  isKilled,
  lastWaveDate,
  lockCampaign,
  raiseAlarm,
  recentAudiences,
  recordSkipped,
  setAudience,
  waveOfDate,
  type OpenedWave,
} from '../../db/queries/open-wave.ts';
import { approvalNeeded } from '../../policy/audience-limits.ts';
import { datesMissed, localDateOf } from '../../policy/campaign-dates.ts';
import type { OpenWaveResult, PlanningActivities } from '../contract.ts';

type OpenWaveInput = Parameters<PlanningActivities['openWave']>[0];

interface Opening {
  trx: Knex.Transaction;
  loaded: LoadedVersion;
  input: OpenWaveInput;
  localDate: string;
}

/** When each follow-up step falls due: the same local time, its number of days after the first touch. */
export function followUpTimes(campaign: Campaign, decisionAt: Date): string[] {
  const arms = campaign.actions.flatMap((action) => action.arms);
  const last = Math.max(0, ...arms.map((arm) => arm.steps.length));
  return Array.from({ length: Math.max(0, last - 1) }, (_, i) => {
    const days = Math.max(...arms.map((arm) => arm.steps[i + 1]?.afterDays ?? 0));
    return DateTime.fromJSDate(decisionAt, { zone: campaign.timezone }).plus({ days }).toUTC().toISO() ?? '';
  });
}

function answer(opening: Opening, rest: Partial<OpenWaveResult> & Pick<OpenWaveResult, 'disposition'>): OpenWaveResult {
  const decisionAt = rest.decisionAt ?? opening.input.decisionAt;
  return {
    waveNo: null,
    localDate: opening.localDate,
    decisionAt,
    reason: null,
    audience: 0,
    followUps: followUpTimes(opening.loaded.campaign, new Date(decisionAt)),
    ...rest,
  };
}

/** A wave of the date is there: the retry of a lost answer goes on with it, a double trigger only finds it. */
async function meet(opening: Opening, wave: OpenedWave): Promise<OpenWaveResult> {
  const known = { waveNo: wave.waveNo, decisionAt: wave.decisionAt.toISOString(), audience: wave.audience };
  if (wave.state === 'waiting_approval' && opening.input.approve === true) return prepare(opening, wave);
  if (wave.state === 'waiting_approval') {
    return answer(opening, { ...known, disposition: 'waiting_approval', reason: 'it waits for a person' });
  }
  const own = wave.workflowId === opening.input.workflowId && wave.state !== 'skipped';
  return answer(opening, { ...known, disposition: own ? 'opened' : 'found', reason: own ? null : wave.state });
}

async function planContext(opening: Opening, wave: OpenedWave): Promise<PlanContext> {
  return loadPlanContext(opening.trx, {
    campaignId: opening.loaded.campaignId,
    version: wave.version ?? opening.loaded.version,
    waveNo: wave.waveNo,
    localDate: opening.localDate,
    step: 1,
    decisionAt: wave.decisionAt,
    snapshotAt: wave.snapshotAt,
  });
}

/** Counts the audience and cuts it into shards, unless the wave has to wait for a person. */
async function prepare(opening: Opening, wave: OpenedWave): Promise<OpenWaveResult> {
  const { trx, input, localDate } = opening;
  const context = await planContext(opening, wave);
  const shards = await cutShards(trx, context);
  const audience = shards.reduce((sum, shard) => sum + shard.expected, 0);
  const { audiences, wavesBefore } = await recentAudiences(trx, opening.loaded.campaignId, localDate);
  const max = context.campaign.audience.max;
  const { campaignId, version } = opening.loaded;
  const approved = await approvedMaximum(trx, { campaignId, version: wave.version ?? version });
  const limits = { max, approved, recentAudiences: audiences, wavesBefore };
  const wait = input.approve === true ? null : approvalNeeded({ audience, ...limits });
  await setAudience(trx, {
    waveNo: wave.waveNo,
    audience,
    state: wait === null ? 'planning' : 'waiting_approval',
    reason: wait,
    workflowId: input.workflowId,
  });
  const known = { waveNo: wave.waveNo, decisionAt: wave.decisionAt.toISOString(), audience };
  if (wait !== null) {
    await raiseAlarm(trx, { waveNo: wave.waveNo, kind: 'waiting_approval', message: wait });
    return answer(opening, { ...known, disposition: 'waiting_approval', reason: wait });
  }
  await storeShards(trx, context, shards);
  return answer(opening, { ...known, disposition: 'opened' });
}

/** Dates without a run since the last wave, and the date of a trigger that comes too late. */
async function skip(opening: Opening, dates: string[], reason: string): Promise<void> {
  const { input, loaded } = opening;
  const decisionAt = new Date(input.decisionAt);
  await recordSkipped(opening.trx, { campaignId: loaded.campaignId, dates, reason, decisionAt, actor: input.actor });
}

async function open(opening: Opening): Promise<OpenWaveResult> {
  const { trx, loaded, input, localDate } = opening;
  const campaignId = loaded.campaignId;
  const today = localDateOf(new Date(input.decisionAt), loaded.campaign.timezone);
  const campaign = await lockCampaign(trx, campaignId);
  const present = await waveOfDate(trx, campaignId, localDate);
  if (present) return meet(opening, present);
  if (localDate > today) return answer(opening, { disposition: 'refused', reason: `${localDate} has not come yet` });
  if (localDate < today) {
    await skip(opening, [localDate], 'the trigger came after its date; nothing is sent late');
    return answer(opening, { disposition: 'skipped', reason: `${localDate} is over` });
  }
  if (campaign?.state !== 'active') {
    return answer(opening, { disposition: 'refused', reason: `the campaign is ${campaign?.state ?? 'unknown'}` });
  }
  if (await isKilled(trx, campaignId))
    return answer(opening, { disposition: 'refused', reason: 'kill switch engaged' });
  const after = await lastWaveDate(trx, campaignId);
  if (input.trigger === 'schedule' && after !== null) {
    const missed = datesMissed(loaded.campaign.schedule, { after, before: localDate });
    await skip(opening, missed, 'no run on that date');
  }
  const wave = await insertWave(trx, {
    campaignId,
    localDate,
    version: loaded.version,
    trigger: input.trigger,
    decisionAt: new Date(input.decisionAt),
    workflowId: input.workflowId,
    actor: input.actor,
  });
  return prepare(opening, wave);
}

/** Opens the wave of (campaign, local date); see PlanningActivities.openWave. */
export async function openWave(db: Knex, input: OpenWaveInput): Promise<OpenWaveResult> {
  const loaded = await loadVersion(db, { campaignId: input.campaignId });
  if (!loaded) throw new RecallwaveError('NotFound', `there is no campaign ${input.campaignId}`);
  const meant = new Date(input.scheduledAt ?? input.decisionAt);
  const localDate = input.localDate ?? localDateOf(meant, loaded.campaign.timezone);
  return db.transaction((trx) => open({ trx, loaded, input, localDate }));
}
