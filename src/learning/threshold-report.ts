import type { Db } from '../db/connect.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { latestCycle, type StoredCycle } from '../db/queries/learning-cycles.ts';
import { learningSwitches } from '../db/queries/learning-switches.ts';
import { policyHistory } from '../db/queries/policies.ts';
import { listProposals } from '../db/queries/proposals.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { BandValue, Freeze, LearningMode, LearningResult } from '../domain/learning.ts';
import type { LedgerProposal, PolicyVersionLine, SwitchLine } from '../domain/threshold-ledger.ts';
import { newestOfEach, serving } from './policies-in-force.ts';
import { switchesOf, type SegmentSwitches } from './switches.ts';

const PROPOSALS_SHOWN = 500;

/** The policy that serves a segment and action, with what the latest cycle found about it. */
export interface ReportedPolicy {
  segment: string;
  action: string;
  /** The version in force; its `segment` is '*' where the segment has no policy of its own. */
  inForce: PolicyVersionLine;
  mode: LearningMode;
  /** The turn of the hand brake that holds it; null: it is off. */
  frozenBy: SegmentSwitches['frozenBy'];
  /** Of the latest cycle; empty before the first. */
  freezes: Freeze[];
  values: BandValue[];
  /** Why the latest cycle proposed nothing; null where it did, or before the first. */
  sentence: string | null;
}

/** The latest cycle, without its policies. */
export type ReportedCycle = Pick<StoredCycle, 'cycleNo' | 'readNo' | 'asOf' | 'trigger' | 'actor' | 'at'> &
  Pick<LearningResult, 'estimator' | 'budgetOrder' | 'notes'>;

/** Thresholds of a campaign: in force, what is known by score band, what is proposed, and how it came to this. Money in minor units. */
export interface ThresholdReport {
  campaignId: string;
  version: number;
  currency: string;
  bands: number;
  bounds: { lo: number; hi: number };
  /** Null before the first cycle. */
  cycle: ReportedCycle | null;
  /** Sorted by action and segment: those that have a policy of their own ('*' included), and those that the latest cycle met. */
  policies: ReportedPolicy[];
  /** Open ones, newest first. */
  open: LedgerProposal[];
  /** Every proposal, newest first, at most 500. */
  proposals: LedgerProposal[];
  /** Every version of every policy, newest first. */
  history: PolicyVersionLine[];
  /** Newest first. */
  switches: SwitchLine[];
}

/** Reads the thresholds of a campaign from the database. Throws NotFound. */
export async function thresholdReport({ db, campaignId }: { db: Db; campaignId: string }): Promise<ThresholdReport> {
  const loaded = await loadVersion(db, { campaignId });
  if (!loaded) throw new RecallwaveError('NotFound', `there is no campaign ${campaignId}`);
  const { campaign } = loaded;
  const cycle = await latestCycle(db, campaignId);
  const history = await policyHistory(db, campaignId);
  const switches = await learningSwitches(db, campaignId);
  const proposals = await listProposals(db, { campaignId, limit: PROPOSALS_SHOWN });
  return {
    campaignId,
    version: loaded.version,
    currency: campaign.currency,
    bands: campaign.policy.bands,
    bounds: campaign.policy.bounds,
    cycle: cycle === null ? null : reportedCycle(cycle),
    policies: reportedPolicies({ history, cycle, switches, campaignMode: campaign.learning.mode }),
    open: proposals.filter((line) => line.state === 'open'),
    proposals,
    history,
    switches,
  };
}

function reportedCycle(cycle: StoredCycle): ReportedCycle {
  const { cycleNo, readNo, asOf, trigger, actor, at, result } = cycle;
  const { estimator, budgetOrder, notes } = result;
  return { cycleNo, readNo, asOf, trigger, actor, at, estimator, budgetOrder, notes };
}

interface Facts {
  history: readonly PolicyVersionLine[];
  cycle: StoredCycle | null;
  switches: readonly SwitchLine[];
  campaignMode: LearningMode;
}

function reportedPolicies({ history, cycle, switches, campaignMode }: Facts): ReportedPolicy[] {
  const inForce = newestOfEach(history);
  const learned = cycle?.result.policies ?? [];
  const subjects = new Map(
    [...inForce, ...learned].map(({ segment, action }) => [`${action}/${segment}`, { segment, action }]),
  );
  return [...subjects.values()]
    .flatMap((subject) => {
      const policy = serving(inForce, subject);
      if (policy === undefined) return [];
      const found = learned.find((one) => one.segment === subject.segment && one.action === subject.action);
      const { mode, frozenBy } = switchesOf(switches, { segment: subject.segment, campaignMode });
      return {
        ...subject,
        inForce: policy,
        mode,
        frozenBy,
        freezes: found?.freezes ?? [],
        values: found?.values ?? [],
        sentence: found?.sentence ?? null,
      };
    })
    .toSorted((a, b) => a.action.localeCompare(b.action) || a.segment.localeCompare(b.segment));
}
