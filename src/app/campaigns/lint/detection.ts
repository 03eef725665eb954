import type { Campaign } from '../../../domain/campaign.schema.ts';
import { detectableLift, entriesNeeded } from '../../../experiments/power.ts';
import type { CampaignFacts } from './facts.ts';
import type { ActionForecast } from './forecast.ts';

/** Whether an action's effect can be seen with this audience, on its hardest comparison. */
export interface Detection {
  action: string;
  /** Arm that is compared, and with what. */
  arm: string;
  against: 'control' | 'holdout';
  baseRate: number;
  baseRateFrom: 'file' | 'events';
  entriesNeeded: number;
  entriesToday: number;
  entriesPerDay: number;
  /** Days until enough users have entered and their outcome window is over; null: never at this rate. */
  days: number | null;
  /** The relative lift that a year of entries could tell; null: none. */
  yearLift: number | null;
}

const ENOUGH_WARNINGS = 100;
const YEAR_DAYS = 365;

/** The control's rate: the file's, else what the audience's past warnings came to; null where neither is known. */
export function baseRate(
  campaign: Campaign,
  facts: CampaignFacts,
): { rate: number; from: Detection['baseRateFrom'] } | null {
  if (campaign.goal.baseRate !== undefined) return { rate: campaign.goal.baseRate, from: 'file' };
  const { warnings, rate } = facts.measured;
  return warnings >= ENOUGH_WARNINGS && rate > 0 ? { rate, from: 'events' } : null;
}

/** The power of each action (two-sided 0.05, power 0.8, lift `goal.minLift`); empty where no base rate is known. */
export function detections(campaign: Campaign, facts: CampaignFacts, forecast: readonly ActionForecast[]): Detection[] {
  const base = baseRate(campaign, facts);
  if (base === null) return [];
  const audience = facts.audience.reduce((users, cell) => users + cell.users, 0);
  return forecast.flatMap((action) => {
    const weakest = hardestContrast(action);
    if (weakest === null) return [];
    const reached = facts.audience
      .filter((cell) => cell.action === action.action)
      .reduce((users, cell) => users + cell.inside + cell.exploring, 0);
    const perDay = audience === 0 ? 0 : (facts.warnedPerDay * reached) / audience;
    const contrast = { baseRate: base.rate, shareTreated: weakest.treated, shareControl: weakest.control };
    const needed = entriesNeeded({ ...contrast, lift: campaign.goal.minLift });
    const inYear = action.entries + perDay * YEAR_DAYS;
    const yearLift = detectableLift({ ...contrast, entries: inYear });
    return [
      {
        action: action.action,
        arm: weakest.arm,
        against: weakest.against,
        baseRate: base.rate,
        baseRateFrom: base.from,
        entriesNeeded: needed,
        entriesToday: action.entries,
        entriesPerDay: perDay,
        days: daysUntil({ needed, today: action.entries, perDay, windowDays: campaign.goal.windowDays }),
        yearLift: Number.isFinite(yearLift) ? yearLift : null,
      },
    ];
  });
}

function daysUntil(input: { needed: number; today: number; perDay: number; windowDays: number }): number | null {
  const missing = Math.max(0, input.needed - input.today);
  if (missing > 0 && (input.perDay <= 0 || !Number.isFinite(missing))) return null;
  return Math.ceil(missing === 0 ? 0 : missing / input.perDay) + input.windowDays;
}

interface ArmContrast {
  arm: string;
  against: Detection['against'];
  treated: number;
  control: number;
}

/** The treated arm with the smallest share against the control arm, or against the held-out where there is no control. */
function hardestContrast(action: ActionForecast): ArmContrast | null {
  const control = action.arms.find((arm) => arm.control && arm.share > 0);
  const arms = action.arms.filter((arm) => !arm.control && arm.share > 0).toSorted((a, b) => a.share - b.share);
  const [arm] = arms;
  if (!arm) return null;
  const shared = { arm: arm.arm, treated: arm.share };
  return control
    ? { ...shared, against: 'control', control: control.share }
    : { ...shared, against: 'holdout', control: action.heldOut };
}
