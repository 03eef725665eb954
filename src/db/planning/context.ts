import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { CapPolicy } from '../../policy/caps.ts';
import type { Offer } from '../../policy/offers.ts';
import type { AllowedMinutes } from '../../policy/quiet-hours.ts';
import type { Sql } from '../sql.ts';

/** A campaign of higher priority that wants users today. */
export interface Rival {
  campaignId: string;
  /** Set when its wave of today is planned already: who entered there is taken, nobody else is. */
  plannedWaveNo: number | null;
  model: string;
  segments: string[] | null;
  reasons: string[] | null;
  filter: Sql | null;
  /** The widest scores that its policies treat. */
  scores: { segment: string; from: number; to: number }[];
}

/** All that the plan of one wave and step depends on, besides the rows of users. */
export interface PlanContext {
  campaign: Campaign;
  salt: string;
  version: number;
  waveNo: number;
  localDate: string;
  step: number;
  decisionAt: Date;
  snapshotAt: Date;
  filter: Sql | null;
  /** In file order; the first whose condition holds is taken. null: always. */
  actionConditions: { action: string; when: Sql | null; reasons: string[] | null }[];
  policies: LivePolicy[];
  globalHoldout: { salt: string; share: number };
  offers: Offer[];
  channels: ChannelName[];
  caps: CapPolicy;
  allowed: Record<ChannelName, AllowedMinutes>;
  defaultTimezone: string | null;
  rivals: Rival[];
  /** Messages of this campaign count for caps (false only for transactional ones that don't). */
  counts: boolean;
}

/** Where a plan is written: the real tables, or temporary twins for a rehearsal. */
export interface PlanTables {
  entries: Sql;
  ways: Sql;
  messages: Sql;
}

export interface UserRange {
  /** First user_no. */
  from: number;
  /** First user_no that is not in the range any more. */
  to: number;
}
