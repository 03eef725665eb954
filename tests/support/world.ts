import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { campaignSchema, type Campaign } from '../../src/domain/campaign.schema.ts';
import { settingsSchema, type Settings } from '../../src/domain/settings.schema.ts';
import type { Db } from '../../src/db/connect.ts';
import { DAY, NOON } from './world-clock.ts';

/** Builders that insert real rows, each with plain defaults; they return the number that the row got. */

export { hoursAfter, NOON } from './world-clock.ts';
export { aUser, aWarning } from './world-people.ts';
export { aContactedUser, aCouponCode, aMessage, anEntry, aWave, aWay } from './world-waves.ts';

/** A definition with one action `offer`, arms `mail` (e-mail) and `usual` (control, nothing). Overrides replace whole keys. */
export function aDefinition(overrides: Partial<z.input<typeof campaignSchema>> = {}): Campaign {
  return campaignSchema.parse({
    campaign: 'winback',
    name: { en: 'Win back' },
    timezone: 'UTC',
    locales: ['en'],
    audience: { segments: ['shopper'] },
    policy: { lo: 0.5, hi: 1 },
    holdout: 0.1,
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          {
            id: 'mail',
            share: 0.8,
            steps: [{ channels: ['email'], contents: { email: { subject: { en: 'Hello' }, mjml: 'mail.mjml' } } }],
          },
          { id: 'usual', share: 0.2, control: true },
        ],
      },
    ],
    goal: { event: 'purchase' },
    returnEvents: ['visit'],
    schedule: { at: '10:00' },
    ...overrides,
  });
}

/** A published campaign with its live policies (one per action and named segment, `*` for the rest) and budget row. */
export async function aCampaign(
  db: Db,
  overrides: Partial<z.input<typeof campaignSchema>> = {},
): Promise<{ campaignId: string; version: number; definition: Campaign }> {
  const definition = aDefinition(overrides);
  const campaignId = definition.campaign;
  await db('campaigns').insert({
    campaign_id: campaignId,
    salt: `salt-${campaignId}`,
    current_version: 1,
    actor: 'test',
  });
  await db('campaign_versions').insert({
    campaign_id: campaignId,
    version: 1,
    hash: randomUUID(),
    source: '',
    definition: JSON.stringify(definition),
    contents: '{}',
    author: 'test',
  });
  await db('campaign_budgets').insert({ campaign_id: campaignId });
  const segments = ['*', ...Object.keys(definition.policy.segments)];
  const policies = definition.actions.flatMap((action) =>
    segments.map((segment) => livePolicy(definition, action, segment)),
  );
  await db('live_policies').insert(policies);
  return { campaignId, version: 1, definition };
}

function livePolicy(definition: Campaign, action: Campaign['actions'][number], segment: string): object {
  const policy = { ...definition.policy, ...definition.policy.segments[segment] };
  return {
    campaign_id: definition.campaign,
    segment,
    action: action.id,
    policy_version: 1,
    lo: policy.lo,
    hi: policy.hi,
    inside: policy.inside,
    outside: policy.outside,
    explore_width: policy.exploreWidth,
    arm_shares: JSON.stringify(Object.fromEntries(action.arms.map((arm) => [arm.id, arm.share]))),
    reason: 'published',
    actor: 'test',
    at: new Date(NOON.getTime() - 10 * DAY),
  };
}

/** Company settings as a new version; keys not given have their defaults. */
export async function applySettings(db: Db, settings: z.input<typeof settingsSchema>): Promise<Settings> {
  const value = settingsSchema.parse(settings);
  await db.raw(
    `insert into settings (version, value, actor, at)
     select coalesce(max(version), 0) + 1, cast(:value as jsonb), 'test', :at from settings`,
    { value: JSON.stringify(value), at: new Date(NOON.getTime() - 9 * DAY) },
  );
  return value;
}
