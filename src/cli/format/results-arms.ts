import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { CampaignRead, Contrast, GroupRead } from '../../domain/read.ts';
import { anyLookText, chanceText, changeText, figuresOf, levelText, pText, relativeText } from './results-figures.ts';
import { table } from './table.ts';

const ROLES: Record<GroupRead['role'], string> = {
  arm: 'arm',
  control: 'control arm',
  holdout: 'held out',
  untreated: 'held out by threshold chance',
  global_holdout: 'held out of everything, not compared',
};

type Part = Pick<CampaignRead, 'groups' | 'contrasts' | 'metrics' | 'currency'>;

/** Per action: what each group did on the goal, and what each arm changed. */
export function armsText(read: Part): string[] {
  const goal = read.metrics.find((metric) => metric.role === 'goal');
  if (goal === undefined) return [];
  const actions = [...new Set(read.groups.map((group) => group.action))];
  return actions.flatMap((action) => [
    `${action}: ${goal.label}\n${groupTable(read, action, goal)}`,
    ...liftTable(read, action, goal),
  ]);
}

function groupTable(read: Part, action: string, goal: MetricDefinition): string {
  const figures = figuresOf(goal, read.currency);
  const rows = read.groups
    .filter((group) => group.action === action)
    .map((group) => {
      const value = group.values.find((candidate) => candidate.metric === goal.id);
      const converted = value?.converted ?? 0;
      return [group.group, ROLES[group.role], group.entries, converted, value ? levelText(figures, value) : '–'];
    });
  const rate = goal.kind === 'rate' ? 'rate [95 %]' : `mean per entry, ${read.currency} [95 %]`;
  return table(['group', 'is', 'entries', 'converted', rate], rows);
}

function liftTable(read: Part, action: string, goal: MetricDefinition): string[] {
  const contrasts = read.contrasts.filter((row) => row.action === action && row.metric === goal.id);
  if (contrasts.length === 0) return [];
  const figures = figuresOf(goal, read.currency);
  const level = contrasts.find((row) => row.alwaysValid !== null)?.alwaysValid?.level;
  const rows = contrasts.map((row) => [
    pairText(row),
    changeText(figures, row.absolute),
    relativeText(row.relative),
    chanceText(row.chanceBetter),
    pText(row.p),
    anyLookText(figures, row),
  ]);
  const unit = goal.kind === 'rate' ? 'points' : read.currency;
  const anyLook = level === undefined ? 'at any look' : `at any look [${Number((level * 100).toFixed(2))} %]`;
  const head = ['lift', `${unit} [95 %]`, 'relative [95 %]', 'chance better', 'p', anyLook];
  const why = contrasts
    .filter((row) => row.absolute === null && row.why !== null)
    .map((row) => `${pairText(row)}: ${row.why}`);
  return [[table(head, rows), ...why].join('\n')];
}

/** "mail v held-out". */
export function pairText(row: Pick<Contrast, 'arm' | 'against'>): string {
  return `${row.arm} v ${row.against === 'control' ? 'control' : 'held-out'}`;
}

/** Metrics beside the goal, one line per comparison; p corrected among them. */
export function secondaryText(read: Part): string[] {
  const rows = read.metrics
    .filter((metric) => metric.role === 'secondary')
    .flatMap((metric) => {
      const figures = figuresOf(metric, read.currency);
      const unit = metric.kind === 'rate' ? 'points' : read.currency;
      return read.contrasts
        .filter((row) => row.metric === metric.id)
        .map((row) => [
          `${row.action}: ${metric.label} (${unit})`,
          pairText(row),
          row.absolute === null ? (row.why ?? '–') : changeText(figures, row.absolute),
          relativeText(row.relative),
          chanceText(row.chanceBetter),
          pText(row.p),
          pText(row.pAdjusted),
        ]);
    });
  if (rows.length === 0) return [];
  const head = ['beside the goal', 'lift', '[95 %]', 'relative', 'chance better', 'p', 'p corrected'];
  return [table(head, rows)];
}
