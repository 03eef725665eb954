import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/contract.ts';
import type { FailureType } from '../domain/failures.ts';
import { deliveryActivities } from './activities.ts';
import { deliveryProgressQuery, wakeSignal } from './contract.ts';
import type { DeliveryCounts } from '../domain/delivery-counts.ts';
import type { DeliveryProgress, DeliveryWorkflowInput } from './contract.ts';
import { afterRange, noDelivery } from './counts.ts';
import { nextMove, unchanged, type Look } from './delivery-moves.ts';
import { inWindow } from './in-window.ts';

/** Messages per range: so many that Temporal's share of the time vanishes, so few that a retry costs little. */
const RANGE_SIZE = 4_000;
const RANGES_PER_LOOK = 24;
const RANGES_IN_FLIGHT = 3;

interface Delivery {
  input: DeliveryWorkflowInput;
  activities: DeliveryActivities;
  view: DeliveryProgress;
  lastLook: DeliveryCounts | undefined;
  idleLooks: number;
  waits: number;
  /** The last move was to send. */
  sent: boolean;
  woken: boolean;
}

/** Sends one step of a wave through one channel; ends when nothing is open (UNKNOWN may stay), with the counts by state. */
export async function deliveryWorkflow(input: DeliveryWorkflowInput): Promise<DeliveryCounts> {
  const delivery = begin(input);
  for (;;) {
    await startAfreshWhenLong(delivery);
    delivery.woken = false;
    const look = await lookAtOutbox(delivery);
    const stalled = delivery.sent && delivery.idleLooks > 0;
    const { idleLooks, waits } = delivery;
    const move = nextMove(look, { now: Date.now(), idleLooks, waits, stalled });
    delivery.sent = move.kind === 'send';
    if (move.kind === 'send') await sendRanges(delivery, look.ranges);
    else if (move.kind === 'wait') await waitForWork(delivery, move.ms);
    else if (await settled(delivery)) break;
  }
  await condition(allHandlersFinished);
  return delivery.view.totals;
}

function begin(input: DeliveryWorkflowInput): Delivery {
  const from = input.resumeFrom;
  const view: DeliveryProgress = {
    state: from?.state ?? 'running',
    totals: from?.totals ?? noDelivery(),
    waitingUntil: null,
  };
  const delivery: Delivery = {
    input,
    activities: deliveryActivities(input.queuePrefix, input.channel),
    view,
    lastLook: undefined,
    idleLooks: 0,
    waits: from?.waits ?? 0,
    sent: false,
    woken: false,
  };
  setHandler(deliveryProgressQuery, () => view);
  setHandler(wakeSignal, (state) => {
    view.state = state;
    delivery.woken = true;
  });
  return delivery;
}

async function lookAtOutbox(delivery: Delivery): Promise<Look> {
  const { waveNo, step, channel } = delivery.input;
  const look = await delivery.activities.findDueRanges({
    waveNo,
    step,
    channel,
    size: RANGE_SIZE,
    limit: RANGES_PER_LOOK,
  });
  const idle = delivery.lastLook !== undefined && unchanged(delivery.lastLook, look.counts);
  delivery.idleLooks = idle ? delivery.idleLooks + 1 : 0;
  delivery.lastLook = look.counts;
  delivery.view.totals = look.counts;
  delivery.view.state = look.runState;
  return look;
}

async function sendRanges(delivery: Delivery, ranges: Look['ranges']): Promise<void> {
  const { input, activities, view } = delivery;
  const { waveNo, step, channel } = input;
  let stopped = false;
  await inWindow(ranges, RANGES_IN_FLIGHT, async ({ from, to }) => {
    if (stopped || view.state !== 'running') return;
    try {
      const sent = await activities.deliverRange({ waveNo, step, channel, from, to });
      view.totals = afterRange(view.totals, sent);
    } catch (error) {
      // A provider that refuses us (401, 535) may be mended by a person: the messages wait until they expire.
      if (!isFailure(error, 'ProviderStopped')) throw error;
      stopped = true;
    }
  });
}

async function waitForWork(delivery: Delivery, ms: number): Promise<void> {
  delivery.waits += 1;
  delivery.view.waitingUntil = new Date(Date.now() + ms).toISOString();
  await condition(() => delivery.woken, ms);
  delivery.view.waitingUntil = null;
}

/** True when the step is over; asks the provider about UNKNOWN messages for as long as that can tell something. */
async function settled(delivery: Delivery): Promise<boolean> {
  if (delivery.view.totals.unknown === 0) return true;
  const { waveNo, step, channel } = delivery.input;
  try {
    const asked = await delivery.activities.reconcileUnknown({ waveNo, step, channel });
    if (asked.settled === 0 && asked.againAt === null) return true;
    if (asked.againAt !== null) await waitForWork(delivery, Math.max(1_000, Date.parse(asked.againAt) - Date.now()));
    return false;
  } catch (error) {
    if (!isFailure(error, 'ProviderStopped')) throw error;
    return true;
  }
}

async function startAfreshWhenLong(delivery: Delivery): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  await condition(allHandlersFinished);
  const { totals, state } = delivery.view;
  const { waits } = delivery;
  await continueAsNew<typeof deliveryWorkflow>({ ...delivery.input, resumeFrom: { totals, state, waits } });
}

function isFailure(error: unknown, type: FailureType): boolean {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === type;
}
