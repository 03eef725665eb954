import { randomInt } from 'node:crypto';
import { minorUnits } from '../../domain/money.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import type { PlanContext, UserRange } from './context.ts';
import type { Supplies } from './walk.ts';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 10;

function newCode(prefix: string): string {
  return prefix + Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function pools(context: PlanContext): string[] {
  return [...new Set(context.offers.flatMap((offer) => (offer.pool === null ? [] : [offer.pool])))].toSorted();
}

/** Fills a generated pool so that `wanted` codes are free. */
async function topUp(db: Db, pool: { pool: string; prefix: string }, wanted: number): Promise<void> {
  const [{ free } = { free: 0 }] = await rows<{ free: number }>(
    db,
    sql`select count(*)::int as free from (
      select from coupon_codes where pool = ${pool.pool} and state = 'free' and not test limit ${wanted}) f`,
  );
  const missing = wanted - free;
  if (missing <= 0) return;
  const codes = Array.from({ length: missing }, () => newCode(pool.prefix));
  await rows(
    db,
    sql`insert into coupon_codes (pool, code) select ${pool.pool}, c from unnest(${codes}::text[]) c on conflict do nothing`,
  );
}

/** What the campaign's budgets leave, in minor units; locks the campaign's budget row when `lock`. null: no limit. */
export async function budgetLeft(db: Db, context: PlanContext, lock: boolean): Promise<number | null> {
  const { budget, currency, campaign } = context.campaign;
  if (budget.total === undefined && budget.perWave === undefined) return null;
  const suffix = lock ? sql`for update` : sql``;
  const [total] = await rows<{ reserved_minor: number }>(
    db,
    sql`select reserved_minor from campaign_budgets where campaign_id = ${campaign} ${suffix}`,
  );
  const [wave] = await rows<{ reserved_minor: number }>(
    db,
    sql`select reserved_minor from waves where wave_no = ${context.waveNo}`,
  );
  const limits = [
    ...(budget.total === undefined ? [] : [minorUnits(budget.total, currency) - (total?.reserved_minor ?? 0)]),
    ...(budget.perWave === undefined ? [] : [minorUnits(budget.perWave, currency) - (wave?.reserved_minor ?? 0)]),
  ];
  return Math.max(0, Math.min(...limits));
}

/** `used`: what earlier ranges of a rehearsal took without writing it. */
interface SupplyRequest {
  range: UserRange;
  expected: number;
  lock: boolean;
  used?: { minor: number; codes: ReadonlySet<number> };
}

interface PoolRow {
  pool: string;
  kind: string;
  prefix: string;
}

async function freeCodes(
  db: Db,
  { pool, context, wanted, request }: { pool: PoolRow; context: PlanContext; wanted: number; request: SupplyRequest },
): Promise<number[]> {
  if (request.lock && pool.kind === 'generated') await topUp(db, pool, wanted);
  const found = await rows<{ code_no: number }>(
    db,
    sql`select code_no from coupon_codes
      where pool = ${pool.pool} and state = 'free' and not test
        and (expires_at is null or expires_at > ${context.decisionAt})
        and not code_no = any(${[...(request.used?.codes ?? [])]}::bigint[])
      order by code_no limit ${wanted}`,
  );
  // A rehearsal makes no codes: stand-in numbers below zero say how many a generated pool would give.
  const shortfall = !request.lock && pool.kind === 'generated' ? wanted - found.length : 0;
  return [...found.map((row) => row.code_no), ...Array.from({ length: shortfall }, (_, i) => -1 - i)];
}

/**
 * Budget and free codes for a range. With `lock` the pools' rows are locked first, so that two shards never see the same code;
 * the order is pools by name, then the budget (docs/design.md, Locks).
 */
export async function takeSupplies(db: Db, context: PlanContext, request: SupplyRequest): Promise<Supplies> {
  const names = pools(context);
  const wanted = Math.min(request.expected, request.range.to - request.range.from);
  const codes: Supplies['codes'] = [];
  if (names.length > 0) {
    const suffix = request.lock ? sql`for update` : sql``;
    const found = await rows<PoolRow>(
      db,
      sql`select pool, kind, prefix from coupon_pools where pool = any(${names}::text[]) order by pool ${suffix}`,
    );
    for (const pool of found) {
      const free = await freeCodes(db, { pool, context, wanted, request });
      codes.push(...free.map((codeNo) => ({ pool: pool.pool, codeNo })));
    }
  }
  const left = await budgetLeft(db, context, request.lock);
  return { codes, budgetLeftMinor: left === null ? null : Math.max(0, left - (request.used?.minor ?? 0)) };
}

/** Marks the codes of the range's new messages reserved and adds their cost to wave and campaign. */
export async function bookSupplies(
  db: Db,
  context: PlanContext,
  { range, spentMinor }: { range: UserRange; spentMinor: number },
): Promise<void> {
  if (pools(context).length > 0) {
    await rows(
      db,
      sql`update coupon_codes c set state = 'reserved', campaign_id = m.campaign_id, user_no = m.user_no, reserved_at = now()
        from messages m
        where m.wave_no = ${context.waveNo} and m.step = ${context.step}
          and m.user_no >= ${range.from} and m.user_no < ${range.to} and c.code_no = m.code_no and c.state = 'free'`,
    );
  }
  if (spentMinor === 0) return;
  await rows(
    db,
    sql`with wave as (update waves set reserved_minor = reserved_minor + ${spentMinor} where wave_no = ${context.waveNo})
      update campaign_budgets set reserved_minor = reserved_minor + ${spentMinor}
      where campaign_id = ${context.campaign.campaign}`,
  );
}
