import type { CampaignRead } from '../../domain/read.ts';
import { pairText } from './results-arms.ts';
import { chanceText, changeText, figuresOf, levelText, pText } from './results-figures.ts';
import { table } from './table.ts';

/** The goal within each value of the dimension, exploratory. */
export function slicesText(read: CampaignRead): string[] {
  const goal = read.metrics.find((metric) => metric.role === 'goal');
  if (goal === undefined || read.by === null) return [];
  if (read.slices.length === 0) return [`by ${read.by}: nothing to slice yet`];
  const figures = figuresOf(goal, read.currency);
  const rows = read.slices.flatMap(({ slice, groups, contrasts }) =>
    contrasts
      .filter((row) => row.metric === goal.id)
      .map((row) => {
        const arm = groups.find((group) => group.action === row.action && group.group === row.arm);
        const value = arm?.values.find((candidate) => candidate.metric === goal.id);
        return [
          slice,
          `${row.action}: ${pairText(row)}`,
          row.entries,
          row.entriesAgainst,
          value ? levelText(figures, value) : '–',
          row.absolute === null ? (row.why ?? '–') : changeText(figures, row.absolute),
          chanceText(row.chanceBetter),
          pText(row.pAdjusted),
        ];
      }),
  );
  const unit = goal.kind === 'rate' ? 'points' : read.currency;
  const head = [
    read.by,
    goal.label,
    'entries',
    'against',
    'arm',
    `lift, ${unit} [95 %]`,
    'chance better',
    'p corrected',
  ];
  return [table(head, rows)];
}
