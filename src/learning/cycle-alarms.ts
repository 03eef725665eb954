import type { Db } from '../db/connect.ts';
import { raiseAlarm } from '../db/queries/open-wave.ts';
import type { LearningResult } from '../domain/learning.ts';
import type { CampaignRead } from '../domain/read.ts';
import type { LedgerProposal } from '../domain/threshold-ledger.ts';

/** Something that operators are told of once, when it begins. */
export interface Condition {
  /** The same from cycle to cycle while it lasts. */
  key: string;
  kind: 'sample_ratio' | 'guardrail_inferior' | 'stale_feed';
  sentence: string;
}

/** What is wrong with a campaign's data or its treatment, by its read and its cycle. */
export function conditionsOf(of: {
  read: Pick<CampaignRead, 'guardrails'>;
  result: Pick<LearningResult, 'policies'>;
}): Condition[] {
  const { read, result } = of;
  const ratios = result.policies.flatMap(({ action, freezes }) =>
    freezes
      .filter((freeze) => freeze.reason === 'sample_ratio')
      .map(({ sentence }) => ({ key: `sample_ratio/${action}`, kind: 'sample_ratio' as const, sentence })),
  );
  const guardrails = read.guardrails
    .filter((one) => one.verdict === 'inferior')
    .map(({ action, arm, metric, sentence }) => ({
      key: `guardrail/${action}/${arm}/${metric}`,
      kind: 'guardrail_inferior' as const,
      sentence,
    }));
  const retreats = result.policies.flatMap(({ segment, action, proposals }) =>
    proposals
      .filter((proposal) => proposal.kind === 'retreat')
      .map(({ sentence }) => ({ key: `retreat/${action}/${segment}`, kind: 'guardrail_inferior' as const, sentence })),
  );
  const stale = result.policies.flatMap((policy) => policy.freezes).find((freeze) => freeze.reason === 'stale_feed');
  const feeds =
    stale === undefined ? [] : [{ key: 'stale_feed', kind: 'stale_feed' as const, sentence: stale.sentence }];
  const all: Condition[] = [...ratios, ...guardrails, ...retreats, ...feeds];
  return [...new Map(all.map((condition) => [condition.key, condition])).values()];
}

/** Raises an alarm for each condition, and one for the proposals that wait for a person; probabilities alone are not worth one. */
export async function raiseAlarms(
  db: Db,
  of: { campaignId: string; conditions: readonly Condition[]; waiting: readonly LedgerProposal[] },
): Promise<void> {
  const { campaignId } = of;
  for (const { kind, sentence } of of.conditions) {
    await raiseAlarm(db, { waveNo: null, kind, message: `${campaignId}: ${sentence}` });
  }
  const waiting = of.waiting.filter((one) => one.proposal.kind !== 'probabilities');
  if (waiting.length === 0) return;
  const numbers = waiting.map((one) => `${one.proposalNo} (${one.segment}, ${one.proposal.kind})`).join(', ');
  const message = `${campaignId}: proposals wait for a person: ${numbers}; see: recallwave threshold show ${campaignId}`;
  await raiseAlarm(db, { waveNo: null, kind: 'thresholds_proposed', message });
}
