import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';

const campaign = defineSearchAttributeKey('RecallCampaign', 'KEYWORD');
const date = defineSearchAttributeKey('RecallDate', 'KEYWORD');
const state = defineSearchAttributeKey('RecallState', 'KEYWORD');

/** Set by Temporal on what a Schedule starts: when the run was meant to be, which after an outage is not now. */
export const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** What an operator can filter workflows by; a campaign's slug, a local date and a state, so nothing personal. */
export const SEARCH_ATTRIBUTES = { campaign, date, state } as const;

/** Values of RecallState. */
export type SearchState = 'opening' | 'planning' | 'sending' | 'following_up' | 'paused' | 'aborted' | 'finished';

/** The attributes with which a workflow starts; undefined where the server does not know them. */
export function startAttributes(
  on: { campaignId: string; localDate?: string; searchAttributes?: boolean },
  at: SearchState,
): { typedSearchAttributes?: SearchAttributePair[] } {
  if (on.searchAttributes !== true) return {};
  const pairs: SearchAttributePair[] = [
    { key: campaign, value: on.campaignId },
    { key: state, value: at },
  ];
  if (on.localDate !== undefined) pairs.push({ key: date, value: on.localDate });
  return { typedSearchAttributes: pairs };
}

/** Shows where the running workflow is; does nothing where the server does not know the attributes. */
export function publishState(
  on: { localDate?: string | undefined; searchAttributes?: boolean | undefined },
  at: SearchState,
): void {
  if (on.searchAttributes !== true) return;
  upsertSearchAttributes([
    { key: state, value: at },
    ...(on.localDate === undefined ? [] : [{ key: date, value: on.localDate }]),
  ]);
}
