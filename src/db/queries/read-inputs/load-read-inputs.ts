import type { ReadDimension, ReadInputs } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { freshenStatistics } from '../statistics.ts';
import { loadCampaignFacts, type CampaignFacts } from './campaign-facts.ts';
import { groupSums, recordedCaps, recordedSums, type GroupSums, type RecordedSums } from './cells.ts';
import { entriesPerDay, immatureCohorts, noveltyCells, readRemarks } from './cohorts.ts';
import { revenueCap } from './entry-values.ts';
import { loadStrata } from './load-strata.ts';
import { measuredMetrics, type Measured } from './metrics.ts';
import { createOutcomeTables } from './outcomes.ts';
import { readCells } from './read-cells.ts';

/**
 * All that the read of a campaign at `asOf` is computed from, as aggregates: events after it, and entries whose window is not
 * over by then, don't count. Amounts in minor units. Throws RecallwaveError NotFound.
 */
export async function loadReadInputs(
  db: Db,
  input: { campaignId: string; asOf: Date; by: ReadDimension | null },
): Promise<ReadInputs> {
  await freshenStatistics(db);
  const facts = await loadCampaignFacts(db, input);
  return db.transaction((trx) => sumUp(trx, facts, input.by));
}

async function sumUp(trx: Db, facts: CampaignFacts, by: ReadDimension | null): Promise<ReadInputs> {
  await createOutcomeTables(trx, facts);
  const caps = { revenue: await revenueCap(trx), recorded: await recordedCaps(trx, facts) };
  const whole = await groupSums(trx, { facts, cap: caps.revenue, by: null });
  const recorded = whole.some((group) => group.recorded)
    ? await recordedSums(trx, { facts, caps: caps.recorded, by: null })
    : [];
  const sliced = by === null ? [] : await groupSums(trx, { facts, cap: caps.revenue, by });
  const recordedSliced =
    by === null || recorded.length === 0 ? [] : await recordedSums(trx, { facts, caps: caps.recorded, by });
  const metrics = measuredMetrics(facts, measuredBy({ whole, recorded, caps }));
  const numbering = await loadStrata(trx, facts);
  const cells = readCells({ groups: whole, recorded, metrics, numbering });
  const slices = readCells({ groups: sliced, recorded: recordedSliced, metrics, numbering });
  const novelty = await noveltyCells(trx, facts, numbering);
  const cut = [...whole, ...recorded].reduce((sum, group) => sum + group.cut, 0);
  const { campaign } = facts;
  return {
    campaignId: facts.campaignId,
    version: facts.version,
    asOf: facts.asOf.toISOString(),
    by,
    currency: campaign.currency,
    goal: campaign.goal,
    until: campaign.schedule.until ?? null,
    arms: facts.arms,
    metrics: metrics.map((metric) => metric.definition),
    strata: numbering.strata,
    cells: [...cells, ...slices],
    novelty,
    immature: await immatureCohorts(trx, facts),
    entriesPerDay: entriesPerDay(cells),
    remarks: await readRemarks(trx, facts, cut),
  };
}

/** What the groups say about which outcomes the data hold. */
function measuredBy(input: {
  whole: readonly GroupSums[];
  recorded: readonly RecordedSums[];
  caps: { revenue: number | null; recorded: ReadonlyMap<string, number> };
}): Measured {
  const { whole, recorded, caps } = input;
  const types = [...new Set(recorded.map(({ type }) => type))].toSorted();
  return {
    live: whole.some((group) => !group.recorded),
    recordedTypes: new Map(
      types.map((type) => {
        const money = recorded.some((row) => row.type === type && row.money);
        return [type, { money, capMinor: caps.recorded.get(type) ?? null }];
      }),
    ),
    liveAmounts: whole.some((group) => !group.recorded && group.valued > 0),
    recordedAmounts: whole.some((group) => group.recorded && group.valued > 0),
    capMinor: caps.revenue,
  };
}
