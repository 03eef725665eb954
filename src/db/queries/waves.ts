import type { WaveState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { raw } from '../sql.ts';

/** A row of `waves`; `localDate` as ISO date, money in minor units of the campaign's currency. */
export interface WaveRow {
  waveNo: number;
  campaignId: string;
  localDate: string;
  version: number | null;
  state: WaveState;
  stateReason: string | null;
  trigger: string;
  decisionAt: Date;
  snapshotAt: Date;
  audience: number;
  workflowId: string | null;
  pausedAt: Date | null;
  reservedMinor: number;
  actor: string;
  createdAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `wave_no as "waveNo", campaign_id as "campaignId", local_date as "localDate", version, state,
  state_reason as "stateReason", trigger, decision_at as "decisionAt", snapshot_at as "snapshotAt", audience,
  workflow_id as "workflowId", paused_at as "pausedAt", reserved_minor as "reservedMinor", actor,
  created_at as "createdAt", finished_at as "finishedAt"`;

/** The columns of a `WaveRow`. */
export const WAVE_COLUMNS = raw(COLUMNS);

/** What a person may name a wave by: its number, `campaign/date`, or the campaign alone (its latest wave). */
export type WaveRef = { waveNo: number } | { campaignId: string; localDate?: string | undefined };

/** The wave of `ref`, or undefined. */
export async function findWave(db: Db, ref: WaveRef): Promise<WaveRow | undefined> {
  const byNo = 'waveNo' in ref;
  const { rows } = await db.raw<{ rows: WaveRow[] }>(
    byNo
      ? `select ${COLUMNS} from waves where wave_no = :waveNo`
      : `select ${COLUMNS} from waves where campaign_id = :campaignId and local_date = coalesce(cast(:localDate as date), local_date)
         order by local_date desc limit 1`,
    byNo ? { waveNo: ref.waveNo } : { campaignId: ref.campaignId, localDate: ref.localDate ?? null },
  );
  return rows[0];
}

/** The newest waves first, of one campaign or of all. */
export async function listWaves(
  db: Db,
  filter: { campaignId?: string | undefined; limit?: number | undefined } = {},
): Promise<WaveRow[]> {
  const { rows } = await db.raw<{ rows: WaveRow[] }>(
    `select ${COLUMNS} from waves where campaign_id = coalesce(:campaignId, campaign_id)
     order by wave_no desc limit :limit`,
    { campaignId: filter.campaignId ?? null, limit: filter.limit ?? 20 },
  );
  return rows;
}

export { runStateOf, setWaveRunState } from './wave-run-state.ts';
