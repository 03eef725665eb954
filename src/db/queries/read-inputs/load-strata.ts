import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { designColumns, designJoin } from './group-keys.ts';
import { mature } from './outcomes.ts';
import { StrataNumbering, type PolicyShares, type RecordedShare } from './strata.ts';

/** The numbering of a campaign's strata: with the arm shares of its policies in all versions, and of its recorded experiments. */
export async function loadStrata(trx: Db, facts: CampaignFacts): Promise<StrataNumbering> {
  const policies = await rows<PolicyShares>(
    trx,
    sql`select segment, action, policy_version as "policyVersion", arm_shares as "armShares" from live_policies
      where campaign_id = ${facts.campaignId}`,
  );
  const recorded = facts.recorded ? await recordedShares(trx, facts) : [];
  return new StrataNumbering({ policies, recorded, campaign: facts.campaign });
}

function recordedShares(trx: Db, facts: CampaignFacts): Promise<RecordedShare[]> {
  return rows(
    trx,
    sql`select ${designColumns(facts)}, e.arm, max(e.p_arm) as share, count(*)::int as entries
      from entries e ${designJoin(facts)}
      where ${mature(facts)} and e.recorded_no is not null and e.arm is not null
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`,
  );
}
