import type { Knex } from 'knex';
import type { LoadedVersion } from '../../db/queries/campaigns.ts';
import {
  collectEntries,
  reachedEntries,
  sideCounts,
  sideCountsByReason,
  textCounts,
  type SideCounts,
  type TextCounts,
} from '../../db/queries/retrospective.ts';

/** Entries by side and by churn reason, texts, and whom messages reached. */
export interface Outcomes {
  sides: SideCounts[];
  byReason: (SideCounts & { reason: string })[];
  texts: TextCounts[];
  reached: { accepted: number; clicked: number };
}

/** What became of the entries of waves by `now`, in one snapshot. */
export function outcomesOf(
  db: Knex,
  { waveNos, versions, now }: { waveNos: readonly number[]; versions: readonly LoadedVersion[]; now: Date },
): Promise<Outcomes> {
  return db.transaction(async (trx) => {
    const events = versions.map(({ campaignId, version, campaign }) => ({
      campaignId,
      version,
      returnEvents: campaign.returnEvents,
      goalEvent: campaign.goal.event,
    }));
    await collectEntries(trx, { waveNos, events, asOf: now });
    return {
      sides: await sideCounts(trx),
      byReason: await sideCountsByReason(trx),
      texts: await textCounts(trx),
      reached: await reachedEntries(trx),
    };
  });
}
