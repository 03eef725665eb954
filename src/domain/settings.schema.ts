import { z } from 'zod';
import { capSet, quietWindow } from './campaign.schema.ts';
import { CHANNELS } from './words.ts';

/** Company-wide settings; `recallwave settings apply FILE`. Campaigns add to them, the strictest wins. */
export const settingsSchema = z.strictObject({
  company: z.string().default('Example Company'),
  /** Printed in every e-mail, as the law asks. */
  postalAddress: z.string().default('Example Company, 1 Example Street, Example City'),
  emailFrom: z.string().default('Example Company <hello@example.com>'),
  smsFrom: z.string().default('+15005550006'),
  /** For users without a time zone. Absent: on channels with allowed hours they are blocked with a reason, never sent to blind. */
  defaultTimezone: z.string().optional(),
  /** ISO 3166 country for phone numbers written without +. */
  defaultCountry: z.string().length(2).optional(),
  globalHoldout: z.number().min(0).max(0.5).default(0),
  caps: capSet.default({
    rules: [
      { id: 'any-day', scope: 'any', max: 1, per: 'day' },
      { id: 'any-week', scope: 'any', max: 3, per: '7d' },
      { id: 'sms-month', scope: 'channel', channel: 'sms', max: 4, per: 'month' },
    ],
  }),
  allowedHours: z
    .partialRecord(z.enum(CHANNELS), quietWindow)
    .default({ sms: { from: '08:00', to: '21:00' }, push: { from: '06:00', to: '22:00' } }),
  /** Messages per second and provider; absent: as fast as the provider takes them. */
  throttle: z.partialRecord(z.enum(CHANNELS), z.number().positive()).default({}),
  /** Where operators are told of halted waves (rule 17). */
  operatorEmail: z.email().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of an installation where nobody applied any. */
export const defaultSettings: Settings = settingsSchema.parse({});
