import { z } from 'zod';

export const inboxChannel = z.enum(['email', 'sms', 'push']);

export const inboxFilter = z.object({
  channel: inboxChannel.optional(),
  to: z.string().max(300).optional().describe('only recipients that contain this'),
});

export const inboxLine = z.object({
  id: z.string().describe('delivery id, or the place in the stand-ins’ file'),
  at: z.string(),
  channel: inboxChannel,
  deliveryId: z.string().nullable(),
  to: z.string(),
  title: z.string().describe('subject, title, or the text itself'),
});
export type InboxLine = z.infer<typeof inboxLine>;

export const inboxPage = z.object({
  standIns: z.boolean().describe('false: live, nothing stays here'),
  items: z.array(inboxLine),
  next: z.string().nullable(),
});
export type InboxPage = z.infer<typeof inboxPage>;

export const inboxMessage = z.object({
  id: z.string(),
  at: z.string(),
  channel: inboxChannel,
  deliveryId: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string(),
  title: z.string().nullable(),
  text: z.string().nullable(),
  url: z.string().nullable().describe('what a push opens'),
  hasHtml: z.boolean().describe('GET /inbox/mail/:id/body has it as a document of its own'),
  links: z
    .array(z.object({ text: z.string(), url: z.string() }))
    .describe('http(s) links of the HTML, else of the text; in the frame itself links open nothing'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  source: z.string().nullable().describe('e-mail: the MIME source, cut at 256 KiB'),
});
export type InboxMessage = z.infer<typeof inboxMessage>;
