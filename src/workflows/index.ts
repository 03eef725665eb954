/** Everything that a worker's workflow bundle holds. */
export { campaignWorkflow } from './campaign-workflow.ts';
export { deliveryWorkflow } from './delivery-workflow.ts';
export { learnThresholds } from './learn-workflow.ts';
export { waveWorkflow } from './wave-workflow.ts';
