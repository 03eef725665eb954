import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { WaveState } from '../../domain/words.ts';
import { RELEASED_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { recordAudit } from './audit.ts';

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
 * Pauses, resumes or aborts a wave in one transaction with its audit row and returns the state in force. Asking twice changes
 * nothing. Abort cancels what nobody has claimed and gives back codes and budget; claimed messages fall at the intent.
 * Throws NotFound for an unknown wave and WaveRefused for a wave that is over.
 */
export async function setWaveRunState(db: Db, change: Change): Promise<WaveRunState> {
  return db.transaction(async (trx) => {
    // The planner holds this row FOR SHARE while it writes a shard: abort waits for it and then sees its messages.
    const { rows } = await trx.raw<{ rows: { state: WaveState }[] }>(
      `select state from waves where wave_no = ? for update`,
      [change.waveNo],
    );
    const wave = rows[0];
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
    const done = await apply(trx, change);
    await recordAudit(trx, {
      actor: change.actor,
      action: `wave.${change.state === 'running' ? 'resume' : change.state === 'paused' ? 'pause' : 'abort'}`,
      subject: `wave/${change.waveNo}`,
      details: { from: wave.state, reason: change.reason, ...done },
    });
    return change.state;
  });
}

async function apply(trx: Db, change: Change): Promise<Record<string, number>> {
  if (change.state === 'aborted') {
    await trx.raw(
      `update waves set state = 'aborted', state_reason = :reason, paused_at = null, finished_at = now()
       where wave_no = :waveNo`,
      { waveNo: change.waveNo, reason: change.reason },
    );
    return { cancelled: await cancelUnclaimed(trx, change.waveNo) };
  }
  if (change.state === 'paused') {
    await trx.raw(
      `update waves set state = 'paused', state_reason = :reason, paused_at = coalesce(paused_at, now())
       where wave_no = :waveNo`,
      { waveNo: change.waveNo, reason: change.reason },
    );
    return {};
  }
  // Where the wave goes on is what its rows say, so that nothing has to remember the state before the pause.
  await trx.raw(
    `update waves w set paused_at = null, state_reason = null, state = case
       when not exists (select from wave_shards s where s.wave_no = w.wave_no)
         or exists (select from wave_shards s where s.wave_no = w.wave_no and s.planned_at is null) then 'planning'
       when exists (select from messages m where m.wave_no = w.wave_no
         and m.state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED')) then 'sending'
       else 'following_up' end
     where wave_no = :waveNo`,
    { waveNo: change.waveNo },
  );
  return {};
}

/** Message rows before the budget row before the codes: the order of every release. Returns the number cancelled. */
async function cancelUnclaimed(trx: Db, waveNo: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: { cancelled: number; cost: number; codes: number[] }[] }>(
    `with free as (
       select message_no from messages where wave_no = :waveNo and state in ('PLANNED', 'DEFERRED')
       order by message_no for update
     ), gone as (
       update messages m set state = 'CANCELLED', state_reason = 'aborted', counted_at = null, changed_at = now()
       from free where m.message_no = free.message_no returning m.cost_minor, m.code_no
     )
     select count(*)::int as cancelled, coalesce(sum(cost_minor), 0)::bigint as cost,
       coalesce(array_agg(code_no) filter (where code_no is not null), '{}') as codes
     from gone`,
    { waveNo },
  );
  const gone = rows[0] ?? { cancelled: 0, cost: 0, codes: [] };
  if (gone.cost > 0) {
    await trx.raw(
      `update campaign_budgets set reserved_minor = reserved_minor - :cost
       where campaign_id = (select campaign_id from waves where wave_no = :waveNo)`,
      { waveNo, cost: gone.cost },
    );
    await trx.raw(`update waves set reserved_minor = reserved_minor - :cost where wave_no = :waveNo`, {
      waveNo,
      cost: gone.cost,
    });
  }
  await trx.raw(
    // A follow-up carries the code of an earlier step, which may be out there already.
    `update coupon_codes c set state = 'free', campaign_id = null, user_no = null, reserved_at = null
     where c.code_no = any(cast(:codes as bigint[])) and c.state = 'reserved' and not exists (
       select from messages m where m.user_no = c.user_no and m.code_no = c.code_no
         and m.state <> all(cast(:released as text[])))`,
    { codes: gone.codes, released: RELEASED_STATES },
  );
  return gone.cancelled;
}
