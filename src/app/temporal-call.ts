import type { Client } from '@temporalio/client';
import { UnreachableError } from '../domain/failures.ts';

const ANSWER_WITHIN_MS = 10_000;
/** gRPC's DEADLINE_EXCEEDED and UNAVAILABLE. */
const SILENT = [4, 14];

/** Asks Temporal, for ten seconds at most. Throws UnreachableError where it is not there or went away. */
export async function withTemporal<T>(
  temporal: () => Promise<Client>,
  call: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await temporal();
  try {
    return await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => call(client));
  } catch (error) {
    if (!isSilence(error)) throw error;
    throw new UnreachableError('Temporal does not answer', 'check that it is running and try again');
  }
}

function isSilence(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((one) => SILENT.includes(Number(one ?? Number.NaN)));
}
