import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Something that may have moved a campaign's outcomes. */
export interface CampaignChange {
  at: Date;
  kind: 'version' | 'threshold' | 'alarm' | 'halt' | 'kill' | 'learning';
  sentence: string;
  actor: Actor | null;
  waveNo: number | null;
  proposalNo: number | null;
  version: number | null;
}

/** Versions, thresholds, switches, alarms and stops of a campaign in [from, to], newest first; the global kill switch counts. */
export function campaignChanges(
  db: Db,
  input: { campaignId: string; from: Date; to: Date; limit: number },
): Promise<CampaignChange[]> {
  const { campaignId, from, to, limit } = input;
  return rows(
    db,
    sql`with policies as (
        select l.at, l.segment, l.action, l.lo, l.hi, l.reason, l.actor, d.proposal_no
        from live_policies l
        left join (threshold_decisions d join threshold_proposals p using (proposal_no))
          on p.campaign_id = l.campaign_id and p.segment = l.segment and p.action = l.action and d.policy_version = l.policy_version
        where l.campaign_id = ${campaignId} and (l.policy_version > 1 or d.proposal_no is not null))
      select * from (
        select published_at as at, 'version' as kind, format('version %s was published', version) as sentence, author as actor,
          null::bigint as "waveNo", null::bigint as "proposalNo", version from campaign_versions where campaign_id = ${campaignId}
        union all
        select at, 'threshold', format('%s/%s from %s to %s: %s', action, segment, round(lo::numeric, 3), round(hi::numeric, 3), reason),
          actor, null, proposal_no, null from policies
        union all
        select at, 'learning', concat_ws(' ', 'learning of', segment,
            case when frozen then 'was frozen' when not frozen then 'was thawed' end, 'set to ' || mode) || ': ' || reason,
          actor, null, null, null from learning_switches where campaign_id = ${campaignId}
        union all
        select a.at, case when w.state_reason = a.message or a.kind in ('failure_rate', 'provider_stopped') then 'halt' else 'alarm' end,
          a.message, null, a.wave_no, null, null
        from alarms a join waves w using (wave_no) where w.campaign_id = ${campaignId} and a.kind <> 'waiting_approval'
        union all
        select engaged_at, 'kill', 'kill switch: ' || reason, engaged_by, null, null, null
        from kill_switches where campaign_id is null or campaign_id = ${campaignId}
        union all
        select released_at, 'kill', 'kill switch released', released_by, null, null, null
        from kill_switches where (campaign_id is null or campaign_id = ${campaignId}) and released_at is not null) changes
      where at >= ${from} and at <= ${to} order by at desc limit ${limit}`,
  );
}
