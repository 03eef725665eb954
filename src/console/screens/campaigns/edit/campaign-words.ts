import type { Campaign } from '../../../../domain/campaign.schema.ts';
import { ACTION_KINDS, CATEGORIES, CHANNELS } from '../../../../domain/words.ts';

const KEYS = [
  'campaign',
  'name',
  'description',
  'category',
  'timezone',
  'currency',
  'priority',
  'locales',
  'audience',
  'highValue',
  'policy',
  'holdout',
  'actions',
  'caps',
  'allowedHours',
  'noRepeat',
  'transactionalCounts',
  'expiresAfter',
  'goal',
  'returnEvents',
  'reentryDays',
  'costs',
  'guardrails',
  'learning',
  'goals',
  'budget',
  'schedule',
  'unknownEmail',
  'links',
] as const satisfies readonly (keyof Campaign)[];

/** Keys inside of others. */
const INNER =
  'segments reasons filter exploreWidth arms steps channels contents afterDays onCap subject preheader offer share control windowDays minLift armShares'.split(
    ' ',
  );

/** What the editor offers while a campaign is typed. */
export const CAMPAIGN_WORDS: readonly string[] = [...KEYS, ...INNER, ...ACTION_KINDS, ...CHANNELS, ...CATEGORIES];
