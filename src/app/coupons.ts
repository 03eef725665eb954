import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import {
  addTestCode,
  createPool,
  findCodes,
  findPool,
  freeCode,
  listPools,
  redeemCode,
  type CodeRow,
  type PoolRow,
} from '../db/queries/coupons.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { MessageState } from '../domain/words.ts';
import { RELEASED_STATES } from '../policy/send-states.ts';

export type { PoolRow } from '../db/queries/coupons.ts';

/** Pools by name with the number of codes in each state. */
export function couponPools(db: Knex): Promise<PoolRow[]> {
  return listPools(db);
}

/** Makes a pool that generates its codes. BadInput where the name is taken. */
export async function createCouponPool(input: {
  db: Knex;
  pool: string;
  prefix: string;
  actor: Actor;
}): Promise<{ pool: string }> {
  if (await createPool(input.db, input)) return { pool: input.pool };
  throw new RecallwaveError(
    'BadInput',
    `there is a pool "${input.pool}" already`,
    'take another name; see them with `recallwave coupon pools`',
  );
}

interface CodeInput {
  db: Knex;
  code: string;
  pool?: string | undefined;
  actor: Actor;
}

/** Without letters and digits that people mix up. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

async function lockedCode(trx: Knex.Transaction, input: CodeInput): Promise<CodeRow> {
  const found = await findCodes(trx, { code: input.code, pool: input.pool, lock: true });
  const [only, ...others] = found;
  if (!only) {
    throw new RecallwaveError('NotFound', 'there is no such code', 'see the pools with `recallwave coupon pools`');
  }
  if (others.length === 0) return only;
  throw new RecallwaveError(
    'BadInput',
    `${found.length} pools have this code`,
    `add --pool with one of ${found.map((row) => row.pool).join(', ')}`,
  );
}

/** Gives a reserved code back to its pool. Refused while a message holds it; a free code stays as it is. */
export async function releaseCode(input: CodeInput & { reason: string }): Promise<{ pool: string; changed: boolean }> {
  return input.db.transaction(async (trx) => {
    const row = await lockedCode(trx, input);
    if (row.state === 'free') return { pool: row.pool, changed: false };
    const held = row.messageState !== null && !RELEASED_STATES.includes(row.messageState as MessageState);
    if (row.state !== 'reserved' || held) {
      throw new RecallwaveError(
        'BadInput',
        `the code is ${row.state}${held ? ` and message ${row.messageNo} (${row.messageState}) holds it` : ''}`,
        'only a reserved code whose message was never sent can go back to the pool',
      );
    }
    await freeCode(trx, { codeNo: row.codeNo, actor: input.actor, reason: input.reason });
    return { pool: row.pool, changed: true };
  });
}

/** Records that a code was used. Twice changes nothing; a code that nobody was given is refused. */
export async function redeem(
  input: CodeInput & { at?: Date | undefined },
): Promise<{ pool: string; userId: string | null; redeemedAt: Date; changed: boolean }> {
  return input.db.transaction(async (trx) => {
    const row = await lockedCode(trx, input);
    const known = { pool: row.pool, userId: row.userId };
    if (row.state === 'redeemed' && row.redeemedAt) return { ...known, redeemedAt: row.redeemedAt, changed: false };
    if (row.state === 'void' || (row.state === 'free' && !row.test)) {
      throw new RecallwaveError(
        'BadInput',
        `the code is ${row.state}: nobody was given it`,
        'check the code; a code that was shared before it was sent should be replaced in its pool',
      );
    }
    const at = input.at ?? new Date();
    await redeemCode(trx, { codeNo: row.codeNo, at, actor: input.actor });
    return { ...known, redeemedAt: at, changed: true };
  });
}

/** A new code of a pool for trying things out: no wave gives it out and no figure counts it. */
export async function testCode(input: {
  db: Knex;
  pool: string;
  actor: Actor;
}): Promise<{ pool: string; code: string }> {
  const pool = await findPool(input.db, input.pool);
  if (!pool) {
    const names = (await listPools(input.db)).map((row) => row.pool);
    throw new RecallwaveError(
      'NotFound',
      `there is no pool "${input.pool}"`,
      names.length > 0 ? `there are: ${names.join(', ')}` : 'import codes with `recallwave import coupons FILE`',
    );
  }
  for (;;) {
    const random = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const code = `TEST-${random}`;
    if (await addTestCode(input.db, { pool: pool.pool, code, actor: input.actor })) return { pool: pool.pool, code };
  }
}
