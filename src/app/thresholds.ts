import type { Knex } from 'knex';
import { loadVersion } from '../db/queries/campaigns.ts';
import { learningSwitches, turnSwitch } from '../db/queries/learning-switches.ts';
import { segmentsOfCampaign } from '../db/queries/segments.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { LearningMode } from '../domain/learning.ts';
import { nearest } from '../domain/nearest.ts';
import type { LedgerProposal, PolicyVersionLine, SwitchLine } from '../domain/threshold-ledger.ts';
import { runLearningCycle, type LearningCycle } from '../learning/learn-thresholds.ts';
import { switchesOf } from '../learning/switches.ts';
import { thresholdReport, type ThresholdReport } from '../learning/threshold-report.ts';
import { namedCampaign } from './named.ts';

export type { ReportedPolicy, ThresholdReport } from '../learning/threshold-report.ts';
export type { LearningCycle } from '../learning/learn-thresholds.ts';
export { applyProposal, rejectProposal, revertProposal, type DecidedThreshold } from './threshold-decisions.ts';

/** Thresholds in force, what is known, what is proposed. Throws NotFound. */
export async function showThresholds(input: { db: Knex; campaignId: string }): Promise<ThresholdReport> {
  return thresholdReport({ db: input.db, campaignId: await namedCampaign(input.db, input.campaignId) });
}

/**
 * Runs a learning cycle at a person's word, as of `asOf` or now; segments in mode auto get at once what it finds. Throws NotFound;
 * BadInput for a time that has not come, or before the latest cycle's.
 */
export async function proposeThresholds(input: {
  db: Knex;
  campaignId: string;
  asOf?: Date | undefined;
  now: Date;
  actor: Actor;
}): Promise<LearningCycle> {
  const { db, actor, now, asOf = now } = input;
  const campaignId = await namedCampaign(db, input.campaignId);
  if (asOf > now) {
    throw new RecallwaveError(
      'BadInput',
      `${asOf.toISOString()} has not come yet: outcomes until then are missing`,
      'leave --as-of away to learn from what is known now',
    );
  }
  return runLearningCycle({ db, campaignId, asOf, actor, trigger: 'manual' });
}

/** What became of a campaign's thresholds, newest first. */
export interface ThresholdHistory {
  campaignId: string;
  proposals: LedgerProposal[];
  policies: PolicyVersionLine[];
  switches: SwitchLine[];
}

/** Every proposal, policy version and switch, of a campaign or one of its segments. Throws NotFound. */
export async function thresholdHistory(input: {
  db: Knex;
  campaignId: string;
  segment?: string | undefined;
}): Promise<ThresholdHistory> {
  const { db, segment } = input;
  const report = await showThresholds(input);
  const { campaignId } = report;
  if (segment !== undefined) await namedSegment(db, { campaignId, segment });
  const isWanted = (line: { segment: string }): boolean =>
    segment === undefined || line.segment === segment || line.segment === '*';
  return {
    campaignId,
    proposals: report.proposals.filter(isWanted),
    policies: report.history.filter(isWanted),
    switches: report.switches.filter(isWanted),
  };
}

interface SwitchOrder {
  db: Knex;
  campaignId: string;
  /** Absent: the whole campaign. */
  segment?: string | undefined;
  reason: string;
  actor: Actor;
  now: Date;
}

/** How a campaign or segment is switched after a turn; `changed` false: it was so already, and nothing was written. */
export interface SwitchedLearning {
  campaignId: string;
  segment: string;
  mode: LearningMode;
  frozen: boolean;
  changed: boolean;
}

/** Puts the hand brake on, or takes it off. Throws NotFound. */
export function freezeThresholds(order: SwitchOrder & { frozen: boolean }): Promise<SwitchedLearning> {
  return turn(order, { mode: null, frozen: order.frozen });
}

/** Says whether thresholds are not proposed, proposed, or moved without asking. Throws NotFound. */
export function setLearningMode(order: SwitchOrder & { mode: LearningMode }): Promise<SwitchedLearning> {
  return turn(order, { mode: order.mode, frozen: null });
}

async function turn(
  order: SwitchOrder,
  to: { mode: LearningMode | null; frozen: boolean | null },
): Promise<SwitchedLearning> {
  const { db, reason, actor, now: at } = order;
  const campaignId = await namedCampaign(db, order.campaignId);
  const segment = order.segment === undefined ? '*' : await namedSegment(db, { campaignId, segment: order.segment });
  const before = await switched(db, { campaignId, segment });
  const changed =
    segment === '*' || (to.mode ?? before.mode) !== before.mode || (to.frozen ?? before.frozen) !== before.frozen;
  if (changed) await turnSwitch(db, { campaignId, segment, ...to, reason, actor, at });
  return { campaignId, segment, ...(await switched(db, { campaignId, segment })), changed };
}

async function switched(
  db: Knex,
  of: { campaignId: string; segment: string },
): Promise<{ mode: LearningMode; frozen: boolean }> {
  const campaignMode = (await loadVersion(db, of))?.campaign.learning.mode ?? 'suggest';
  const found = switchesOf(await learningSwitches(db, of.campaignId), { segment: of.segment, campaignMode });
  return { mode: found.mode, frozen: found.frozenBy !== null };
}

/** Checks a segment of a campaign: named by its file, or met by its entries. Throws NotFound with the nearest. */
async function namedSegment(db: Knex, of: { campaignId: string; segment: string }): Promise<string> {
  const { campaignId, segment } = of;
  const campaign = (await loadVersion(db, { campaignId }))?.campaign;
  const inFile = [...(campaign?.audience.segments ?? []), ...Object.keys(campaign?.policy.segments ?? {})];
  const known = [...new Set([...inFile, ...(await segmentsOfCampaign(db, campaignId))])].toSorted();
  if (known.includes(segment)) return segment;
  const near = nearest(segment, known);
  throw new RecallwaveError(
    'NotFound',
    `campaign ${campaignId} has no segment "${segment}"`,
    near !== undefined
      ? `did you mean ${near}?`
      : known.length > 0
        ? `there are: ${known.join(', ')}`
        : 'nobody has entered the campaign yet: leave --segment away',
  );
}
