import type { Db } from '../../src/db/connect.ts';
import { DAY, insert, NOON } from './world-clock.ts';

let serial = 0;

/** Fields of `aUser`. */
export interface UserFields {
  userId?: string;
  email?: string | null;
  phone?: string | null;
  locale?: string | null;
  timezone?: string | null;
  consentEmail?: boolean | null;
  consentSms?: boolean | null;
  consentPush?: boolean | null;
  attributes?: Record<string, unknown>;
  importedAt?: Date;
}

/** A user who may be e-mailed, in UTC, imported long ago. */
export function aUser(db: Db, fields: UserFields = {}): Promise<number> {
  const userId = fields.userId ?? `u${++serial}`;
  const row = {
    user_id: userId,
    email: fields.email === undefined ? `${userId}@example.test` : fields.email,
    phone: fields.phone ?? null,
    locale: fields.locale === undefined ? 'en' : fields.locale,
    timezone: fields.timezone === undefined ? 'UTC' : fields.timezone,
    consent_email: fields.consentEmail === undefined ? true : fields.consentEmail,
    consent_sms: fields.consentSms ?? null,
    consent_push: fields.consentPush ?? null,
    attributes: fields.attributes ?? {},
    actor: 'test',
    imported_at: fields.importedAt ?? new Date(NOON.getTime() - 30 * DAY),
  };
  return insert(db, 'users', row, 'user_no');
}

interface WarningFields {
  userNo: number;
  score?: number;
  segment?: string;
  reasons?: string[];
  model?: string;
  raisedAt?: Date;
  expiresAt?: Date;
  importedAt?: Date;
}

/** A warning of the default model with score 0.7 in segment `shopper`, raised a day before NOON, valid for a month. */
export function aWarning(db: Db, fields: WarningFields): Promise<number> {
  const raised = fields.raisedAt ?? new Date(NOON.getTime() - DAY);
  const row = {
    user_no: fields.userNo,
    model: fields.model ?? 'default',
    score: fields.score ?? 0.7,
    segment: fields.segment ?? 'shopper',
    reasons: fields.reasons ?? ['price'],
    raised_at: raised,
    expires_at: fields.expiresAt ?? new Date(raised.getTime() + 30 * DAY),
    actor: 'test',
    imported_at: fields.importedAt ?? raised,
  };
  return insert(db, 'warnings', row, 'warning_no');
}
