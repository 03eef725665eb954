import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';

/** A code that is marked as test in a pool; null where the pool has none. Nothing is reserved. */
export async function testCode(db: Db, pool: string): Promise<string | null> {
  const [found] = await rows<{ code: string }>(
    db,
    sql`select code from coupon_codes where pool = ${pool} and test order by code_no limit 1`,
  );
  return found?.code ?? null;
}

/** Those of the addresses (e-mail in any case, or E.164) that belong to imported users. */
export async function addressesOfUsers(
  db: Db,
  input: { channel: 'email' | 'sms'; addresses: readonly string[] },
): Promise<string[]> {
  const column = raw(input.channel === 'email' ? 'lower(u.email)' : 'u.phone');
  const found = await rows<{ address: string }>(
    db,
    sql`select a.address from unnest(${[...input.addresses]}::text[]) as a(address)
      where exists (select from users u where ${column} = ${raw(input.channel === 'email' ? 'lower(a.address)' : 'a.address')})`,
  );
  return found.map((row) => row.address);
}
