import { z } from 'zod';
import { campaignId, channelName, isoDate } from './waves.ts';

export const textFilter = z.object({
  campaign: campaignId,
  from: isoDate.optional().describe('local date of the waves that are counted; absent: 90 days ago'),
  to: isoDate.optional().describe('up to and including this one; absent: today'),
});

const interval = z.object({ value: z.number(), lo: z.number(), hi: z.number() }).describe('95 %, Wilson');

export const textLine = z.object({
  campaignId: z.string(),
  version: z.int().describe('the newest published version that has this text'),
  versions: z.array(z.int()).describe('every version that has it, word by word'),
  step: z.int(),
  action: z.string(),
  arm: z.string(),
  channel: channelName,
  locale: z.string(),
  subject: z.string().nullable().describe('subject of a mail, title of a push or task'),
  text: z.string().describe('as written, with its variables'),
  sent: z.int().describe('messages that were tried'),
  accepted: z.int().describe('messages that the provider took'),
  clicked: z.int().describe('accepted messages with a click of a person'),
  clickRate: interval.nullable().describe('clicked / accepted; null: nothing accepted'),
  goals: z.int().describe('accepted messages whose user reached the goal within the outcome window'),
  goalRate: interval.nullable().describe('goals / accepted: a description, not an effect; see results for effects'),
});

export const textLibrary = z.object({ from: z.string(), to: z.string(), items: z.array(textLine) });
