import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { LivePolicy } from '../../../domain/assignment.ts';
import type { Settings } from '../../../domain/settings.schema.ts';
import type { Db } from '../../../db/connect.ts';
import { attributeCatalogue } from '../../../db/queries/attributes.ts';
import {
  countAudience,
  countReasons,
  knownNames,
  measuredGoal,
  reservedMinor,
  warnedPerDay,
  type AudienceCell,
  type AudienceQuestion,
  type KnownNames,
} from '../../../db/queries/audience.ts';
import { activeCampaigns, type LoadedVersion } from '../../../db/queries/campaigns.ts';
import { listPools, type PoolRow } from '../../../db/queries/coupons.ts';
import { livePolicies } from '../../../db/queries/policies.ts';
import { currentSettings } from '../../../db/queries/settings.ts';
import { compileFilter, type AttributeType } from '../../../policy/filters/compile-filter.ts';
import { initialPolicies } from '../../../policy/initial-policies.ts';

/** What the database says about a campaign at a moment; counts of users. */
export interface CampaignFacts {
  decisionAt: Date;
  settings: Settings;
  catalogue: AttributeType[];
  /** True once any warning was imported: names can be checked. */
  names: KnownNames;
  audience: AudienceCell[];
  reasons: { reason: string; users: number }[];
  warnedPerDay: number;
  measured: Awaited<ReturnType<typeof measuredGoal>>;
  pools: PoolRow[];
  /** Other active campaigns in their versions in force. */
  others: LoadedVersion[];
  /** In force for this campaign; empty before its first publication. */
  live: LivePolicy[];
  reservedMinor: number;
}

/** The policies that would hold: the live one of each key, else the file's. */
export function effectivePolicies(
  campaign: Campaign,
  live: readonly LivePolicy[],
): Omit<LivePolicy, 'policyVersion'>[] {
  const missing = initialPolicies(campaign).filter(
    (policy) => !live.some((one) => one.segment === policy.segment && one.action === policy.action),
  );
  return [...live, ...missing];
}

/** Whom a campaign means at a moment, as the database is asked. The campaign's filters must compile. */
export async function audienceQuestion(
  db: Db,
  { campaign, decisionAt }: { campaign: Campaign; decisionAt: Date },
): Promise<{ question: AudienceQuestion; catalogue: AttributeType[]; live: LivePolicy[] }> {
  const catalogue = await attributeCatalogue(db);
  const live = await livePolicies(db, campaign.campaign);
  const compile = (text: string | undefined): ReturnType<ReturnType<typeof compileFilter>['toSql']> | null =>
    text === undefined || catalogue.length === 0 ? null : compileFilter(text, catalogue).toSql(decisionAt);
  const question: AudienceQuestion = {
    campaign,
    decisionAt,
    filter: compile(campaign.audience.filter),
    actions: campaign.actions.map((action) => ({
      action: action.id,
      when: compile(action.when),
      reasons: action.reasons ?? null,
    })),
    policies: effectivePolicies(campaign, live),
  };
  return { question, catalogue, live };
}

/** Asks the database everything that lint and plan need. The campaign's filters must compile. */
export async function gatherFacts(db: Db, input: { campaign: Campaign; decisionAt: Date }): Promise<CampaignFacts> {
  const { campaign, decisionAt } = input;
  const { question, catalogue, live } = await audienceQuestion(db, input);
  const others = await activeCampaigns(db);
  return {
    decisionAt,
    settings: (await currentSettings(db)).settings,
    catalogue,
    names: await knownNames(db, campaign.audience.model),
    audience: await countAudience(db, question),
    reasons: await countReasons(db, question),
    warnedPerDay: await warnedPerDay(db, question),
    measured: await measuredGoal(db, question),
    pools: await listPools(db),
    others: others.filter((other) => other.campaignId !== campaign.campaign),
    live,
    reservedMinor: await reservedMinor(db, campaign.campaign),
  };
}
