import type { Actor } from '../../domain/actor.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { createPool, findPool } from '../../db/queries/coupons.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { insertPolicy, livePolicies } from '../../db/queries/policies.ts';
import { publishVersion, type PublishResult } from '../../db/queries/publish-version.ts';
import { initialPolicies } from '../../policy/initial-policies.ts';
import { mustBeValid } from './build-campaign.ts';
import type { CampaignFile } from './file/campaign-source.ts';
import type { CampaignProblem } from './file/finding.ts';
import { lintCampaign } from './lint-campaign.ts';
import { auditDifferences } from './plan/audit-differences.ts';

/** The approval that a published draft was bound to (rule 8). */
export interface BoundApproval {
  approvalNo: number;
  approver: Actor;
  /** Users; a wave with more waits for a person. */
  maxAudience: number;
}

/** What applying a file did; all lists are empty where nothing had to change. */
export interface AppliedCampaign {
  campaignId: string;
  version: number;
  /** sha256 (hex) of definition and texts. */
  hash: string;
  disposition: PublishResult['disposition'];
  /** Live policies that were written, and why. */
  policies: { segment: string; action: string; policyVersion: number; reason: string }[];
  /** Generated coupon pools that were made. */
  pools: string[];
  /** What lint warned about. */
  warnings: CampaignProblem[];
}

/**
 * Publishes a campaign file: a new immutable version where it differs from the one in force, the live policies that are
 * missing, and its generated pools, in one transaction. Applying the same file twice changes nothing. `resetPolicy` also puts
 * the file's policies in force where they differ. `author`: who wrote it, where that isn't who applies it; `approval`: absent where
 * an operator of this machine applies a file, which the audit log says. Throws CampaignInvalid for a file with errors, BadInput
 * for none.
 */
export async function applyCampaignFile(input: {
  db: Db;
  path: CampaignFile;
  actor: Actor;
  author?: Actor;
  approval?: BoundApproval;
  now?: Date;
  resetPolicy?: boolean;
}): Promise<AppliedCampaign> {
  const { db, actor } = input;
  const linted = await lintCampaign({ file: input.path, db, now: input.now ?? new Date() });
  const { built, problems } = linted;
  const campaign = mustBeValid({ ...built, problems });
  return db.transaction(async (trx) => {
    const before = await loadVersion(trx, { campaignId: campaign.campaign });
    const published = await publishVersion(trx, { ...built, campaign, author: input.author ?? actor });
    const change = { trx, campaign, actor, version: published.version };
    const policies = await writePolicies({ ...change, reset: input.resetPolicy ?? false });
    const pools = await makePools(change);
    if (published.disposition !== 'unchanged') {
      await recordAudit(trx, {
        actor,
        action: `campaign.${published.disposition}`,
        subject: campaign.campaign,
        details: {
          version: published.version,
          hash: built.hash,
          approval: input.approval ?? 'none: applied from a file by an operator of the machine',
          ...(before && auditDifferences(before, { campaign, contents: built.contents })),
        },
      });
    }
    return {
      campaignId: campaign.campaign,
      version: published.version,
      hash: built.hash,
      disposition: published.disposition,
      policies,
      pools,
      warnings: problems,
    };
  });
}

interface Change {
  trx: Db;
  campaign: Campaign;
  actor: Actor;
  version: number;
}

type Initial = Omit<LivePolicy, 'policyVersion'>;

/** The policies that applying a definition leaves in force. */
export async function policiesAfter(db: Db, campaign: Campaign): Promise<LivePolicy[]> {
  const live = await livePolicies(db, campaign.campaign);
  return wantedPolicies(campaign, live).map((policy) => {
    const present = live.find((one) => one.segment === policy.segment && one.action === policy.action);
    if (!present) return { ...policy, policyVersion: 1 };
    return sameArms(policy, present) ? present : { ...present, armShares: policy.armShares };
  });
}

/** The generated pools that a definition names and that are not there yet. */
export async function missingPools(db: Db, campaign: Campaign): Promise<{ pool: string; prefix: string }[]> {
  const offers = campaign.actions.flatMap((action) => action.arms.flatMap((arm) => arm.offer ?? []));
  const missing = new Map<string, string>();
  for (const { pool, codePrefix } of offers) {
    if (pool === undefined || codePrefix === undefined || (await findPool(db, pool))) continue;
    if (!missing.has(pool)) missing.set(pool, codePrefix);
  }
  return [...missing].map(([pool, prefix]) => ({ pool, prefix }));
}

async function writePolicies(change: Change & { reset: boolean }): Promise<AppliedCampaign['policies']> {
  const { trx, campaign, actor } = change;
  const live = await livePolicies(trx, campaign.campaign);
  const written: AppliedCampaign['policies'] = [];
  for (const policy of wantedPolicies(campaign, live)) {
    const present = live.find((one) => one.segment === policy.segment && one.action === policy.action);
    const reason = reasonToWrite({ policy, present, reset: change.reset, version: change.version });
    if (reason === null) continue;
    const row = present && !change.reset ? { ...present, armShares: policy.armShares } : policy;
    const input = { campaignId: campaign.campaign, policy: row, reason, actor };
    const policyVersion = await insertPolicy(trx, input);
    written.push({ segment: policy.segment, action: policy.action, policyVersion, reason });
    await recordAudit(trx, {
      actor,
      action: 'policy.write',
      subject: `${campaign.campaign}/${policy.segment}/${policy.action}`,
      details: { policyVersion, reason },
    });
  }
  return written;
}

/** The file's policies, and learned ones of segments that it doesn't name: their arms must follow the file's too. */
function wantedPolicies(campaign: Campaign, live: readonly LivePolicy[]): Initial[] {
  const named = initialPolicies(campaign);
  const learned = live.flatMap((policy) => {
    const general = named.find((one) => one.segment === '*' && one.action === policy.action);
    const isNamed = named.some((one) => one.segment === policy.segment && one.action === policy.action);
    return general === undefined || isNamed ? [] : [{ ...general, segment: policy.segment }];
  });
  return [...named, ...learned];
}

/** Why the file's policy has to be written; null where the live one stands. */
function reasonToWrite(input: {
  policy: Initial;
  present: LivePolicy | undefined;
  reset: boolean;
  version: number;
}): string | null {
  const { policy, present, version } = input;
  if (!present) return `initial policy of version ${version}`;
  if (input.reset) return differsFrom(policy, present) ? `reset to the file of version ${version}` : null;
  // A draw over arms that no longer exist would lead to nothing.
  return sameArms(policy, present) ? null : `the arms changed in version ${version}`;
}

function sameArms(a: Initial, b: Initial): boolean {
  const names = (policy: Initial): string => Object.keys(policy.armShares).toSorted().join(' ');
  return names(a) === names(b);
}

/** True where a live policy is not what the file starts with. */
export function differsFrom(initial: Initial, live: Initial): boolean {
  const numbers = ['lo', 'hi', 'inside', 'outside', 'exploreWidth'] as const;
  if (!sameArms(initial, live) || numbers.some((key) => initial[key] !== live[key])) return true;
  return Object.entries(initial.armShares).some(([arm, share]) => live.armShares[arm] !== share);
}

async function makePools(change: Change): Promise<string[]> {
  const { trx, campaign, actor } = change;
  const made: string[] = [];
  for (const missing of await missingPools(trx, campaign)) {
    if (await createPool(trx, { ...missing, actor })) made.push(missing.pool);
  }
  return made;
}
