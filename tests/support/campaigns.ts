import { campaignSchema, type Campaign } from '../../src/domain/campaign.schema.ts';

/** A small valid campaign as its file would say it: one action with a control and an e-mail arm; keys may be overridden. */
export function campaignInput(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    campaign: 'spring',
    name: { en: 'Spring' },
    timezone: 'UTC',
    locales: ['en'],
    audience: { model: 'default' },
    policy: { lo: 0.5 },
    holdout: 0.1,
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { id: 'nothing', share: 0.5, control: true },
          {
            id: 'plain',
            share: 0.5,
            steps: [
              { channels: ['email'], contents: { email: { subject: { en: 'Hello' }, mjml: 'plain.{locale}.mjml' } } },
            ],
          },
        ],
      },
    ],
    goal: { event: 'purchase', baseRate: 0.2 },
    returnEvents: ['purchase', 'visit'],
    schedule: { at: '09:00' },
    ...over,
  };
}

/** The same, parsed: all defaults filled in. */
export function aCampaign(over: Record<string, unknown> = {}): Campaign {
  return campaignSchema.parse(campaignInput(over));
}
