import type { Campaign } from './campaign.schema.ts';

/** Who fell where by chance: the id of an arm, or one of these. */
export const HELD_OUT_GROUPS = ['holdout', 'untreated', 'global_holdout'] as const;

/** How a metric is read: the share of entries with at least one event, or the mean amount per entry (minor units). */
export type MetricKind = 'rate' | 'mean';

/**
 * One thing that is measured per entry. `goal` decides the verdict; `secondary` ones are corrected among each other (Holm);
 * `money` is the net value; `guardrail` ones are harms, judged by non-inferiority.
 */
export interface MetricDefinition {
  /** Stable id: 'goal', 'returned', 'net_value', 'unsubscribe', 'complaint', 'refund', or the name of a recorded outcome. */
  id: string;
  /** Words for people, such as "purchase" or "revenue per entry". */
  label: string;
  kind: MetricKind;
  role: 'goal' | 'secondary' | 'money' | 'guardrail';
  /** Guardrails: how much harm is tolerated, as a share or in minor units per entry; null: shown, not judged. */
  margin: number | null;
  /** Means: the one cap of all groups at the 99.9th percentile of the non-zero amounts; null: not capped. */
  capMinor: number | null;
}

/** Entries among which every probability of assignment was the same. */
export interface Stratum {
  stratum: number;
  action: string;
  /** False: entries of the exploration band, which the verdict leaves out. */
  inInterval: boolean;
  pGlobalHoldout: number;
  pHoldout: number;
  pTreat: number;
  /** Probability of each arm among the treated; they add up to 1. */
  armShares: Record<string, number>;
  /** recorded: from an imported experiment. `designFrom`: where its probabilities come from. */
  source: 'live' | 'recorded';
  designFrom: 'policy' | 'probability_column' | 'campaign_file';
}

/** Sums over the entries of a cell for one metric. */
export interface MetricSums {
  /** Entries with at least one event (means: with a non-zero amount). */
  converted: number;
  /** Sum of the (capped) amounts in minor units; for rates equal to `converted`. */
  sum: number;
  /** Sum of squared deviations from the cell's own mean; for rates converted·(1 − converted/n). */
  m2: number;
}

/** Entries of one stratum, group, day (and slice) that are mature at `asOf`. */
export interface ReadCell {
  stratum: number;
  /** Arm id, or one of HELD_OUT_GROUPS. */
  group: string;
  /** Local date of the wave that opened the entries, YYYY-MM-DD. */
  day: string;
  /** The value of the dimension that was asked for (`by`); null in the cells of the whole. */
  slice: string | null;
  entries: number;
  /** By metric id; what the cell's data don't measure is absent (a recorded experiment has only the outcomes of its file). */
  metrics: Record<string, MetricSums>;
}

/** First goal events by full days since the entry, mature entries of the interval only. */
export interface NoveltyCell {
  stratum: number;
  group: string;
  daysSince: number;
  converted: number;
}

/** A day's entries whose outcome window is not over at `asOf`: named and left out. */
export interface ImmatureCohort {
  day: string;
  entries: number;
  /** ISO time at which the last of them is mature. */
  maturesAt: string;
}

export const READ_DIMENSIONS = ['segment', 'reason', 'channel', 'version', 'day'] as const;
export type ReadDimension = (typeof READ_DIMENSIONS)[number];

/** An arm as the versions of the campaign that have entries know it. */
export interface ReadArm {
  arm: string;
  action: string;
  control: boolean;
  /** False: a control arm that gets nothing. */
  sends: boolean;
}

/** All that a read is computed from: aggregates of the database, nothing personal. Stored with it, so that it can be repeated to the digit. */
export interface ReadInputs {
  campaignId: string;
  /** The version in force. */
  version: number;
  /** ISO; events after it and entries opened after it don't count. */
  asOf: string;
  by: ReadDimension | null;
  currency: string;
  goal: Campaign['goal'];
  /** ISO date after which the campaign doesn't run, null: open end. */
  until: string | null;
  arms: ReadArm[];
  metrics: MetricDefinition[];
  strata: Stratum[];
  cells: ReadCell[];
  novelty: NoveltyCell[];
  immature: ImmatureCohort[];
  /** Mature entries opened per day, over the last 28 days that have any; for "about N days". */
  entriesPerDay: number;
  remarks: {
    /** Goal or refund events in another currency than the campaign's: refused, not added up. */
    otherCurrencyEvents: number;
    /** Goal events of entered users in the day before their entry: they don't count, and may tell of a wrong clock. */
    eventsBeforeEntry: number;
    /** Amounts that the cap cut. */
    cappedAmounts: number;
    /** ISO time of the newest event of any kind in the installation; null: none ever came. */
    newestEventAt: string | null;
  };
}
