import { z } from 'zod';
import { reasonText } from './waves.ts';

export const poolName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}$/u, 'letters, digits, . _ and -, at most 63')
  .describe('name of a coupon pool');

export const couponPool = z
  .object({
    pool: z.string(),
    kind: z.enum(['imported', 'generated']),
    free: z.int(),
    reserved: z.int(),
    sent: z.int(),
    redeemed: z.int(),
    void: z.int(),
    expired: z.int().describe('free codes whose time is over'),
    test: z.int(),
  })
  .describe('codes by state; test codes are counted apart');

export const newPool = z.object({
  pool: poolName,
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9-]{0,20}$/)
    .default('')
    .describe('what each code begins with'),
});
export const madePool = z.object({ pool: z.string() });
export const testCode = z.object({ pool: z.string(), code: z.string() });

const code = z.string().min(1).max(200);
const pool = z.string().min(1).max(63).optional().describe('where several pools have the code');

export const redemption = z.object({
  code,
  pool,
  at: z.iso.datetime({ offset: true }).optional().describe('when; absent: now'),
});
export const redeemed = z.object({
  pool: z.string(),
  userId: z.string().nullable(),
  redeemedAt: z.date(),
  changed: z.boolean().describe('false: it was redeemed before'),
});

export const releaseOrder = z.object({ code, pool, reason: reasonText });
export const released = z.object({ pool: z.string(), changed: z.boolean().describe('false: it was free already') });
