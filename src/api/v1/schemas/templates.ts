import { z } from 'zod';
import type { Json } from './json.ts';
import { campaignId, channelName, isoDate } from './waves.ts';

export const textFilter = z.object({
  campaign: campaignId.optional().describe('absent: the texts of all campaigns'),
  channel: channelName.optional(),
  locale: z.string().max(35).optional().describe('as the campaign names it, such as zh-CN'),
  from: isoDate.optional().describe('local date of the waves that are counted; absent: 90 days ago'),
  to: isoDate.optional().describe('up to and including this one; absent: today'),
});

const interval = z.object({ value: z.number(), lo: z.number(), hi: z.number() }).describe('95 %, Wilson');

export const textLine = z.object({
  campaignId: z.string(),
  version: z.int().describe('the newest published version that has this text'),
  versions: z.array(z.int()).describe('every version that has it, word by word'),
  inForce: z.boolean().describe('the campaign’s version in force has it'),
  step: z.int(),
  action: z.string(),
  arm: z.string(),
  channel: channelName,
  locale: z.string(),
  subject: z.string().nullable().describe('subject of a mail, title of a push or task'),
  text: z.string().describe('as written, with its variables'),
  variables: z.array(z.string()).describe('the facts that it names, such as user.name'),
  sent: z.int().describe('messages that were tried'),
  accepted: z.int().describe('messages that the provider took'),
  clicked: z.int().describe('accepted messages with a click of a person'),
  clickRate: interval.nullable().describe('clicked / accepted; null: nothing accepted'),
  returned: z.int().describe('accepted messages whose user came back within the outcome window'),
  returnRate: interval.nullable().describe('returned / accepted'),
  goals: z.int().describe('accepted messages whose user reached the goal within the outcome window'),
  goalRate: interval.nullable().describe('goals / accepted: a description, not an effect; see results for effects'),
  unsubscribed: z.int().describe('accepted messages whose user unsubscribed within the outcome window'),
  unsubscribeRate: interval.nullable().describe('unsubscribed / accepted'),
});

export type TextLine = Json<z.infer<typeof textLine>>;

export const textLibrary = z.object({ from: z.string(), to: z.string(), items: z.array(textLine) });
export type TextLibrary = Json<z.infer<typeof textLibrary>>;
