import type { ReadDimension, ReadInputs } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { freshenStatistics } from '../statistics.ts';
import { loadCampaignFacts, type CampaignFacts } from './campaign-facts.ts';
import { entriesPerDay, immatureCohorts, newestEventAt, noveltyCells } from './cohorts.ts';
import { groupSums, type GroupSums } from './group-sums.ts';
import { loadStrata } from './load-strata.ts';
import { measuredMetrics, type Measured } from './metrics.ts';
import { createOutcomes, outcomeTotals } from './outcomes.ts';
import { readCells } from './read-cells.ts';
import { recordedCaps, recordedSums, type RecordedSums } from './recorded-sums.ts';

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
  await createOutcomes(trx, facts);
  const totals = await outcomeTotals(trx);
  const caps = await recordedCaps(trx, facts);
  const groups = await groupSums(trx, { facts, cap: totals.cap, by: null });
  const recorded = await recordedSums(trx, { facts, caps, by: null });
  const metrics = measuredMetrics(facts, measuredBy({ groups, recorded, cap: totals.cap, caps }));
  const numbering = await loadStrata(trx, facts);
  const cells = readCells({ groups, recorded, metrics, numbering });
  const slices =
    by === null
      ? []
      : readCells({
          groups: await groupSums(trx, { facts, cap: totals.cap, by }),
          recorded: await recordedSums(trx, { facts, caps, by }),
          metrics,
          numbering,
        });
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
    novelty: noveltyCells(groups, numbering),
    immature: await immatureCohorts(trx, facts),
    entriesPerDay: entriesPerDay(cells),
    remarks: {
      otherCurrencyEvents: totals.otherCurrency,
      eventsBeforeEntry: totals.beforeEntry,
      cappedAmounts: [...groups, ...recorded].reduce((sum, group) => sum + group.cut, 0),
      newestEventAt: await newestEventAt(trx, facts.asOf),
    },
  };
}

/** What the groups say about which outcomes the data hold. */
function measuredBy(input: {
  groups: readonly GroupSums[];
  recorded: readonly RecordedSums[];
  cap: number | null;
  caps: ReadonlyMap<string, number>;
}): Measured {
  const { groups, recorded, cap, caps } = input;
  const types = [...new Set(recorded.map(({ type }) => type))].toSorted();
  return {
    live: groups.some((group) => !group.recorded),
    recordedTypes: new Map(
      types.map((type) => {
        const money = recorded.some((row) => row.type === type && row.money);
        return [type, { money, capMinor: caps.get(type) ?? null }];
      }),
    ),
    liveAmounts: groups.some((group) => !group.recorded && group.valued > 0),
    recordedAmounts: groups.some((group) => group.recorded && group.valued > 0),
    capMinor: cap,
  };
}
