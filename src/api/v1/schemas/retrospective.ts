import { z } from 'zod';
import type { Json } from './json.ts';
import { estimate, goalProgress } from './results.ts';
import { campaignId, channelCounts, isoDate, reasonCount, waterfallRung, waveSummary } from './waves.ts';

export const retrospectiveQuery = z.object({
  from: isoDate.describe('local date of the first wave'),
  to: isoDate.describe('of the last one, at most 366 days later'),
  campaignId: campaignId.optional(),
});

export const retrospectiveLanguage = z.object({
  language: z.enum(['en', 'zh-CN']).optional().describe('of the sentences; absent: that of who asks'),
});

const share = z.object({ count: z.int(), of: z.int(), rate: estimate.nullable() });

export const retrospectiveFunnel = z.object({
  warned: z.int().describe('the audience of the first step'),
  heldOut: z.int(),
  blocked: z.int(),
  contacted: z.int(),
  accepted: z.int(),
  clicked: z.int().describe('people, not machines'),
  returned: share.describe('of the contacted, within their outcome window so far'),
  reachedGoal: share.describe('of the contacted'),
  heldOutReturned: share.describe('of the held-out who would have been contacted: what comes without a message'),
  heldOutReachedGoal: share,
  windowsOpen: z.int().describe('entries whose outcome window is not over'),
});
export type RetrospectiveFunnel = z.infer<typeof retrospectiveFunnel>;

export const textLine = z
  .object({
    campaignId: z.string(),
    action: z.string(),
    arm: z.string(),
    step: z.int(),
    channel: z.string(),
    subject: z.string().nullable(),
    sent: z.int(),
    clicked: share,
    returned: share,
    reachedGoal: share,
    isClear: z
      .boolean()
      .describe('its interval of returns lies above that of every other text of its action, step and channel'),
  })
  .describe('a text that was sent, by what its receivers did; rates with 95 % Wilson intervals');
export type TextLine = z.infer<typeof textLine>;

export const retrospective = z.object({
  from: z.string(),
  to: z.string(),
  campaignId: z.string().nullable(),
  waves: z.array(waveSummary).describe('newest first, at most 200'),
  waveCount: z.int(),
  currency: z.string().nullable().describe('null where campaigns of several currencies are in it'),
  costMinor: z.int().nullable(),
  sentences: z.array(z.string()).describe('the whole in words'),
  funnel: retrospectiveFunnel,
  waterfall: z.array(waterfallRung),
  blocked: z.array(z.object({ rung: z.string(), reason: z.string(), users: z.int() })).describe('most first'),
  churnReasons: z
    .array(z.object({ reason: z.string(), contacted: z.int(), returned: share, heldOutReturned: share }))
    .describe('reasons of the warnings; an entry with two counts in both'),
  channels: z.array(
    z.object({ ...channelCounts.shape, bounced: z.int(), complained: z.int(), clicked: z.int(), costMinor: z.int() }),
  ),
  unsent: z.array(reasonCount),
  goals: z
    .array(z.object({ campaignId: z.string(), goals: z.array(goalProgress) }))
    .describe('of the campaigns that have goals'),
  texts: z.array(textLine).describe('best first, at most 50'),
});
export type Retrospective = Json<z.infer<typeof retrospective>>;
