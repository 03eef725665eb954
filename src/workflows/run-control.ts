import { allHandlersFinished, ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/contract.ts';
import { abortUpdate, pauseUpdate, resumeUpdate, wakeSignal } from './contract.ts';
import type { ControlInput, RunState } from './contract.ts';
import { LONGEST_WAIT } from './delivery-moves.ts';

/** The part of a workflow's state that people change. */
export interface RunControl {
  readonly state: RunState;
  /** Waits while the wave is paused; returns 'running' or 'aborted'. Looks into the database once an hour. */
  untilNotPaused(): Promise<'running' | 'aborted'>;
  /** Takes over what the database says: another process, the kill switch or a stop line may have changed it. */
  reread(): Promise<{ state: RunState; waveState: string }>;
  /** Waits until no handler is in the middle of its work: before the end and before continue-as-new. */
  handlersDone(): Promise<void>;
}

interface ControlOptions {
  state: RunState;
  planning: PlanningActivities;
  /** The wave, once it is known; a refusal when there is none. */
  waveNo: () => Promise<number>;
  /** Wakes the children that run now; those that are over need no waking. */
  forward: (state: RunState) => Promise<unknown>;
  onChange: (state: RunState) => void;
}

/** Answers the updates pause, resume and abort and the signal wake: first the database, then the children. */
export function controlRun(options: ControlOptions): RunControl {
  const { planning } = options;
  let state = options.state;
  const take = (next: RunState): void => {
    if (next === state) return;
    state = next;
    options.onChange(next);
  };
  let changing = false;
  const change = async (wanted: RunState, who: ControlInput): Promise<RunState> => {
    // One after the other: the children must hear the changes in the order in which the database took them.
    await condition(() => !changing);
    changing = true;
    try {
      const waveNo = await options.waveNo();
      const held = await planning.readRunState({ waveNo });
      // `recallwave wave pause` has written it already, with its own reason: then only the children have to hear.
      take(held.state === wanted ? wanted : await planning.setRunState({ waveNo, state: wanted, ...who }));
      await options.forward(state);
      return state;
    } finally {
      changing = false;
    }
  };
  setHandler(pauseUpdate, (who) => change('paused', who), { validator: refuseNobody });
  setHandler(resumeUpdate, (who) => change('running', who), { validator: refuseNobody });
  setHandler(abortUpdate, (who) => change('aborted', who), { validator: refuseNobody });
  setHandler(wakeSignal, async (next) => {
    take(next);
    await options.forward(next);
  });
  const reread = async (): Promise<{ state: RunState; waveState: string }> => {
    const held = await planning.readRunState({ waveNo: await options.waveNo() });
    take(held.state);
    return held;
  };
  return {
    get state() {
      return state;
    },
    reread,
    async untilNotPaused() {
      while (state === 'paused') {
        const woken = await condition(() => state !== 'paused', LONGEST_WAIT);
        if (!woken) await reread();
      }
      return state;
    },
    handlersDone: () => condition(allHandlersFinished),
  };
}

function refuseNobody(who: ControlInput): void {
  if (typeof who?.actor === 'string' && who.actor !== '' && typeof who.reason === 'string') return;
  throw ApplicationFailure.nonRetryable('say who does it and why: { actor, reason }', 'BadInput');
}
