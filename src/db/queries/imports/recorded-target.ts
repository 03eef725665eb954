/** What a campaign file says of an action's arms; holds for rows without a probability. */
export interface RecordedDesign {
  action: string;
  holdout: number;
  shares: Record<string, number>;
}

/** The campaign that a past experiment becomes entries of. */
export interface RecordedTarget {
  campaignId: string;
  version: number;
  /** Of the warnings: the campaign's model. */
  model: string;
  bands: number;
  windowDays: number;
  reentryDays: number;
  /** What holds for rows without a probability. */
  design: RecordedDesign[];
}
