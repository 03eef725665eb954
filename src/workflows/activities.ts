import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryActivities, LearningActivities, PlanningActivities } from '../activities/contract.ts';
import type { ChannelName } from '../domain/words.ts';
import { taskQueues } from './contract.ts';
import { longScan, quickRead, vendorSend } from './profiles.ts';

/** The planning activities on their queue, each with its profile. */
export function planningActivities(queuePrefix: string): PlanningActivities {
  const taskQueue = taskQueues(queuePrefix).planning;
  const quick = proxyActivities<PlanningActivities>({ taskQueue, ...quickRead });
  const long = proxyActivities<PlanningActivities>({ taskQueue, ...longScan });
  return {
    openWave: quick.openWave,
    openStep: quick.openStep,
    planShards: long.planShards,
    finishStep: quick.finishStep,
    setRunState: quick.setRunState,
    readRunState: quick.readRunState,
  };
}

/** The learning activities, on the queue of planning: both are long statements over one campaign. */
export function learningActivities(queuePrefix: string): LearningActivities {
  return proxyActivities<LearningActivities>({ taskQueue: taskQueues(queuePrefix).planning, ...longScan });
}

/** The delivery activities on the queue of `channel`, each with its profile. */
export function deliveryActivities(queuePrefix: string, channel: ChannelName): DeliveryActivities {
  const taskQueue = taskQueues(queuePrefix).channel(channel);
  const quick = proxyActivities<DeliveryActivities>({ taskQueue, ...quickRead });
  const vendor = proxyActivities<DeliveryActivities>({ taskQueue, ...vendorSend });
  return {
    findDueRanges: quick.findDueRanges,
    deliverRange: vendor.deliverRange,
    reconcileUnknown: vendor.reconcileUnknown,
  };
}
