import type { Campaign } from '../../../domain/campaign.schema.ts';
import { formatMinor, minorUnits } from '../../../domain/money.ts';
import type { Finding, KeyPath } from '../file/finding.ts';
import type { CampaignFacts } from './facts.ts';
import { codesByPool, type ActionForecast } from './forecast.ts';

/** Pools that are missing, shared the wrong way or too small, and budgets under the forecast. */
export function supplyFindings(
  campaign: Campaign,
  facts: CampaignFacts,
  forecast: readonly ActionForecast[],
): Finding[] {
  return [...poolFindings(campaign, facts, forecast), ...budgetFindings(campaign, facts, forecast)];
}

function poolFindings(campaign: Campaign, facts: CampaignFacts, forecast: readonly ActionForecast[]): Finding[] {
  const wanted = codesByPool(forecast);
  return poolUses(campaign).flatMap(({ pool, codePrefix, path }): Finding[] => {
    const stored = facts.pools.find((row) => row.pool === pool);
    const codes = Math.ceil(wanted.get(pool) ?? 0);
    if (!stored && codePrefix !== undefined) return [];
    if (!stored) {
      const what = `there is no coupon pool ${pool}`;
      const fix = 'recallwave import coupons FILE, or add codePrefix: … to have its codes made';
      return [{ rule: 'pool_missing', severity: 'error', path, what, fix }];
    }
    if (stored.kind === 'generated') return [];
    if (codePrefix !== undefined) {
      const what = `the pool ${pool} holds imported codes, so none are made`;
      const fix = 'take codePrefix out, or name another pool';
      return [{ rule: 'pool_kind', severity: 'warning', path: [...path.slice(0, -1), 'codePrefix'], what, fix }];
    }
    if (stored.free >= codes) return [];
    const what = `the pool ${pool} has ${stored.free} free codes; today's wave would take about ${codes}`;
    return [{ rule: 'pool_small', severity: 'warning', path, what, fix: 'import more codes' }];
  });
}

function poolUses(campaign: Campaign): { pool: string; codePrefix: string | undefined; path: KeyPath }[] {
  return campaign.actions.flatMap((action, a) =>
    action.arms.flatMap((arm, b) =>
      arm.offer?.pool === undefined
        ? []
        : [
            {
              pool: arm.offer.pool,
              codePrefix: arm.offer.codePrefix,
              path: ['actions', a, 'arms', b, 'offer', 'pool'],
            },
          ],
    ),
  );
}

function budgetFindings(campaign: Campaign, facts: CampaignFacts, forecast: readonly ActionForecast[]): Finding[] {
  const { currency, budget } = campaign;
  const cost = Math.round(forecast.flatMap((action) => action.arms).reduce((sum, arm) => sum + arm.costMinor, 0));
  const total = budget.total === undefined ? undefined : minorUnits(budget.total, currency) - facts.reservedMinor;
  const perWave = budget.perWave === undefined ? undefined : minorUnits(budget.perWave, currency);
  const limits: [key: 'total' | 'perWave', limit: number | undefined, words: string][] = [
    ['total', total, 'left of the budget'],
    ['perWave', perWave, 'the budget of a wave'],
  ];
  const short = limits.flatMap(([key, limit, words]) =>
    limit === undefined || cost <= limit
      ? []
      : [
          {
            rule: 'budget_small',
            severity: 'warning' as const,
            path: ['budget', key],
            what: `today's wave would reserve about ${formatMinor(cost, currency)}, ${words} is ${formatMinor(Math.max(0, limit), currency)}`,
            fix: 'raise it, or narrow the audience',
          },
        ],
  );
  if (budget.total === undefined || budget.perWave === undefined || budget.perWave <= budget.total) return short;
  const what = 'the budget of one wave is larger than that of the whole campaign';
  return [...short, { rule: 'budget', severity: 'warning', path: ['budget', 'perWave'], what, fix: 'lower it' }];
}
