import { workflowInfo } from '@temporalio/workflow';
import type { LearningCounts } from '../activities/contract.ts';
import { learningActivities } from './activities.ts';
import type { LearnWorkflowInput } from './contract.ts';
import { scheduledStart } from './search-attributes.ts';

/** One learning cycle of a campaign, as of the time that its Schedule meant: a start after an outage learns for its own week. */
export async function learnThresholds({
  campaignId,
  queuePrefix,
  asOf,
  actor,
}: LearnWorkflowInput): Promise<LearningCounts> {
  const scheduled = workflowInfo().typedSearchAttributes.get(scheduledStart);
  return learningActivities(queuePrefix).runLearningCycle({
    campaignId,
    asOf: scheduled?.toISOString() ?? asOf ?? new Date().toISOString(),
    actor,
  });
}
