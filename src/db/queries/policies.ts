import type { Actor } from '../../domain/actor.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { PolicyVersionLine } from '../../domain/threshold-ledger.ts';
import type { Db } from '../connect.ts';

interface PolicyRow {
  segment: string;
  action: string;
  policy_version: number;
  lo: number;
  hi: number;
  inside: number;
  outside: number;
  explore_width: number;
  treat_by_band: number[] | null;
  arm_shares: Record<string, number>;
}

const COLUMNS = [
  'segment',
  'action',
  'policy_version',
  'lo',
  'hi',
  'inside',
  'outside',
  'explore_width',
  'treat_by_band',
  'arm_shares',
] as const;

function toPolicy(row: PolicyRow): LivePolicy {
  return {
    segment: row.segment,
    action: row.action,
    policyVersion: row.policy_version,
    lo: row.lo,
    hi: row.hi,
    inside: row.inside,
    outside: row.outside,
    exploreWidth: row.explore_width,
    treatByBand: row.treat_by_band,
    armShares: row.arm_shares,
  };
}

/** The policies in force of a campaign: the newest version of each (segment, action); '*' serves the other segments. */
export async function livePolicies(db: Db, campaignId: string): Promise<LivePolicy[]> {
  const rows = await db('live_policies')
    .distinctOn('segment', 'action')
    .where({ campaign_id: campaignId })
    .orderBy(['segment', 'action', { column: 'policy_version', order: 'desc' }])
    .select<PolicyRow[]>(...COLUMNS);
  return rows.map(toPolicy);
}

/** Every version of every policy of a campaign, newest first. */
export async function policyHistory(db: Db, campaignId: string): Promise<PolicyVersionLine[]> {
  const rows = await db('live_policies')
    .where({ campaign_id: campaignId })
    .orderBy([{ column: 'at', order: 'desc' }, { column: 'policy_version', order: 'desc' }, 'action', 'segment'])
    .select<(PolicyRow & Pick<PolicyVersionLine, 'reason' | 'actor' | 'at'>)[]>(...COLUMNS, 'reason', 'actor', 'at');
  return rows.map((row) => ({ ...toPolicy(row), reason: row.reason, actor: row.actor, at: row.at }));
}

/** One version of a (segment, action), exactly. */
export async function policyVersion(
  db: Db,
  key: { campaignId: string; segment: string; action: string; policyVersion: number },
): Promise<LivePolicy | undefined> {
  const row = await db('live_policies')
    .where({
      campaign_id: key.campaignId,
      segment: key.segment,
      action: key.action,
      policy_version: key.policyVersion,
    })
    .first<PolicyRow | undefined>(...COLUMNS);
  return row && toPolicy(row);
}

/** The policy that governed a segment and action at a moment: the segment's own, else that of '*'. */
export async function policyAt(
  db: Db,
  input: { campaignId: string; segment: string; action: string; at: Date },
): Promise<LivePolicy | undefined> {
  const row = await db('live_policies')
    .where({ campaign_id: input.campaignId, action: input.action })
    .whereIn('segment', [input.segment, '*'])
    .where('at', '<=', input.at)
    .orderByRaw(`segment = '*', policy_version desc`)
    .first<PolicyRow | undefined>(...COLUMNS);
  return row && toPolicy(row);
}

/** Adds the next version of a (segment, action), serialised by the campaign's row; returns its number. Call it in a transaction. */
export async function insertPolicy(
  trx: Db,
  input: { campaignId: string; policy: Omit<LivePolicy, 'policyVersion'>; reason: string; actor: Actor },
): Promise<number> {
  const { policy } = input;
  const key = { campaign_id: input.campaignId, segment: policy.segment, action: policy.action };
  await trx('campaigns').where({ campaign_id: input.campaignId }).forUpdate().first('campaign_id');
  const newest = await trx('live_policies').where(key).max<{ max: number | null }[]>('policy_version as max');
  const version = (newest[0]?.max ?? 0) + 1;
  await trx('live_policies').insert({
    ...key,
    policy_version: version,
    lo: policy.lo,
    hi: policy.hi,
    inside: policy.inside,
    outside: policy.outside,
    explore_width: policy.exploreWidth,
    treat_by_band: policy.treatByBand,
    arm_shares: JSON.stringify(policy.armShares),
    reason: input.reason,
    actor: input.actor,
  });
  return version;
}
