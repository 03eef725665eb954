import { z } from 'zod';
import { API_SCOPES } from '../../../domain/roles.ts';
import type { Json } from './json.ts';
import { role } from './session.ts';

export const person = z.object({
  personNo: z.int(),
  login: z.string(),
  name: z.string(),
  role,
  locale: z.string(),
  timezone: z.string(),
  loopbackOnly: z.boolean(),
  createdAt: z.date(),
  disabledAt: z.date().nullable(),
});
export type Person = Json<z.infer<typeof person>>;

export const personChange = z.object({
  role: role.optional(),
  disabled: z.boolean().optional(),
  name: z.string().min(1).max(100).optional(),
});

export const invitation = z.object({
  invitationNo: z.int(),
  role,
  personNo: z.int().nullable(),
  actor: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
});

export type Invitation = Json<z.infer<typeof invitation>>;

export const newInvitation = z.object({
  role: role.default('viewer'),
  personNo: z.int().optional().describe('a new password for this person instead of a new account'),
});

export const madeInvitation = z.object({
  invitation,
  url: z.string().describe('one-time link, shown this once'),
});

export const apiKey = z.object({
  keyNo: z.int(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  actor: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  valid: z.boolean(),
});

export type ApiKey = Json<z.infer<typeof apiKey>>;

export const newApiKey = z.object({
  name: z.string().min(1).max(63),
  scopes: z.array(z.enum(API_SCOPES)).min(1),
  expiresIn: z
    .string()
    .regex(/^[1-9]\d{0,4}[mhd]$/, 'such as 12h or 90d')
    .nullable()
    .default('90d'),
});

export const madeApiKey = z.object({ key: z.string().describe('shown this once'), row: apiKey });
