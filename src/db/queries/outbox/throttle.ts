import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';

/** Tokens of a provider for at most `wanted` messages, and how long until there are more. */
export interface Grant {
  tokens: number;
  waitMs: number;
  /** False where the provider has no rate: tokens that nobody needs aren't put back. */
  limited: boolean;
}

/**
 * Takes up to `wanted` tokens, one per message, from the bucket that all workers share; it holds one second's worth. The rate
 * is the one set for the provider, else `ratePerS`; none: no limit. One statement, so that workers take turns on the row.
 */
export async function takeTokens(
  db: Db,
  input: { provider: string; ratePerS: number | null; wanted: number },
): Promise<Grant> {
  const [set] = await rows<{ rate_per_s: number | null }>(
    db,
    sql`select rate_per_s from provider_throttles where provider = ${input.provider}`,
  );
  const rate = set?.rate_per_s ?? input.ratePerS;
  if (rate === null) return { tokens: input.wanted, waitMs: 0, limited: false };
  if (!set) await addProvider(db, input.provider);
  const [row] = await rows<{ granted: number }>(
    db,
    sql`with bucket as (
        select provider, least(greatest(${rate}::float8, 1),
          tokens + ${rate}::float8 * greatest(extract(epoch from clock_timestamp() - refilled_at), 0)) as level
        from provider_throttles where provider = ${input.provider} for update)
      update provider_throttles t set tokens = b.level - least(floor(b.level), ${input.wanted}::float8),
        refilled_at = clock_timestamp()
      from bucket b where t.provider = b.provider
      returning least(floor(b.level), ${input.wanted}::float8)::int as granted`,
  );
  const granted = row?.granted ?? 0;
  return { tokens: granted, waitMs: granted > 0 ? 0 : Math.ceil(1000 / rate), limited: true };
}

async function addProvider(db: Db, provider: string): Promise<void> {
  await rows(db, sql`insert into provider_throttles (provider) values (${provider}) on conflict do nothing`);
}

/** Puts back tokens that no message needed. */
export async function returnTokens(db: Db, input: { provider: string; tokens: number }): Promise<void> {
  await rows(
    db,
    sql`update provider_throttles set tokens = tokens + ${input.tokens} where provider = ${input.provider}`,
  );
}

/** Stops a provider until somebody resumes it; false where it was stopped already. `why`: our words and codes only. */
export async function stopProvider(db: Db, input: { provider: string; why: string }): Promise<boolean> {
  const stopped = await rows(
    db,
    sql`insert into provider_throttles (provider, stopped_at, stopped_why) values (${input.provider}, now(), ${input.why})
      on conflict (provider) do update set stopped_at = now(), stopped_why = excluded.stopped_why
        where provider_throttles.stopped_at is null
      returning provider`,
  );
  return stopped.length > 0;
}
