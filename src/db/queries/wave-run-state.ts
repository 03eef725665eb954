import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { WaveState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';
import { giveBack, lockMoney, RESEND } from './outbox/release.ts';

/** What a person or the wave itself may ask for; the same words as the workflow's RunState. */
export type WaveRunState = 'running' | 'paused' | 'aborted';

interface Change {
  waveNo: number;
  state: WaveRunState;
  actor: Actor;
  reason: string;
}

const OVER: readonly WaveState[] = ['done', 'aborted', 'skipped', 'failed'];

/** The run state that a stored wave state stands for. */
export function runStateOf(state: WaveState): WaveRunState {
  switch (state) {
    case 'aborted':
    case 'skipped':
    case 'failed':
      return 'aborted';
    case 'paused':
    case 'halted':
    case 'waiting_approval':
      return 'paused';
    case 'planning':
    case 'sending':
    case 'following_up':
    case 'done':
      return 'running';
  }
}

/**
 * Pauses, resumes or aborts a wave with its audit row and returns the state in force. Asking twice changes nothing. Abort
 * cancels what nobody has claimed and gives back codes and budget; claimed messages fall at the intent. Throws NotFound for an
 * unknown wave and WaveRefused for a wave that is over.
 */
export async function setWaveRunState(db: Db, change: Change): Promise<WaveRunState> {
  const state = await db.transaction((trx) => writeState(trx, change));
  // Apart from the state: the wave's row comes before the money for the planner, and after it for the outbox. Whatever a crash
  // in between leaves is cancelled by the next abort or by the outbox's own sweep.
  if (state === 'aborted') await cancelUnclaimed(db, change.waveNo);
  return state;
}

async function writeState(trx: Db, change: Change): Promise<WaveRunState> {
  // The planner holds this row while it writes a shard: abort waits for it and then sees its messages.
  const [wave] = await rows<{ state: WaveState }>(
    trx,
    sql`select state from waves where wave_no = ${change.waveNo} for update`,
  );
  if (!wave) throw new RecallwaveError('NotFound', `there is no wave ${change.waveNo}`, 'see `recallwave wave list`');
  if (OVER.includes(wave.state)) {
    if (change.state === 'aborted' && wave.state === 'aborted') return 'aborted';
    throw new RecallwaveError(
      'WaveRefused',
      `wave ${change.waveNo} is over (${wave.state})`,
      'only a wave that is planning, sending, following up, paused or halted can be changed',
    );
  }
  if (runStateOf(wave.state) === change.state) return change.state;
  await update(trx, change);
  await recordAudit(trx, {
    actor: change.actor,
    action: `wave.${VERBS[change.state]}`,
    subject: `wave/${change.waveNo}`,
    details: { from: wave.state, reason: change.reason },
  });
  return change.state;
}

const VERBS = { running: 'resume', paused: 'pause', aborted: 'abort' } as const;

async function update(trx: Db, { waveNo, state, reason }: Change): Promise<void> {
  if (state === 'aborted') {
    await rows(
      trx,
      sql`update waves set state = 'aborted', state_reason = ${reason}, paused_at = null, finished_at = now()
        where wave_no = ${waveNo}`,
    );
  } else if (state === 'paused') {
    await rows(
      trx,
      sql`update waves set state = 'paused', state_reason = ${reason}, paused_at = now() where wave_no = ${waveNo}`,
    );
  } else {
    // Where the wave goes on is what its rows say, so that nothing has to remember the state before the pause.
    await rows(
      trx,
      sql`update waves w set paused_at = null, state_reason = null, state = case
          when not exists (select from wave_shards s where s.wave_no = w.wave_no)
            or exists (select from wave_shards s where s.wave_no = w.wave_no and s.planned_at is null) then 'planning'
          when exists (select from messages m where m.wave_no = w.wave_no
            and m.state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED')) then 'sending'
          else 'following_up' end
        where wave_no = ${waveNo}`,
    );
  }
}

interface CancelledRow {
  campaignId: string;
  waveNo: number;
  costMinor: number;
  codeNo: number | null;
  kept: boolean;
}

async function cancelUnclaimed(db: Db, waveNo: number): Promise<void> {
  await db.transaction(async (trx) => {
    await lockMoney(trx, [waveNo]);
    const cancelled = await rows<CancelledRow>(
      trx,
      sql`with free as (
          select message_no from messages where wave_no = ${waveNo} and state in ('PLANNED', 'DEFERRED')
          order by message_no for update skip locked)
        update messages m set state = 'CANCELLED', state_reason = 'aborted', changed_at = now(),
          counted_at = case when m.state_reason = ${RESEND} then m.counted_at end
        from free where m.message_no = free.message_no
        returning m.campaign_id as "campaignId", m.wave_no as "waveNo", m.cost_minor as "costMinor", m.code_no as "codeNo",
          m.counted_at is not null as kept`,
    );
    await giveBack(
      trx,
      cancelled.filter((message) => !message.kept),
    );
  });
}
