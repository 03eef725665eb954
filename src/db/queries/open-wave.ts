import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

/** A wave as opening sees it. */
export interface OpenedWave {
  waveNo: number;
  state: string;
  decisionAt: Date;
  snapshotAt: Date;
  audience: number;
  workflowId: string | null;
  version: number | null;
}

const COLUMNS = sql`wave_no as "waveNo", state, decision_at as "decisionAt", snapshot_at as "snapshotAt", audience,
  workflow_id as "workflowId", version`;

/** Serialises the opening of waves of one campaign until the transaction ends. */
export async function lockCampaign(db: Db, campaignId: string): Promise<{ state: string } | undefined> {
  const [row] = await rows<{ state: string }>(
    db,
    sql`select state from campaigns where campaign_id = ${campaignId} for update`,
  );
  return row;
}

/** The wave of a local date. */
export async function waveOfDate(db: Db, campaignId: string, localDate: string): Promise<OpenedWave | undefined> {
  const [row] = await rows<OpenedWave>(
    db,
    sql`select ${COLUMNS} from waves where campaign_id = ${campaignId} and local_date = ${localDate}::date`,
  );
  return row;
}

/** The newest local date that has a wave of the campaign's own, skipped ones included; else the date of the first version in UTC. */
export async function lastWaveDate(db: Db, campaignId: string): Promise<string | null> {
  const [row] = await rows<{ date: string | null }>(
    db,
    sql`select coalesce(
        (select max(local_date) from waves where campaign_id = ${campaignId} and trigger <> 'recorded'),
        (select min(published_at)::date from campaign_versions where campaign_id = ${campaignId})) as date`,
  );
  return row?.date ?? null;
}

/** Records dates on which no wave ran; a date that has a wave keeps it. */
export async function recordSkipped(
  db: Db,
  input: { campaignId: string; dates: readonly string[]; reason: string; decisionAt: Date; actor: Actor },
): Promise<void> {
  if (input.dates.length === 0) return;
  await rows(
    db,
    sql`insert into waves (campaign_id, local_date, state, state_reason, trigger, decision_at, actor, finished_at)
      select ${input.campaignId}, d, 'skipped', ${input.reason}, 'schedule', ${input.decisionAt}, ${input.actor}, now()
      from unnest(${input.dates}::date[]) d on conflict (campaign_id, local_date) do nothing`,
  );
}

/** Inserts the wave of a date; the caller holds the campaign's lock and knows that there is none. */
export async function insertWave(
  db: Db,
  input: {
    campaignId: string;
    localDate: string;
    version: number;
    trigger: string;
    decisionAt: Date;
    workflowId: string;
    actor: Actor;
  },
): Promise<OpenedWave> {
  const [row] = await rows<OpenedWave>(
    db,
    sql`insert into waves (campaign_id, local_date, version, state, trigger, decision_at, workflow_id, actor)
      values (${input.campaignId}, ${input.localDate}::date, ${input.version}, 'planning', ${input.trigger}, ${input.decisionAt},
        ${input.workflowId}, ${input.actor})
      returning ${COLUMNS}`,
  );
  if (!row) throw new Error('an insert returned no row');
  const { campaignId, localDate, version, trigger, actor } = input;
  const details = { campaignId, localDate, version, trigger };
  await recordAudit(db, { actor, action: 'wave.open', subject: `wave/${row.waveNo}`, details });
  return row;
}

/** Audiences of the campaign's waves of the 14 days before a date, and how many it has had at all; recorded ones don't count. */
export async function recentAudiences(
  db: Db,
  campaignId: string,
  localDate: string,
): Promise<{ audiences: number[]; wavesBefore: number }> {
  const [row] = await rows<{ audiences: number[] | null; before: number }>(
    db,
    sql`select array_agg(audience) filter (where local_date >= ${localDate}::date - 14) as audiences, count(*)::int as before
      from waves where campaign_id = ${campaignId} and local_date < ${localDate}::date
        and state not in ('skipped', 'waiting_approval') and trigger <> 'recorded'`,
  );
  return { audiences: row?.audiences ?? [], wavesBefore: row?.before ?? 0 };
}

/** Writes the audience, and the state in which the wave goes on or waits. */
export async function setAudience(
  db: Db,
  input: { waveNo: number; audience: number; state: string; reason: string | null; workflowId: string },
): Promise<void> {
  await rows(
    db,
    sql`update waves set audience = ${input.audience}, state = ${input.state}, state_reason = ${input.reason},
        workflow_id = ${input.workflowId}
      where wave_no = ${input.waveNo}`,
  );
}

/** True when the global kill switch or the campaign's is engaged. */
export async function isKilled(db: Db, campaignId: string): Promise<boolean> {
  const [row] = await rows<{ killed: boolean }>(
    db,
    sql`select exists (select from kill_switches
      where released_at is null and (campaign_id is null or campaign_id = ${campaignId})) as killed`,
  );
  return row?.killed ?? false;
}

/** Raises an alarm that operators are told of (rule 17). */
export async function raiseAlarm(
  db: Db,
  alarm: { waveNo: number | null; kind: string; message: string },
): Promise<void> {
  await rows(
    db,
    sql`insert into alarms (wave_no, kind, message) values (${alarm.waveNo}, ${alarm.kind}, ${alarm.message})`,
  );
}

/** Moves a wave whose first step is planned from planning to sending. */
export async function startSending(db: Db, waveNo: number): Promise<void> {
  await rows(
    db,
    sql`update waves set state = 'sending' where wave_no = ${waveNo} and state = 'planning'
      and not exists (select from wave_shards s where s.wave_no = waves.wave_no and s.planned_at is null)`,
  );
}

/** Writes how a wave stands after a step's deliveries; aborted and halted waves stay what they are. */
export async function endStep(db: Db, input: { waveNo: number; moreSteps: boolean }): Promise<string> {
  const [row] = await rows<{ state: string }>(
    db,
    sql`update waves set
        state = case when state in ('planning', 'sending', 'following_up')
          then ${input.moreSteps ? 'following_up' : 'done'} else state end,
        finished_at = case when not ${input.moreSteps} and state in ('planning', 'sending', 'following_up')
          then now() else finished_at end
      where wave_no = ${input.waveNo} returning state`,
  );
  return row?.state ?? 'unknown';
}

/** Version, date and clock of a wave, as planning needs them again for later calls. */
export async function wavePlanKey(
  db: Db,
  waveNo: number,
): Promise<{ campaignId: string; localDate: string; version: number; snapshotAt: Date; state: string } | undefined> {
  const [row] = await rows<{ campaignId: string; localDate: string; version: number; snapshotAt: Date; state: string }>(
    db,
    sql`select campaign_id as "campaignId", local_date as "localDate", version, snapshot_at as "snapshotAt", state
      from waves where wave_no = ${waveNo}`,
  );
  return row;
}
