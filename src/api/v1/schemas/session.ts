import { z } from 'zod';
import { ROLES } from '../../../domain/roles.ts';
import type { Json } from './json.ts';

export const role = z.enum(ROLES);

/** Languages of the console. */
export const consoleLocale = z.enum(['en', 'zh-CN']);

export const me = z.object({
  personNo: z.int(),
  login: z.string(),
  name: z.string(),
  role,
  locale: z.string(),
  timezone: z.string(),
});
export type Me = z.infer<typeof me>;

export const session = z.object({
  person: me,
  csrfToken: z.string().describe('send it as X-CSRF-Token with everything but GET'),
  expiresAt: z.date(),
});
export type Session = Json<z.infer<typeof session>>;

export const credentials = z.object({ login: z.string().min(1).max(200), password: z.string().min(1).max(1_000) });

const zone = z
  .string()
  .max(64)
  .refine((name) => isZone(name), 'not an IANA time zone');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

export const profileChange = z.object({
  name: z.string().min(1).max(100).optional(),
  locale: consoleLocale.optional(),
  timezone: zone.optional(),
});

export const passwordChange = z.object({ current: z.string().min(1).max(1_000), next: z.string().min(1).max(1_000) });

export const sessionLine = z.object({
  sessionNo: z.int(),
  userAgent: z.string().nullable(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  current: z.boolean(),
});
export type SessionLine = Json<z.infer<typeof sessionLine>>;

export const invitationOffer = z.object({
  role,
  login: z.string().nullable().describe('set: the link gives this account a new password'),
});
export type InvitationOffer = z.infer<typeof invitationOffer>;

export const acceptance = z.object({
  login: z.string().max(200).default(''),
  name: z.string().max(100).default(''),
  password: z.string().min(1).max(1_000),
  locale: consoleLocale.default('en'),
  timezone: zone.default('UTC'),
});
