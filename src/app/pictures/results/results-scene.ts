import type { CampaignRead, Contrast, GroupRead } from '../../../domain/read.ts';
import type { MetricDefinition } from '../../../domain/read-inputs.ts';
import { moneyUnit, POINTS, SHARE, type Unit } from '../drawing/figures.ts';
import type { Words } from '../words/english.ts';

/** A read with the words of the page's language: what every section draws from. */
export interface ResultsScene {
  read: CampaignRead;
  words: Words;
}

/** The definition of a metric; one that the read doesn't know is shown by its id. */
export function metricOf(read: CampaignRead, id: string): MetricDefinition {
  const known = read.metrics.find((metric) => metric.id === id);
  return known ?? { id, label: id, kind: 'rate', role: 'secondary', margin: null, capMinor: null };
}

/** The unit of what a group did. */
export function levelUnit(read: CampaignRead, metric: MetricDefinition): Unit {
  return metric.kind === 'rate' ? SHARE : moneyUnit(read.currency, false);
}

/** The unit of a difference between groups. */
export function differenceUnit(read: CampaignRead, metric: MetricDefinition): Unit {
  return metric.kind === 'rate' ? POINTS : moneyUnit(read.currency, true);
}

/** The actions of the read in the order of its groups. */
export function actionsOf(groups: readonly GroupRead[]): string[] {
  return [...new Set(groups.map((group) => group.action))];
}

/** "pack against the held out". */
export function comparisonText(words: Words, contrast: Pick<Contrast, 'arm' | 'against'>): string {
  return words.versus(contrast.arm, words.against[contrast.against]);
}
