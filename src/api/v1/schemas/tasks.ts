import { z } from 'zod';
import type { Json } from './json.ts';
import { campaignId } from './waves.ts';

export const taskState = z.enum(['open', 'claimed', 'done', 'dropped']);

export const taskFilter = z.object({
  state: taskState.optional().describe('absent: open and claimed'),
  assignee: z.string().max(200).optional(),
  campaign: campaignId.optional(),
});

export const task = z.object({
  taskNo: z.int(),
  messageNo: z.int(),
  userId: z.string(),
  campaignId: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  state: taskState,
  assignee: z.string().nullable(),
  note: z.string().nullable(),
  dueAt: z.date().nullable(),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
  closedBy: z.string().nullable(),
});
export type Task = Json<z.infer<typeof task>>;

const note = z.string().max(4_000).regex(/\S/, 'write a note').trim();
export const taskClaim = z.object({
  assignee: z.string().max(200).regex(/\S/).trim().optional().describe('absent: oneself'),
});
export const taskClosing = z.object({ note: note.optional() });
export const taskNote = z.object({ note });
