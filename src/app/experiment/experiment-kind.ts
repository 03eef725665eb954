import { recordedEntriesTable } from '../../db/queries/imports/recorded-entries.ts';
import type { LoadedVersion } from '../../db/queries/campaigns.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { localDateOf } from '../../policy/campaign-dates.ts';
import { arrayLiteral, checked, must, refuse, type KindDefinition } from '../imports/kinds/kind.ts';
import { RECORDED_COLUMNS, readRecorded, type RecordedRow } from '../imports/kinds/recorded.ts';
import { entryOutcomes } from './entry-outcomes.ts';
import { groupFinder, type RecordedGroup } from './groups.ts';
import { missingGoal, planOutcomes, type OutcomePlan } from './outcome-columns.ts';

const DAY_MS = 86_400_000;
/** Offsets of zones change at quarters of an hour only. */
const QUARTER_MS = 900_000;

/** What was seen on the way that a person should know. */
export interface ExperimentTally {
  withoutProbability: number;
  heldOut: number;
  heldOutWithoutProbability: number;
  heldOutContacted: number;
  /** Outcomes after their entry's window. */
  late: number;
  /** Held-out rows with a choice of actions. */
  guessedAction: number;
  remarks: Set<string>;
}

/** recorded.csv as entries of `version`; `tally` fills while rows are read. */
export function experimentKind(version: LoadedVersion): { definition: KindDefinition; tally: ExperimentTally } {
  const { campaign } = version;
  const tally: ExperimentTally = {
    withoutProbability: 0,
    heldOut: 0,
    heldOutWithoutProbability: 0,
    heldOutContacted: 0,
    late: 0,
    guessedAction: 0,
    remarks: new Set(),
  };
  const table = recordedEntriesTable({
    campaignId: version.campaignId,
    version: version.version,
    model: campaign.audience.model,
    bands: campaign.policy.bands,
    windowDays: campaign.goal.windowDays,
    reentryDays: campaign.reentryDays,
    design: campaign.actions.map((action) => ({
      action: action.id,
      holdout: campaign.holdout,
      shares: Object.fromEntries(action.arms.map((arm) => [arm.id, arm.share])),
    })),
  });
  const plans = outcomePlans(campaign, tally);
  const definition: KindDefinition = {
    columns: RECORDED_COLUMNS,
    table: {
      ...table,
      async merge(trx, input) {
        plans.mustHaveGoal();
        mustHaveDesign(campaign, tally);
        return table.merge(trx, input);
      },
    },
    createCheck: ({ now }) => ({ check: createRowCheck({ campaign, now, tally, planOf: plans.of }) }),
  };
  return { definition, tally };
}

/** The plan of a row's columns, made once per set of columns. */
function outcomePlans(campaign: Campaign, tally: ExperimentTally) {
  const plans = new Map<string, OutcomePlan>();
  const columns = new Set<string>();
  let last: { names: readonly string[]; plan: OutcomePlan } | undefined;
  const make = (names: readonly string[]): OutcomePlan => {
    const plan = planOutcomes(names, campaign);
    names.forEach((name) => columns.add(name));
    plan.remarks.forEach((remark) => tally.remarks.add(remark));
    plans.set(names.join('\n'), plan);
    return plan;
  };
  return {
    of(names: readonly string[]): OutcomePlan {
      if (last?.names !== names) last = { names, plan: plans.get(names.join('\n')) ?? make(names) };
      return last.plan;
    },
    mustHaveGoal(): void {
      const all = [...plans.values()];
      if (all.length > 0 && !all.some((plan) => plan.hasGoal)) throw missingGoal([...columns], campaign);
    },
  };
}

interface CheckInput {
  campaign: Campaign;
  now: Date;
  tally: ExperimentTally;
  planOf: (names: readonly string[]) => OutcomePlan;
}

function createRowCheck({ campaign, now, tally, planOf }: CheckInput): ReturnType<typeof checked> {
  const groupOf = groupFinder(campaign);
  const dateOf = localDates(campaign.timezone);
  const today = dateOf(now.getTime());
  const windowMs = campaign.goal.windowDays * DAY_MS;
  return checked((source) => {
    const plan = planOf(source.extraNames);
    const row = readRecorded(source, campaign.currency);
    const { ms, text } = row.assignedAt;
    if (ms > now.getTime()) refuse('assigned_at', text, 'in the future: a recorded assignment has happened');
    const date = dateOf(ms);
    if (date === today)
      refuse('assigned_at', text, 'today: the campaign may run a wave of its own yet; import it tomorrow');
    mustFitCurrency(row, campaign);
    const group = groupOf(row);
    if ('reason' in group) return refuse('arm', row.arm, group.reason);
    const { outcomes, late } = entryOutcomes(row.outcomes, {
      plan,
      goal: campaign.goal.event,
      window: { opened: ms, ends: ms + windowMs },
    });
    count(tally, { row, group, late, choice: campaign.actions.length > 1 });
    return [
      ...row.values,
      date,
      group.action,
      group.assignment,
      group.arm,
      arrayLiteral(outcomes.map(({ type }) => must(type, type, storable(type)))),
      `{${outcomes.map((outcome) => outcome.count).join(',')}}`,
      `{${outcomes.map((outcome) => outcome.valueMinor ?? 'NULL').join(',')}}`,
    ];
  });
}

function storable(type: string): { value: string } | { reason: string } {
  return type.length <= 200 ? { value: type } : { reason: 'the column name is longer than 200 characters: shorten it' };
}

function mustFitCurrency(row: RecordedRow, campaign: Campaign): void {
  if (row.currency === null || row.currency === campaign.currency) return;
  refuse('currency', row.currency, `the campaign counts in ${campaign.currency}: convert the amounts to it`);
}

function count(
  tally: ExperimentTally,
  seen: { row: RecordedRow; group: RecordedGroup; late: number; choice: boolean },
): void {
  const { row, group, late, choice } = seen;
  tally.late += late;
  if (!row.hasProbability) tally.withoutProbability += 1;
  if (group.assignment === 'arm') return;
  tally.heldOut += 1;
  if (!row.hasProbability && group.assignment === 'holdout') tally.heldOutWithoutProbability += 1;
  if (row.contacted) tally.heldOutContacted += 1;
  if (choice) tally.guessedAction += 1;
}

function mustHaveDesign(campaign: Campaign, tally: ExperimentTally): void {
  if (campaign.holdout > 0 || tally.heldOutWithoutProbability === 0) return;
  throw new RecallwaveError(
    'BadInput',
    `${tally.heldOutWithoutProbability} rows are held out, but the holdout of ${campaign.campaign} is 0 and the rows have no probability; nothing was imported`,
    'add the column probability (how probable the group of each row was), or give the campaign the holdout that the experiment had',
  );
}

/** Local dates of moments, remembered by quarter of an hour. */
function localDates(timezone: string): (ms: number) => string {
  const known = new Map<number, string>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS);
    const date = known.get(quarter) ?? localDateOf(new Date(quarter * QUARTER_MS), timezone);
    if (known.size > 100_000) known.clear();
    known.set(quarter, date);
    return date;
  };
}
