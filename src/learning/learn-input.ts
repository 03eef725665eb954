import type { Db } from '../db/connect.ts';
import { reservedMinor } from '../db/queries/audience.ts';
import type { LoadedVersion } from '../db/queries/campaigns.ts';
import { loadArmEvidence, loadEvidence, loadUsersPerWeek } from '../db/queries/evidence.ts';
import { lastJudged } from '../db/queries/learning-cycles.ts';
import { learningSwitches } from '../db/queries/learning-switches.ts';
import { livePolicies } from '../db/queries/policies.ts';
import { lastMoves, lastRetreats } from '../db/queries/proposals.ts';
import type { LivePolicy } from '../domain/assignment.ts';
import type { Campaign } from '../domain/campaign.schema.ts';
import type { LearnedPolicy, LearnInput } from '../domain/learning.ts';
import { minorUnits } from '../domain/money.ts';
import type { CampaignRead } from '../domain/read.ts';
import type { ReadInputs } from '../domain/read-inputs.ts';
import { weeklyBudget } from '../policy/weekly-budget.ts';
import { freezesOf, matureEntries, type MatureEntries } from './freezes.ts';
import { serving } from './policies-in-force.ts';
import { standingHarm } from './standing-harm.ts';
import { switchesOf } from './switches.ts';

const DAY_MS = 86_400_000;

/** A policy that learning looks at: `segment` is served by `policy`, its own or that of '*'. */
export interface Subject {
  segment: string;
  action: string;
  policy: LivePolicy;
}

/** What a cycle starts from. */
export interface CycleStart {
  input: LearnInput;
  subjects: Subject[];
  mature: ReadonlyMap<string, MatureEntries>;
}

/** Reads evidence, users, policies in force and switches, and puts them together as the learning algorithm takes them. */
export async function loadLearnInput(
  db: Db,
  at: { loaded: LoadedVersion; asOf: Date; read: CampaignRead; inputs: ReadInputs },
): Promise<CycleStart> {
  const { loaded, asOf, read, inputs } = at;
  const { campaign, campaignId } = loaded;
  // One after another: inside a transaction there is one connection.
  const evidence = await loadEvidence(db, { campaignId, asOf });
  const usersPerWeek = await loadUsersPerWeek(db, { campaignId, asOf });
  const subjects = subjectsOf(campaign, await livePolicies(db, campaignId), [...evidence, ...usersPerWeek]);
  const mature = matureEntries(inputs);
  const policies = await learnedPolicies(db, { ...at, subjects, mature });
  const cooldownWeeks = Math.ceil(campaign.goal.windowDays / 7);
  const retreats = await lastRetreats(db, campaignId);
  const weeksSinceRetreat = (action: string): number | null => {
    const last = retreats.find((one) => one.action === action);
    return last === undefined ? null : wholeWeeks(last.at, asOf);
  };
  return {
    subjects,
    mature,
    input: {
      campaignId,
      asOf: asOf.toISOString(),
      currency: campaign.currency,
      bands: campaign.policy.bands,
      bounds: campaign.policy.bounds,
      policies,
      evidence,
      usersPerWeek,
      unsubscribeCost: minorUnits(campaign.costs.unsubscribe, campaign.currency),
      unsubscribeMargin: campaign.guardrails.unsubscribeMargin,
      complaintMargin: campaign.guardrails.complaintMargin,
      inferiorGuardrails: standingHarm({ read, evidence, cooldownWeeks, weeksSinceRetreat }),
      cooldownWeeks,
      budgetPerWeek: weeklyBudget(campaign, await reservedMinor(db, campaignId)),
      thompson: campaign.learning.armShares === 'fixed' ? null : await thompson(db, { campaign, asOf }),
    },
  };
}

/** The policies of each (segment, action) that has evidence or users, of actions and segments that the version in force still has. */
function subjectsOf(
  campaign: Campaign,
  inForce: readonly LivePolicy[],
  met: readonly { segment: string; action: string }[],
): Subject[] {
  const { segments } = campaign.audience;
  const pairs = new Map(met.map(({ segment, action }) => [`${action}/${segment}`, { segment, action }]));
  return [...pairs.values()]
    .filter(({ segment, action }) => {
      return campaign.actions.some(({ id }) => id === action) && (segments?.includes(segment) ?? true);
    })
    .flatMap((pair) => {
      const policy = serving(inForce, pair);
      return policy === undefined ? [] : [{ ...pair, policy }];
    })
    .toSorted((a, b) => a.action.localeCompare(b.action) || a.segment.localeCompare(b.segment));
}

async function learnedPolicies(
  db: Db,
  at: {
    loaded: LoadedVersion;
    asOf: Date;
    read: CampaignRead;
    inputs: ReadInputs;
    subjects: readonly Subject[];
    mature: ReadonlyMap<string, MatureEntries>;
  },
): Promise<LearnedPolicy[]> {
  const { campaign, campaignId } = at.loaded;
  const switches = await learningSwitches(db, campaignId);
  const moves = await lastMoves(db, campaignId);
  const judged = await lastJudged(db, campaignId);
  const facts = {
    ...at,
    judged: (of: { segment: string; action: string }) => judged.find((one) => isOf(one, of)) ?? null,
  };
  return at.subjects.map(({ segment, action, policy }) => {
    const switched = switchesOf(switches, { segment, campaignMode: campaign.learning.mode });
    const moved = moves.find((one) => isOf(one, { segment, action }));
    return {
      ...policy,
      segment,
      mode: switched.mode,
      freezes: freezesOf(facts, { segment, action, frozenBy: switched.frozenBy }),
      weeksSinceMove: moved === undefined ? null : wholeWeeks(moved.at, at.asOf),
    };
  });
}

/** Half a day's grace, so that a weekly run that comes some minutes earlier than the last one counts as a week later. */
function wholeWeeks(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime() + DAY_MS / 2) / (7 * DAY_MS)));
}

function isOf(one: { segment: string; action: string }, of: { segment: string; action: string }): boolean {
  return one.segment === of.segment && one.action === of.action;
}

async function thompson(
  db: Db,
  { campaign, asOf }: { campaign: Campaign; asOf: Date },
): Promise<NonNullable<LearnInput['thompson']>> {
  const { armFloor, fixedPart } = campaign.learning;
  const fileShares = campaign.actions.map(
    ({ id, arms }) => [id, Object.fromEntries(arms.map((arm) => [arm.id, arm.share]))] as const,
  );
  return {
    floor: armFloor,
    fixedPart,
    goal: campaign.goal.value,
    fileShares: Object.fromEntries(fileShares),
    controlArms: Object.fromEntries(
      campaign.actions.map(({ id, arms }) => [id, arms.filter((arm) => arm.control).map((arm) => arm.id)]),
    ),
    arms: await loadArmEvidence(db, { campaignId: campaign.campaign, asOf }),
  };
}
