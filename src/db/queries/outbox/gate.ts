import type { Db } from '../../connect.ts';
import type { ChannelName, WaveState } from '../../../domain/words.ts';
import { rows, sql } from '../../sql.ts';
import { runStateOf, type WaveRunState } from '../wave-run-state.ts';

/** Whether a wave may send on a channel just now, and why not. */
export interface Gate {
  campaignId: string;
  /** Of the campaign; every entry of a wave has it. */
  version: number;
  waveState: WaveState;
  runState: WaveRunState;
  /** Engaged kill switch, paused campaign or stopped provider: nothing is claimed, nothing is lost. */
  held: 'kill_switch' | 'campaign_paused' | 'provider_stopped' | null;
}

interface GateRow {
  campaign_id: string;
  version: number | null;
  state: WaveState;
  campaign_state: string;
  killed: boolean;
  stopped: boolean;
}

/** Reads the gate of a wave and provider; null for an unknown wave. */
export async function readGate(db: Db, input: { waveNo: number; provider: string }): Promise<Gate | null> {
  const [row] = await rows<GateRow>(
    db,
    sql`select w.campaign_id, coalesce(w.version, c.current_version) as version, w.state, c.state as campaign_state,
        exists (select from kill_switches k where k.released_at is null
          and (k.campaign_id is null or k.campaign_id = w.campaign_id)) as killed,
        exists (select from provider_throttles t where t.provider = ${input.provider} and t.stopped_at is not null) as stopped
      from waves w join campaigns c on c.campaign_id = w.campaign_id where w.wave_no = ${input.waveNo}`,
  );
  if (!row) return null;
  return {
    campaignId: row.campaign_id,
    version: row.version ?? 0,
    waveState: row.state,
    runState: runStateOf(row.state),
    held: row.killed
      ? 'kill_switch'
      : row.campaign_state !== 'active'
        ? 'campaign_paused'
        : row.stopped
          ? 'provider_stopped'
          : null,
  };
}

/** A part of the outbox that one workflow looks after. */
export interface OutboxPart {
  waveNo: number;
  step: number;
  channel: ChannelName;
}
