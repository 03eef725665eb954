import type { ArmEvidence, EvidenceCell, LearnInput } from '../../domain/learning.ts';
import type { ReadArm, Stratum } from '../../domain/read-inputs.ts';
import { combineMoments } from '../../experiments/means.ts';
import type { Db } from '../connect.ts';
import { filterSql } from '../planning/filter-sql.ts';
import type { Sql } from '../sql.ts';
import { attributeCatalogue } from './attributes.ts';
import { weeklyUsersByBand } from './audience.ts';
import { freshenStatistics } from './statistics.ts';
import { armSums, bandSums, type BandSums, type OutcomeSums } from './evidence-sums.ts';
import { loadCampaignFacts, type CampaignFacts } from './read-inputs/campaign-facts.ts';
import { loadStrata } from './read-inputs/load-strata.ts';
import { createOutcomes, outcomeTotals } from './read-inputs/outcomes.ts';

interface EvidenceQuestion {
  campaignId: string;
  asOf: Date;
}

/** Opens a transaction in which the outcomes of the campaign's mature entries stand in a temporary table. */
async function withOutcomes<T>(
  db: Db,
  question: EvidenceQuestion,
  body: (trx: Db, facts: CampaignFacts, cap: number | null) => Promise<T>,
): Promise<T> {
  await freshenStatistics(db);
  const facts = await loadCampaignFacts(db, question);
  return db.transaction(async (trx) => {
    await createOutcomes(trx, facts);
    return body(trx, facts, (await outcomeTotals(trx)).cap);
  });
}

/**
 * Mature entries at `asOf` by segment, action, band, age in weeks and probability, those of the exploration band too, without the
 * global holdout. Treated: in an arm that isn't a control. A control that gets nothing counts as held out; one that sends is left
 * out. Empty where the campaign has no costs.margin. Amounts in minor units. Throws RecallwaveError NotFound.
 */
export async function loadEvidence(db: Db, question: EvidenceQuestion): Promise<EvidenceCell[]> {
  return withOutcomes(db, question, async (trx, facts, cap) => {
    if (facts.campaign.costs.margin === undefined) return [];
    const numbering = await loadStrata(trx, facts);
    const cells = new Map<string, EvidenceCell>();
    for (const sums of await bandSums(trx, facts, cap)) {
      const stratum = numbering.strata[numbering.numberOf(sums)];
      const side = stratum && sideOf(facts.arms, stratum, sums.group);
      if (!side) continue;
      const { segment, action, band, ageWeeks } = sums;
      const key = JSON.stringify([segment, action, band, ageWeeks, side]);
      const known = cells.get(key);
      cells.set(key, { segment, action, band, ageWeeks, ...side, ...(known ? together(known, sums) : onlySums(sums)) });
    }
    return [...cells.values()];
  });
}

/** On which side of a policy a group fell, and how probable that was; null: on neither. */
function sideOf(
  arms: readonly ReadArm[],
  stratum: Stratum,
  group: string,
): Pick<EvidenceCell, 'treated' | 'probability'> | null {
  if (group === 'global_holdout') return null;
  const own = arms.filter(({ action }) => action === stratum.action);
  const share = (kind: (arm: ReadArm) => boolean): number =>
    own.filter(kind).reduce((sum, { arm }) => sum + (stratum.armShares[arm] ?? 0), 0);
  const assigned = (1 - stratum.pHoldout) * stratum.pTreat;
  const arm = own.find((one) => one.arm === group);
  if (arm?.control && arm.sends) return null;
  const treated = arm !== undefined && !arm.control;
  const probability = treated
    ? assigned * share(({ control }) => !control)
    : 1 - assigned + assigned * share(({ control, sends }) => control && !sends);
  return probability > 0 ? { treated, probability } : null;
}

function onlySums(sums: BandSums): OutcomeSums {
  const { entries, converted, worthSum, worthM2, offersUsed, offerCostSum, sendCostSum } = sums;
  const { unsubscribed, complained, netSum, netM2 } = sums;
  const money = { worthSum, worthM2, offersUsed, offerCostSum, sendCostSum };
  return { entries, converted, ...money, unsubscribed, complained, netSum, netM2 };
}

function together(a: OutcomeSums, b: OutcomeSums): OutcomeSums {
  return {
    entries: a.entries + b.entries,
    converted: a.converted + b.converted,
    worthSum: a.worthSum + b.worthSum,
    worthM2: joinedM2([a.converted, a.worthSum, a.worthM2], [b.converted, b.worthSum, b.worthM2]),
    offersUsed: a.offersUsed + b.offersUsed,
    offerCostSum: a.offerCostSum + b.offerCostSum,
    sendCostSum: a.sendCostSum + b.sendCostSum,
    unsubscribed: a.unsubscribed + b.unsubscribed,
    complained: a.complained + b.complained,
    netSum: a.netSum + b.netSum,
    netM2: joinedM2([a.entries, a.netSum, a.netM2], [b.entries, b.netSum, b.netM2]),
  };
}

type CentredSums = [entries: number, sum: number, m2: number];

function joinedM2(...sums: CentredSums[]): number {
  return combineMoments(sums.map(([entries, sum, m2]) => ({ entries, mean: entries > 0 ? sum / entries : 0, m2 }))).m2;
}

/**
 * Mature entries of the interval by action and arm. Without costs.margin the net value is the (capped) revenue alone. Amounts in
 * minor units. Throws RecallwaveError NotFound.
 */
export async function loadArmEvidence(db: Db, question: EvidenceQuestion): Promise<ArmEvidence[]> {
  return withOutcomes(db, question, armSums);
}

/**
 * Users a week whom the campaign means at `asOf`, by segment, action and score band, bands without entries too. Throws
 * RecallwaveError NotFound, and CampaignInvalid where a filter no longer fits the attributes.
 */
export async function loadUsersPerWeek(db: Db, question: EvidenceQuestion): Promise<LearnInput['usersPerWeek']> {
  const { campaign, campaignId, version } = await loadCampaignFacts(db, question);
  const catalogue = await attributeCatalogue(db);
  const compile = (text: string | undefined, key: string): Sql | null =>
    filterSql({ text, place: `${campaignId} version ${version}, ${key}` }, { catalogue, decisionAt: question.asOf });
  return weeklyUsersByBand(db, {
    campaign,
    decisionAt: question.asOf,
    filter: compile(campaign.audience.filter, 'audience.filter'),
    actions: campaign.actions.map((action, index) => ({
      action: action.id,
      when: compile(action.when, `actions[${index}].when`),
      reasons: action.reasons ?? null,
    })),
    policies: [],
  });
}
