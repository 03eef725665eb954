import type { CampaignPlan } from '../../app/campaigns/plan-campaign.ts';
import type { Detection, Horizon } from '../../app/campaigns/lint/detection.ts';
import { percent } from '../../app/campaigns/lint/power-rules.ts';
import { formatMinor } from '../../domain/money.ts';
import { number } from '../format/table.ts';

/** What it takes to see each action's effect, and what not treating the held-out costs. */
export function detectionLines(plan: CampaignPlan): string[] {
  return [...plan.detections.flatMap((one) => powerLines(one, plan.minLift)), ...holdoutLines(plan)];
}

function powerLines(one: Detection, minLift: number): string[] {
  const goal = one.metric === 'rate' ? `of ${percent(one.baseRate)}` : `in revenue (${percent(one.baseRate)} buy)`;
  const effect = `${one.action}: a lift of ${percent(minLift)} ${goal}, ${one.arm} against ${one.against}`;
  const level = `${percent(1 - 0.05 / Math.max(1, one.arms))} level, power 80 %`;
  const once = one.daysAtOneLook === null ? '' : `; ${number(one.daysAtOneLook)} with one look at the end`;
  const when =
    one.days === null
      ? 'would never be seen at this rate'
      : `is seen in about ${number(one.days)} days of daily looks (${number(one.entriesNeeded)} entries; ${level})${once}`;
  const year = one.yearLift === null ? [] : [`  a year can show a lift of ${percent(one.yearLift)}`];
  return [`${effect}, ${when}`, ...one.horizons.map((horizon) => `  ${horizonText(horizon)}`), ...year];
}

function horizonText({ days, entries, power, lift }: Horizon): string {
  if (entries === 0) return `after ${number(days)} days: no outcome window is over yet`;
  const smallest = lift === null ? 'no lift can be seen' : `the smallest lift to be seen is ${percent(lift)}`;
  return `after ${number(days)} days (${number(Math.round(entries))} entries): ${chance(power)} to see it; ${smallest}`;
}

function chance(power: number): string {
  if (power < 0.01) return 'under 1 % chance';
  return power > 0.99 ? 'over 99 % chance' : `${Math.round(power * 100)} % chance`;
}

function holdoutLines({ holdout, currency, minLift }: CampaignPlan): string[] {
  const { usersToday, usersPerWeek, todayMinor, perWeekMinor } = holdout;
  const people = `holding out: about ${number(Math.round(usersToday))} people of today's wave, ${number(Math.round(usersPerWeek))} a week`;
  if (todayMinor === null || perWeekMinor === null) {
    return [`${people}; what that costs is unknown: it needs costs.margin, a base rate and, for revenue, past amounts`];
  }
  const cost = `costs about ${formatMinor(todayMinor, currency)} today and ${formatMinor(perWeekMinor, currency)} a week`;
  return [`${people}; it ${cost} if treating them lifts the goal by ${percent(minLift)} (before offers and messages)`];
}
