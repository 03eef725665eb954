/** How often and when a definite no is tried again. */
export interface RetryPolicy {
  /** Delay after the first try; it doubles with each further one. */
  baseMs: number;
  maxMs: number;
  /** Tries after which a message fails for good. */
  maxAttempts: number;
}

/** About four hours of patience, as mail servers ask for; a message's own not-after may end it sooner. */
export const RETRY: RetryPolicy = { baseMs: 15_000, maxMs: 3_600_000, maxAttempts: 12 };

/**
 * Milliseconds until try `attempts + 1`; null: give up. A provider's Retry-After is never undercut. `spread` in [0, 1) moves
 * the delay by up to a fifth, so that a refused batch does not come back as one.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  input: { attempts: number; retryAfterMs?: number | undefined; spread: number },
): number | null {
  if (input.attempts >= policy.maxAttempts) return null;
  const delay = Math.min(policy.baseMs * 2 ** (input.attempts - 1), policy.maxMs);
  return Math.round(Math.max(delay, input.retryAfterMs ?? 0) * (1 + input.spread / 5));
}
