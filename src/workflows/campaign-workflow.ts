import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  condition,
  continueAsNew,
  setHandler,
  startChild,
  workflowInfo,
  type ChildWorkflowHandle,
} from '@temporalio/workflow';
import type { OpenWaveResult, PlanningActivities } from '../activities/contract.ts';
import { planningActivities } from './activities.ts';
import { campaignProgressQuery, wakeSignal, workflowIds } from './contract.ts';
import type { CampaignProgress, CampaignWorkflowInput } from './contract.ts';
import { controlRun, type RunControl } from './run-control.ts';
import { publishState, scheduledStart, startAttributes } from './search-attributes.ts';
import { waveWorkflow } from './wave-workflow.ts';

const OVER = ['done', 'aborted', 'skipped', 'failed', 'waiting_approval'];

interface Campaign {
  input: CampaignWorkflowInput;
  planning: PlanningActivities;
  view: CampaignProgress;
  child: ChildWorkflowHandle<typeof waveWorkflow> | undefined;
  control: RunControl;
}

/** A campaign on one local date: opens the wave, runs its first touch, sleeps until each follow-up and runs it. */
export async function campaignWorkflow(input: CampaignWorkflowInput): Promise<CampaignProgress> {
  const campaign = begin(input);
  const opened = input.resumeFrom?.opened ?? (await openWave(campaign));
  show(campaign, opened);
  if (opened.waveNo !== null && (await worthRunning(campaign, opened))) {
    await runSteps(campaign, { ...opened, waveNo: opened.waveNo });
  }
  publishState(
    { ...input, localDate: opened.localDate },
    campaign.control.state === 'aborted' ? 'aborted' : 'finished',
  );
  await campaign.control.handlersDone();
  return campaign.view;
}

function begin(input: CampaignWorkflowInput): Campaign {
  const view: CampaignProgress = {
    state: input.resumeFrom?.state ?? 'running',
    disposition: null,
    reason: null,
    localDate: null,
    waveNo: null,
    step: input.resumeFrom?.step ?? 1,
    nextStepAt: null,
  };
  const planning = planningActivities(input.queuePrefix);
  const control = controlRun({
    state: view.state,
    planning,
    waveNo: async () => {
      await condition(() => view.disposition !== null);
      if (view.waveNo === null) throw ApplicationFailure.nonRetryable('this run has no wave', 'NotFound');
      return view.waveNo;
    },
    forward: (state) => Promise.allSettled(campaign.child ? [campaign.child.signal(wakeSignal, state)] : []),
    onChange: (state) => {
      view.state = state;
    },
  });
  setHandler(campaignProgressQuery, () => view);
  const campaign: Campaign = { input, planning, view, child: undefined, control };
  return campaign;
}

async function openWave({ input, planning }: Campaign): Promise<OpenWaveResult> {
  const scheduled = workflowInfo().typedSearchAttributes.get(scheduledStart);
  return planning.openWave({
    campaignId: input.campaignId,
    ...(input.localDate === undefined ? {} : { localDate: input.localDate }),
    ...(scheduled === undefined ? {} : { scheduledAt: scheduled.toISOString() }),
    decisionAt: input.decisionAt ?? new Date().toISOString(),
    trigger: scheduled === undefined ? 'manual' : 'schedule',
    actor: input.actor,
    workflowId: workflowInfo().workflowId,
    ...(input.approve === undefined ? {} : { approve: input.approve }),
  });
}

function show({ view }: Campaign, opened: OpenWaveResult): void {
  view.disposition = opened.disposition;
  view.reason = opened.reason;
  view.localDate = opened.localDate;
  view.waveNo = opened.waveNo;
}

/** A wave that was found may have lost its workflow (terminated, Temporal restored): unless it is over, try to take it on. */
async function worthRunning({ control }: Campaign, opened: OpenWaveResult): Promise<boolean> {
  if (opened.disposition === 'opened') return true;
  if (opened.disposition !== 'found') return false;
  const held = await control.reread();
  return !OVER.includes(held.waveState);
}

async function runSteps(campaign: Campaign, opened: OpenWaveResult & { waveNo: number }): Promise<void> {
  const { view, control, input } = campaign;
  const lastStep = 1 + opened.followUps.length;
  for (; view.step <= lastStep; view.step += 1) {
    await startAfreshWhenLong(campaign, opened);
    const dueAt = opened.followUps[view.step - 2];
    if (dueAt !== undefined) {
      publishState({ ...input, localDate: opened.localDate }, 'following_up');
      if (!(await stillWantedAt(campaign, dueAt))) return;
    }
    const end = await runStep(campaign, opened, view.step < lastStep);
    if (end === null || OVER.includes(end.state) || control.state === 'aborted') return;
  }
  view.step = lastStep;
}

/** Sleeps until the follow-up is due and says whether the wave still goes on; a paused one is waited for. */
async function stillWantedAt({ view, control }: Campaign, dueAt: string): Promise<boolean> {
  view.nextStepAt = dueAt;
  const ms = Date.parse(dueAt) - Date.now();
  if (ms > 0) await condition(() => control.state === 'aborted', ms);
  const held = await control.reread();
  const state = await control.untilNotPaused();
  view.nextStepAt = null;
  return state === 'running' && !OVER.includes(held.waveState);
}

/** Runs one step as a child; null when another run of the campaign has it (a double trigger): that one goes on with it. */
async function runStep(
  campaign: Campaign,
  opened: OpenWaveResult & { waveNo: number },
  moreSteps: boolean,
): Promise<{ state: string } | null> {
  const { campaignId, queuePrefix } = campaign.input;
  const { waveNo, localDate } = opened;
  const { step } = campaign.view;
  const searchAttributes = campaign.input.searchAttributes ?? false;
  const decisionAt = step === 1 ? opened.decisionAt : new Date().toISOString();
  try {
    campaign.child = await startChild(waveWorkflow, {
      workflowId: workflowIds.wave(campaignId, localDate, step),
      args: [{ waveNo, step, campaignId, localDate, queuePrefix, decisionAt, moreSteps, searchAttributes }],
      // One that completed is never run again; one that was terminated or failed is, or its wave would be stuck half sent.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      parentClosePolicy: 'REQUEST_CANCEL',
      staticSummary: `wave ${waveNo} of ${campaignId} on ${localDate}, step ${step}`,
      memo: { waveNo, step },
      ...startAttributes({ campaignId, localDate, searchAttributes }, 'planning'),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    campaign.view.disposition = 'found';
    return null;
  }
  // A pause that arrived while the child was being started has not reached it.
  if (campaign.control.state !== 'running') await campaign.child.signal(wakeSignal, campaign.control.state);
  const end = await campaign.child.result();
  campaign.child = undefined;
  return end;
}

async function startAfreshWhenLong(campaign: Campaign, opened: OpenWaveResult): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  await campaign.control.handlersDone();
  const { step } = campaign.view;
  const { state } = campaign.control;
  await continueAsNew<typeof campaignWorkflow>({ ...campaign.input, resumeFrom: { opened, step, state } });
}
