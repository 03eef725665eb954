import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { isMoney } from '../imports/kinds/recorded.ts';

/** What a column of recorded.csv becomes: an outcome of this type; `goalValue`: its amount is (also) that of the goal event. */
export interface OutcomeColumn {
  column: string;
  type: string;
  goalValue: boolean;
}

/** How the columns of a file become outcomes of a campaign. */
export interface OutcomePlan {
  byColumn: ReadonlyMap<string, OutcomeColumn>;
  /** False: nothing in these columns says whether the goal was reached. */
  hasGoal: boolean;
  /** The goal was reached where its amount is above 0: no column says it outright. */
  goalFromAmount: boolean;
  remarks: string[];
}

const GOAL_ALIASES = ['purchased', 'purchase', 'converted', 'conversion', 'conversions', 'goal'];
const ALIASES: Record<string, string> = {
  unsubscribed: 'unsubscribe',
  unsubscribes: 'unsubscribe',
  complained: 'complaint',
  complaints: 'complaint',
  refunded: 'refund',
  refunds: 'refund',
};
/** Names under which a read shows what it measures itself. */
const OWN_METRICS = ['goal', 'revenue', 'returned', 'net_value'];

/** The name that a column goes by: `purchased_at` says when `purchased` happened; case and punctuation don't count. */
function plainName(column: string): string {
  return column
    .replace(/_at$/i, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_');
}

/** Finds out what each outcome column of a file means for a campaign: its own events first, then the usual names of them. */
export function planOutcomes(
  columns: readonly string[],
  campaign: Pick<Campaign, 'goal' | 'returnEvents'>,
): OutcomePlan {
  const { goal, returnEvents } = campaign;
  const own = [...new Set([goal.event, ...returnEvents])];
  const types = new Map<string, string>();
  for (const column of columns) {
    const type = own.find((event) => plainName(event) === plainName(column));
    if (type !== undefined) types.set(column, type);
  }
  const taken = (type: string): boolean => [...types].some(([column, one]) => one === type && !isMoney(column));
  const amount = goalAmount(
    columns.filter((column) => !types.has(column)),
    goal.value,
  );
  // The read shows the amounts of goal events as revenue: a metric of its own would show them twice.
  if (amount !== undefined && plainName(amount) === 'revenue') types.set(amount, goal.event);
  const alias = (names: readonly string[], type: string): void => {
    if (taken(type)) return;
    for (const column of columns) if (!types.has(column) && names.includes(plainName(column))) types.set(column, type);
  };
  alias(GOAL_ALIASES, goal.event);
  const goalFromAmount = !taken(goal.event) && amount !== undefined && goal.value === 'revenue';
  const came = returnEvents.find((event) => !taken(event) && !(goalFromAmount && event === goal.event));
  const remarks: string[] = [];
  const returned = columns.filter((column) => !types.has(column) && plainName(column) === 'returned');
  if (came !== undefined) alias(['returned'], came);
  else if (returned.length > 0) remarks.push(unusedReturned(returned, returnEvents));
  const byColumn = new Map(
    columns
      .filter((column) => came !== undefined || !returned.includes(column))
      .map((column) => {
        const type = types.get(column) ?? ALIASES[plainName(column)] ?? ownMetric(column, goal.value);
        return [column, { column, type, goalValue: column === amount }];
      }),
  );
  return { byColumn, hasGoal: taken(goal.event) || goalFromAmount, goalFromAmount, remarks };
}

/** The column that says what the goal was worth: revenue, else spend where the campaign counts by amounts. */
function goalAmount(columns: readonly string[], value: Campaign['goal']['value']): string | undefined {
  const named = (name: string): string | undefined => columns.find((column) => plainName(column) === name);
  return named('revenue') ?? (value === 'revenue' ? named('spend') : undefined);
}

function ownMetric(column: string, value: Campaign['goal']['value']): string {
  const name = column.replace(/_at$/, '');
  const reserved = value === 'revenue' ? [...OWN_METRICS, 'conversion'] : OWN_METRICS;
  return reserved.includes(name) ? `${name}_recorded` : name;
}

function unusedReturned(columns: readonly string[], returnEvents: readonly string[]): string {
  return `column ${columns.join(', ')} is not used: every return event of the campaign (${returnEvents.join(', ')}) has a column of its own`;
}

/** The error for a file that does not say whether the goal was reached. */
export function missingGoal(
  columns: readonly string[],
  campaign: Pick<Campaign, 'campaign' | 'goal'>,
): RecallwaveError {
  const { event } = campaign.goal;
  const found =
    columns.length > 0 ? `its outcome columns are ${columns.slice(0, 20).join(', ')}` : 'it has no outcome column';
  const amounts = columns.filter(isMoney).length > 0 && campaign.goal.value === 'count';
  return new RecallwaveError(
    'BadInput',
    `the file does not say who reached the goal of ${campaign.campaign} (${event}): ${found}; nothing was imported`,
    `name the column that says it ${event}, purchased or converted${amounts ? ' (an amount alone is no count of events)' : ''}, or import into a campaign whose goal it has`,
  );
}
