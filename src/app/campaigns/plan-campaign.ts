import type { Db } from '../../db/connect.ts';
import { openEntries } from '../../db/queries/audience.ts';
import { loadVersion, versionHistory, type LoadedVersion } from '../../db/queries/campaigns.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { initialPolicies } from '../../policy/initial-policies.ts';
import { differsFrom } from './apply.ts';
import { mustBeValid } from './build-campaign.ts';
import type { CampaignFile } from './file/campaign-source.ts';
import type { CampaignProblem } from './file/finding.ts';
import { lintCampaign } from './lint-campaign.ts';
import type { Detection } from './lint/detection.ts';
import type { CampaignFacts } from './lint/facts.ts';
import { codesByPool, type ActionForecast } from './lint/forecast.ts';
import { holdoutCost, type HoldoutCost } from './plan/holdout-cost.ts';
import { definitionDifferences, textDifferences, type Difference } from './plan/differences.ts';

/** A live policy that is not what the file starts with; publishing leaves it as it is. */
export interface PolicyDifference {
  segment: string;
  action: string;
  live: LivePolicy;
  file: Omit<LivePolicy, 'policyVersion'>;
}

/** What applying a file would change and whom it touches; counts of users, money in minor units. */
export interface CampaignPlan {
  campaignId: string;
  /** sha256 (hex) of definition and texts. */
  hash: string;
  /** new: first version; changed: another one; reinstated: an older version again; unchanged: nothing to apply. */
  disposition: 'new' | 'changed' | 'reinstated' | 'unchanged';
  versionInForce: number | null;
  /** The version that would be in force. */
  version: number;
  differences: Difference[];
  texts: Difference[];
  policies: PolicyDifference[];
  people: {
    audience: number;
    treatable: number;
    /** New entries that today's wave would open. */
    newEntries: number;
    /** People in an open entry, who stay on the version they entered with. */
    openEntries: { version: number; entries: number }[];
    warnedPerDay: number;
  };
  /** Codes of today's wave by pool. `free`: what an imported pool has left; null: its codes are made, or it is missing. */
  codes: { pool: string; source: 'imported' | 'made' | 'missing'; wanted: number; free: number | null }[];
  detections: Detection[];
  currency: string;
  /** Expected cost of today's wave: channels and offers in full. */
  costMinor: number;
  /** The relative lift that would matter: `goal.minLift`. */
  minLift: number;
  holdout: HoldoutCost;
  problems: CampaignProblem[];
}

/** Compares a campaign file with the version in force, and says whom it touches. Throws CampaignInvalid, BadInput. */
export async function planCampaign(input: { db: Db; file: CampaignFile; now: Date }): Promise<CampaignPlan> {
  const { db, now } = input;
  const linted = await lintCampaign(input);
  // Findings about the data are part of the plan; only a broken file has none.
  const campaign = mustBeValid(linted.built);
  const { data, built } = linted;
  if (!data) throw new Error('a whole file has been looked at with its data');
  const { facts, forecast } = data;
  const current = await loadVersion(db, { campaignId: campaign.campaign });
  const history = await versionHistory(db, campaign.campaign);
  return {
    campaignId: campaign.campaign,
    hash: built.hash,
    ...versionAfter({ hash: built.hash, current, history }),
    versionInForce: current?.version ?? null,
    differences: current ? definitionDifferences(current.campaign, campaign) : [],
    texts: current ? textDifferences(current.contents, built.contents) : [],
    policies: policyDifferences(campaign, facts.live),
    people: {
      audience: sum(facts.audience.map((cell) => cell.users)),
      treatable: sum(facts.audience.map((cell) => cell.inside + cell.exploring)),
      newEntries: sum(forecast.map((action) => action.entries)),
      openEntries: await openEntries(db, { campaignId: campaign.campaign, decisionAt: now }),
      warnedPerDay: facts.warnedPerDay,
    },
    codes: codesOf(campaign, facts, forecast),
    detections: data.detections,
    currency: campaign.currency,
    costMinor: Math.round(sum(forecast.flatMap((action) => action.arms.map((arm) => arm.costMinor)))),
    minLift: campaign.goal.minLift,
    holdout: holdoutCost(campaign, facts, forecast),
    problems: linted.problems,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function versionAfter(input: {
  hash: string;
  current: LoadedVersion | null;
  history: { version: number; hash: string }[];
}): Pick<CampaignPlan, 'disposition' | 'version'> {
  const { hash, current, history } = input;
  if (!current) return { disposition: 'new', version: 1 };
  if (current.hash === hash) return { disposition: 'unchanged', version: current.version };
  const same = history.find((line) => line.hash === hash);
  if (same) return { disposition: 'reinstated', version: same.version };
  return { disposition: 'changed', version: Math.max(...history.map((line) => line.version)) + 1 };
}

function policyDifferences(campaign: Campaign, live: readonly LivePolicy[]): PolicyDifference[] {
  return initialPolicies(campaign).flatMap((file) => {
    const present = live.find((one) => one.segment === file.segment && one.action === file.action);
    if (!present || !differsFrom(file, present)) return [];
    return [{ segment: file.segment, action: file.action, live: present, file }];
  });
}

function codesOf(campaign: Campaign, facts: CampaignFacts, forecast: readonly ActionForecast[]): CampaignPlan['codes'] {
  const offers = campaign.actions.flatMap((action) => action.arms.flatMap((arm) => arm.offer ?? []));
  return [...codesByPool(forecast)].map(([pool, users]) => {
    const row = facts.pools.find((one) => one.pool === pool);
    const wanted = Math.ceil(users);
    if (row?.kind === 'imported') return { pool, source: 'imported', wanted, free: row.free };
    const made = row !== undefined || offers.some((offer) => offer.pool === pool && offer.codePrefix !== undefined);
    return { pool, source: made ? 'made' : 'missing', wanted, free: null };
  });
}
