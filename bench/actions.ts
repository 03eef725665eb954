import type { Client } from '@temporalio/client';

/** Temporal's billable actions of a run and of all its children, and the longest history among them. */
export interface ActionCount {
  total: number;
  byKind: Record<string, number>;
  longestHistory: number;
  executions: number;
}

type Events = NonNullable<Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']>;

/** One action each: the start of a workflow, an activity and each of its retries, a timer, a signal, an update, an upsert. */
const ACTIONS = {
  workflows: 'workflowExecutionStartedEventAttributes',
  activities: 'activityTaskScheduledEventAttributes',
  timers: 'timerStartedEventAttributes',
  signals: 'workflowExecutionSignaledEventAttributes',
  updates: 'workflowExecutionUpdateAcceptedEventAttributes',
  searchAttributes: 'upsertWorkflowSearchAttributesEventAttributes',
} as const;

/** Counts the actions of one history by kind. */
export function countActions(events: Events): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [kind, attributes] of Object.entries(ACTIONS)) {
    counts[kind] = events.filter((event) => event[attributes as keyof typeof event]).length;
  }
  const attempts = events.map((event) => event.activityTaskStartedEventAttributes?.attempt ?? 1);
  counts.retries = attempts.reduce((sum, attempt) => sum + attempt - 1, 0);
  return counts;
}

/** Counts a finished run from its histories: the workflow, its later runs (continue-as-new) and its children, all the way down. */
export async function benchActions(client: Client, workflowId: string): Promise<ActionCount> {
  const result: ActionCount = { total: 0, byKind: {}, longestHistory: 0, executions: 0 };
  const open: { workflowId: string; runId?: string }[] = [{ workflowId }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { events } = await client.workflow.getHandle(next.workflowId, next.runId).fetchHistory();
    const history = events ?? [];
    result.executions += 1;
    result.longestHistory = Math.max(result.longestHistory, history.length);
    for (const [kind, count] of Object.entries(countActions(history))) {
      result.byKind[kind] = (result.byKind[kind] ?? 0) + count;
      result.total += count;
    }
    open.push(...followedBy(history, next.workflowId));
  }
  return result;
}

function followedBy(events: Events, workflowId: string): { workflowId: string; runId: string }[] {
  return events.flatMap((event) => {
    const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (child?.workflowId && child.runId) return [{ workflowId: child.workflowId, runId: child.runId }];
    const again = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    return again ? [{ workflowId, runId: again }] : [];
  });
}
