import type { Campaign } from '../../../domain/campaign.schema.ts';
import { currencyExponent } from '../../../domain/money.ts';
import { baseRate } from '../lint/detection.ts';
import type { CampaignFacts } from '../lint/facts.ts';
import type { ActionForecast } from '../lint/forecast.ts';

const WEEK_DAYS = 7;

/** What knowing costs: users inside the interval who are held out by chance, and what treating them would bring if the lift is as hoped. */
export interface HoldoutCost {
  /** Of today's wave, and of a week of new warnings. */
  usersToday: number;
  usersPerWeek: number;
  /** Minor units, before the costs of treating them; null: margin, base rate or average amount unknown. */
  todayMinor: number | null;
  perWeekMinor: number | null;
}

/** Held-out users × base rate × minLift × what a goal event is worth. */
export function holdoutCost(
  campaign: Campaign,
  facts: CampaignFacts,
  forecast: readonly ActionForecast[],
): HoldoutCost {
  const audience = facts.audience.reduce((users, cell) => users + cell.users, 0);
  const usersToday = forecast.reduce((sum, { inside }) => sum + inside.entries * (1 - inside.treated), 0);
  const usersPerWeek = forecast.reduce((sum, { action, inside }) => {
    const cells = facts.audience.filter((cell) => cell.action === action);
    const users = cells.reduce((total, cell) => total + cell.inside, 0);
    return sum + (audience === 0 ? 0 : (facts.warnedPerDay * WEEK_DAYS * users * (1 - inside.treated)) / audience);
  }, 0);
  const perUser = worthPerUser(campaign, facts);
  const money = (users: number): number | null => (perUser === null ? null : Math.round(users * perUser));
  return { usersToday, usersPerWeek, todayMinor: money(usersToday), perWeekMinor: money(usersPerWeek) };
}

/** `costs.margin` in major units for a goal event, or, where the goal is revenue, that share of the average one. */
function worthPerUser(campaign: Campaign, facts: CampaignFacts): number | null {
  const base = baseRate(campaign, facts);
  const { costs, goal, currency } = campaign;
  const { averageMinor } = facts.measured;
  if (base === null || costs.margin === undefined) return null;
  if (goal.value === 'revenue' && averageMinor === null) return null;
  const unit = goal.value === 'revenue' ? (averageMinor ?? 0) : 10 ** currencyExponent(currency);
  return base.rate * goal.minLift * costs.margin * unit;
}
