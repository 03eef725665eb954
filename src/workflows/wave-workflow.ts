import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  continueAsNew,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
  type ChildWorkflowHandle,
} from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/contract.ts';
import type { ChannelName } from '../domain/words.ts';
import { planningActivities } from './activities.ts';
import { wakeSignal, waveProgressQuery, workflowIds } from './contract.ts';
import type { WaveProgress, WaveWorkflowInput } from './contract.ts';
import { addPlan, noPlan } from './counts.ts';
import { deliveryWorkflow } from './delivery-workflow.ts';
import { inWindow } from './in-window.ts';
import { controlRun, type RunControl } from './run-control.ts';
import { publishState, startAttributes } from './search-attributes.ts';

/** Shards (about 5,000 users each) per planning activity, and activities in flight: four shards a round. */
const SHARDS_PER_ACTIVITY = 2;
const PLANNING_IN_FLIGHT = 2;

type DeliveryHandle = ChildWorkflowHandle<typeof deliveryWorkflow>;

interface Wave {
  input: WaveWorkflowInput;
  planning: PlanningActivities;
  view: WaveProgress;
  channels: ChannelName[];
  deliveries: DeliveryHandle[];
  control: RunControl;
}

/** One step of a wave: plans its shards, sends through each channel, writes the end; returns the wave's stored state. */
export async function waveWorkflow(input: WaveWorkflowInput): Promise<{ state: string }> {
  const wave = begin(input);
  await openStep(wave);
  await planShards(wave);
  const failures = await deliver(wave);
  await wave.control.handlersDone();
  const { waveNo, step, moreSteps } = input;
  const failed = failures.map(({ channel }) => channel);
  const end = await wave.planning.finishStep({ waveNo, step, moreSteps, ...(failed.length > 0 ? { failed } : {}) });
  wave.view.phase = 'finished';
  publishState(input, wave.control.state === 'aborted' ? 'aborted' : 'finished');
  const [first] = failures;
  if (first !== undefined) {
    const message = `delivery failed: ${failed.join(', ')}`;
    throw ApplicationFailure.create({ message, type: 'WaveRefused', nonRetryable: true, cause: first.cause });
  }
  return end;
}

function begin(input: WaveWorkflowInput): Wave {
  const from = input.resumeFrom;
  const planning = planningActivities(input.queuePrefix);
  const view: WaveProgress = {
    waveNo: input.waveNo,
    step: input.step,
    phase: 'planning',
    state: from?.state ?? 'running',
    planned: from?.planned ?? noPlan(),
    shardsDone: from?.nextShard ?? 0,
    shards: from?.shards ?? 0,
    delivery: {},
  };
  const deliveries: DeliveryHandle[] = [];
  const control = controlRun({
    state: view.state,
    planning,
    waveNo: () => Promise.resolve(input.waveNo),
    forward: (state) => Promise.allSettled(deliveries.map((delivery) => delivery.signal(wakeSignal, state))),
    onChange: (state) => {
      view.state = state;
      publishState(input, state === 'running' ? (view.phase === 'planning' ? 'planning' : 'sending') : state);
    },
  });
  setHandler(waveProgressQuery, () => view);
  return { input, planning, view, channels: from?.channels ?? [], deliveries, control };
}

async function openStep(wave: Wave): Promise<void> {
  if (wave.input.resumeFrom) return;
  const { waveNo, step, decisionAt } = wave.input;
  const opened = await wave.planning.openStep({ waveNo, step, decisionAt });
  wave.view.shards = opened.shards;
  wave.channels = opened.channels;
}

async function planShards(wave: Wave): Promise<void> {
  const { view, control } = wave;
  const { waveNo, step, decisionAt } = wave.input;
  while (view.shardsDone < view.shards) {
    if ((await control.untilNotPaused()) === 'aborted') return;
    await startAfreshWhenLong(wave);
    const end = Math.min(view.shards, view.shardsDone + SHARDS_PER_ACTIVITY * PLANNING_IN_FLIGHT);
    const batches: { from: number; to: number }[] = [];
    for (let from = view.shardsDone; from < end; from += SHARDS_PER_ACTIVITY) {
      batches.push({ from, to: Math.min(end, from + SHARDS_PER_ACTIVITY) });
    }
    await inWindow(batches, PLANNING_IN_FLIGHT, async ({ from, to }) => {
      const did = await wave.planning.planShards({ waveNo, step, from, to, decisionAt });
      view.planned = addPlan(view.planned, did);
    });
    view.shardsDone = end;
  }
}

/** Runs the deliveries side by side and returns those that failed: one must not stop the others. */
async function deliver(wave: Wave): Promise<{ channel: ChannelName; cause: Error }[]> {
  wave.view.phase = 'sending';
  if (wave.channels.length > 0) publishState(wave.input, 'sending');
  const results = await Promise.allSettled(
    wave.channels.map(async (channel) => {
      const delivery = await startDelivery(wave, channel);
      wave.deliveries.push(delivery);
      // A pause that arrived while the delivery was being started has not reached it.
      if (wave.control.state !== 'running') await delivery.signal(wakeSignal, wave.control.state);
      wave.view.delivery[channel] = await delivery.result();
    }),
  );
  return results.flatMap((result, index) => {
    const channel = wave.channels[index];
    return result.status === 'rejected' && channel !== undefined ? [{ channel, cause: result.reason as Error }] : [];
  });
}

async function startDelivery(wave: Wave, channel: ChannelName): Promise<DeliveryHandle> {
  const { waveNo, step, campaignId, localDate, queuePrefix } = wave.input;
  for (;;) {
    try {
      return await startChild(deliveryWorkflow, {
        workflowId: workflowIds.delivery(campaignId, localDate, step, channel),
        args: [{ waveNo, step, channel, queuePrefix, campaignId, localDate }],
        // A delivery reads what is open from the database: running it again over a finished one costs two activities.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        parentClosePolicy: 'REQUEST_CANCEL',
        staticSummary: `${channel} of wave ${waveNo}, step ${step}`,
        memo: { waveNo, step, channel },
        ...startAttributes(wave.input, 'sending'),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      // The delivery of a wave workflow that was stopped is still winding up.
      await sleep('10s');
    }
  }
}

async function startAfreshWhenLong(wave: Wave): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  await wave.control.handlersDone();
  const { shardsDone, shards, planned } = wave.view;
  const { state } = wave.control;
  await continueAsNew<typeof waveWorkflow>({
    ...wave.input,
    resumeFrom: { nextShard: shardsDone, shards, channels: wave.channels, planned, state },
  });
}
