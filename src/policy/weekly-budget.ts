import type { Campaign } from '../domain/campaign.schema.ts';
import { minorUnits } from '../domain/money.ts';

/**
 * What a campaign may spend in a week, in minor units: its waves' budgets, and never more than what is left of the whole; null
 * where the file sets no limit.
 */
export function weeklyBudget(
  { budget, schedule, currency }: Pick<Campaign, 'budget' | 'schedule' | 'currency'>,
  reservedMinor: number,
): number | null {
  const waves = schedule.days?.length ?? 7;
  const limits = [
    budget.perWave === undefined ? [] : [minorUnits(budget.perWave, currency) * waves],
    budget.total === undefined ? [] : [Math.max(0, minorUnits(budget.total, currency) - reservedMinor)],
  ].flat();
  return limits.length === 0 ? null : Math.min(...limits);
}
