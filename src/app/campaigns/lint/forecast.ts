import type { Arm, Campaign, CampaignAction } from '../../../domain/campaign.schema.ts';
import type { AudienceCell } from '../../../db/queries/audience.ts';
import { minorUnits } from '../../../domain/money.ts';
import { effectivePolicies, type CampaignFacts } from './facts.ts';

/** What today's wave would take of one arm, on average; the rungs after assignment can only make it less. */
export interface ArmForecast {
  action: string;
  arm: string;
  control: boolean;
  /** Users contacted by the first step. */
  messages: number;
  /** Codes of this pool reserved; null: no pool. */
  pool: string | null;
  /** Reserved in minor units: the dearest channel of the first step, and the offer in full. */
  costMinor: number;
}

/** New entries of an action today: users inside the interval or in the exploration band who are in no entry. */
export interface ActionForecast {
  action: string;
  entries: number;
  /** Share of them that is held out (global, campaign, untreated). */
  heldOut: number;
  /** Of those inside [lo, hi), whom a read counts: how many, and the share that is treated. */
  inside: { entries: number; treated: number };
  /** The share of the treated that each arm gets. */
  armShares: Record<string, number>;
  arms: ArmForecast[];
}

/** Today's wave by action and arm, from the audience's counts and the policies in force. */
export function forecastWave(campaign: Campaign, facts: CampaignFacts): ActionForecast[] {
  return campaign.actions.map((action) => {
    const { entries, treated, inside } = entriesOf(campaign, action, facts);
    const heldOut = entries === 0 ? 0 : 1 - treated / entries;
    const shares = armShares(campaign, action, facts);
    const arms = action.arms.map((arm) => {
      const users = treated * (shares[arm.id] ?? 0);
      const messages = arm.steps.length > 0 ? users : 0;
      return {
        action: action.id,
        arm: arm.id,
        control: arm.control,
        messages,
        pool: arm.offer?.pool ?? null,
        costMinor: messages * messageMinor(campaign, arm),
      };
    });
    return { action: action.id, entries, heldOut, inside, armShares: shares, arms };
  });
}

function entriesOf(
  campaign: Campaign,
  action: CampaignAction,
  facts: CampaignFacts,
): Pick<ActionForecast, 'entries' | 'inside'> & { treated: number } {
  const kept = (1 - facts.settings.globalHoldout) * (1 - campaign.holdout);
  const cells = facts.audience.filter((one) => one.action === action.id);
  const sum = (number: (cell: AudienceCell) => number): number =>
    cells.reduce((total, cell) => total + number(cell), 0);
  const inside = sum((cell) => cell.freshInside);
  const treatedInside = kept * sum((cell) => cell.treatedInside);
  const ofFile = effectivePolicies(campaign, facts.live).find((one) => one.action === action.id && one.segment === '*');
  return {
    entries: inside + sum((cell) => cell.freshExploring),
    treated: treatedInside + kept * sum((cell) => cell.treatedExploring),
    // Where nobody is fresh today, those of the next days are treated as the policy says.
    inside: { entries: inside, treated: inside > 0 ? treatedInside / inside : kept * (ofFile?.inside ?? 0) },
  };
}

/** The shares in force; where segments differ, those of '*'. */
function armShares(campaign: Campaign, action: CampaignAction, facts: CampaignFacts): Record<string, number> {
  const policy = effectivePolicies(campaign, facts.live).find((one) => one.action === action.id && one.segment === '*');
  return policy?.armShares ?? {};
}

function messageMinor(campaign: Campaign, arm: Arm): number {
  const channels = arm.steps[0]?.channels ?? [];
  const dearest = Math.max(0, ...channels.map((channel) => minorUnits(campaign.costs[channel], campaign.currency)));
  return dearest + minorUnits(arm.offer?.cost ?? 0, campaign.currency);
}

/** Codes that today's wave would reserve, by pool. */
export function codesByPool(forecast: readonly ActionForecast[]): Map<string, number> {
  const codes = new Map<string, number>();
  for (const arm of forecast.flatMap((action) => action.arms)) {
    if (arm.pool !== null) codes.set(arm.pool, (codes.get(arm.pool) ?? 0) + arm.messages);
  }
  return codes;
}
