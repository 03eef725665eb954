import { minorUnits } from '../../../domain/money.ts';
import type { MetricDefinition, MetricSums } from '../../../domain/read-inputs.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import type { GroupSums, NonZero } from './group-sums.ts';
import type { RecordedSums } from './recorded-sums.ts';

const GUARDRAILS = ['unsubscribe', 'complaint', 'refund'] as const;

/** What the data of a campaign measure; recorded experiments measure only the outcomes that their file has. */
export interface Measured {
  live: boolean;
  /** Types of the recorded outcomes; empty without recorded entries. */
  recordedTypes: ReadonlyMap<string, { money: boolean; capMinor: number | null }>;
  /** Whether goal events carry amounts. */
  liveAmounts: boolean;
  recordedAmounts: boolean;
  capMinor: number | null;
}

/** A metric with the groups whose data measure it, and how it is read off their sums. */
export interface MeasuredMetric {
  definition: MetricDefinition;
  live: boolean;
  recorded: boolean;
  /** Null: by the name of a recorded outcome, from `RecordedSums`. */
  of: ((group: GroupSums) => number | NonZero) | null;
}

const RATE = { kind: 'rate', margin: null, capMinor: null } as const;
const MEAN = { kind: 'mean', margin: null, capMinor: null } as const;

function goalMetrics(facts: CampaignFacts, measured: Measured): MeasuredMetric[] {
  const { event, value } = facts.campaign.goal;
  const { capMinor, liveAmounts, recordedAmounts } = measured;
  const rate = (id: string, role: 'goal' | 'secondary'): MeasuredMetric => ({
    definition: { id, label: event, role, ...RATE },
    live: true,
    recorded: true,
    of: (group) => group.goal,
  });
  const revenue = (id: string, role: 'goal' | 'secondary'): MeasuredMetric => ({
    definition: { id, label: 'revenue per entry', role, ...MEAN, capMinor },
    live: role === 'goal' || liveAmounts,
    recorded: role === 'goal' || recordedAmounts,
    of: (group) => group.revenue,
  });
  return value === 'revenue'
    ? [revenue('goal', 'goal'), rate('conversion', 'secondary')]
    : [rate('goal', 'goal'), revenue('revenue', 'secondary')];
}

function recordedMetrics(facts: CampaignFacts, measured: Measured): MeasuredMetric[] {
  const { goal, returnEvents } = facts.campaign;
  const read = new Set<string>([goal.event, ...returnEvents, ...GUARDRAILS]);
  return [...measured.recordedTypes]
    .filter(([type]) => !read.has(type))
    .map(([type, { money, capMinor }]) => ({
      definition: { id: type, label: type, role: 'secondary', ...(money ? { ...MEAN, capMinor } : RATE) },
      live: false,
      recorded: true,
      of: null,
    }));
}

function guardrailMetrics(facts: CampaignFacts, measured: Measured): MeasuredMetric[] {
  const { guardrails, currency } = facts.campaign;
  const refundMargin = guardrails.refundMargin === undefined ? null : minorUnits(guardrails.refundMargin, currency);
  const margins = {
    unsubscribe: guardrails.unsubscribeMargin,
    complaint: guardrails.complaintMargin,
    refund: refundMargin,
  };
  return GUARDRAILS.map((id) => ({
    definition: {
      id,
      label: id === 'refund' ? 'refunds per entry' : id,
      kind: id === 'refund' ? ('mean' as const) : ('rate' as const),
      role: 'guardrail' as const,
      margin: margins[id],
      capMinor: null,
    },
    live: true,
    recorded: measured.recordedTypes.has(id),
    of: (group: GroupSums) => group[id],
  }));
}

/** The metrics of a campaign in their order: goal, secondary ones, money, guardrails. Only what some entries measure. */
export function measuredMetrics(facts: CampaignFacts, measured: Measured): MeasuredMetric[] {
  const { costs, returnEvents } = facts.campaign;
  const returned: MeasuredMetric = {
    definition: { id: 'returned', label: 'returned', role: 'secondary', ...RATE },
    live: true,
    recorded: returnEvents.some((type) => measured.recordedTypes.has(type)),
    of: (group) => group.returned,
  };
  const netValue: MeasuredMetric = {
    definition: { id: 'net_value', label: 'net value per entry', role: 'money', ...MEAN },
    live: true,
    recorded: true,
    of: (group) => group.net,
  };
  const all = [
    ...goalMetrics(facts, measured),
    returned,
    ...recordedMetrics(facts, measured),
    ...(costs.margin === undefined ? [] : [netValue]),
    ...guardrailMetrics(facts, measured),
  ];
  const recorded = measured.recordedTypes.size > 0;
  return all.filter(
    (metric) => metric.definition.role === 'goal' || (metric.live && measured.live) || (metric.recorded && recorded),
  );
}

function ofRate(converted: number, entries: number): MetricSums {
  return { converted, sum: converted, m2: entries > 0 ? (converted * (entries - converted)) / entries : 0 };
}

/** The zeros join the amounts: m2 + mean²·k·(n − k)/n (Chan, Golub & LeVeque, with a group of zeros). */
function ofMean(amounts: NonZero, entries: number): MetricSums {
  const { count, sum, m2 } = amounts;
  const mean = count > 0 ? sum / count : 0;
  return { converted: count, sum, m2: m2 + (count > 0 ? (mean * mean * count * (entries - count)) / entries : 0) };
}

/** The sums of a group by metric id; metrics that its data do not measure are left out. */
export function groupMetrics(
  metrics: readonly MeasuredMetric[],
  group: GroupSums,
  recorded: readonly RecordedSums[],
): Record<string, MetricSums> {
  const sums: Record<string, MetricSums> = {};
  for (const { definition, live, recorded: inRecorded, of } of metrics) {
    if (!(group.recorded ? inRecorded : live)) continue;
    const own = recorded.find(({ type }) => type === definition.id)?.sums ?? { count: 0, sum: 0, m2: 0 };
    const value = of ? of(group) : definition.kind === 'rate' ? own.count : own;
    sums[definition.id] = typeof value === 'number' ? ofRate(value, group.entries) : ofMean(value, group.entries);
  }
  return sums;
}
