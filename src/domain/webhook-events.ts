/** What a webhook can be told of: tasks as they come and move. */
export const WEBHOOK_EVENTS = ['task.created', 'task.claimed', 'task.done', 'task.dropped'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
