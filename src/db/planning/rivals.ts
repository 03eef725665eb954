import type { LivePolicy } from '../../domain/assignment.ts';
import { treatedScores } from '../../experiments/assign.ts';
import { localDateOf, runsOn } from '../../policy/campaign-dates.ts';
import type { AttributeType } from '../../policy/filters/compile-filter.ts';
import type { Db } from '../connect.ts';
import type { LoadedVersion } from '../queries/campaigns.ts';
import { livePolicies } from '../queries/policies.ts';
import { rows, sql } from '../sql.ts';
import type { Rival } from './context.ts';
import { filterSql } from './filter-sql.ts';

/** The widest scores that a campaign's policies treat, per segment. */
function scoresOf(policies: readonly LivePolicy[]): Rival['scores'] {
  return policies.map((policy) => ({ segment: policy.segment, ...treatedScores(policy) }));
}

async function plannedWave(db: Db, campaignId: string, localDate: string): Promise<number | null> {
  const [wave] = await rows<{ wave_no: number }>(
    db,
    sql`select w.wave_no from waves w where w.campaign_id = ${campaignId} and w.local_date = ${localDate}::date
      and w.state not in ('skipped', 'waiting_approval', 'planning')`,
  );
  return wave?.wave_no ?? null;
}

/**
 * Active campaigns of strictly higher priority that have a run on the day of `decisionAt` in their own zone. One whose wave
 * of the day is planned wants exactly its entries; before that, whoever its audience and policies would take.
 */
export async function loadRivals(
  db: Db,
  input: { of: LoadedVersion; active: LoadedVersion[]; catalogue: AttributeType[]; decisionAt: Date },
): Promise<Rival[]> {
  const rivals: Rival[] = [];
  for (const { campaignId, campaign, version } of input.active) {
    const localDate = localDateOf(input.decisionAt, campaign.timezone);
    if (campaignId === input.of.campaignId || campaign.priority <= input.of.campaign.priority) continue;
    const plannedWaveNo = await plannedWave(db, campaignId, localDate);
    if (plannedWaveNo === null && !runsOn(campaign.schedule, localDate)) continue;
    const { segments, reasons, filter, model } = campaign.audience;
    rivals.push({
      campaignId,
      plannedWaveNo,
      model,
      segments: segments ?? null,
      reasons: reasons ?? null,
      filter: filterSql({ text: filter, place: `${campaignId} version ${version}, audience.filter` }, input),
      scores: scoresOf(await livePolicies(db, campaignId)),
    });
  }
  return rivals;
}
