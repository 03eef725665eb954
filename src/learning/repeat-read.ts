import { RecallwaveError } from '../domain/failures.ts';
import type { CampaignRead } from '../domain/read.ts';
import { readExperiment } from '../experiments/read/read-experiment.ts';
import type { Db } from '../db/connect.ts';
import { findRead } from '../db/queries/reads.ts';

/** A stored read beside what its stored inputs give today. */
export interface RepeatedRead {
  readNo: number;
  /** The same to the last digit. */
  same: boolean;
  /** Where they differ, as paths such as `contrasts.0.p`, at most 20: another release may compute something otherwise. */
  differences: string[];
  stored: CampaignRead;
  repeated: CampaignRead;
}

const MOST_DIFFERENCES = 20;

/** Computes a stored read again from its stored inputs, whatever has come in since. Throws RecallwaveError NotFound. */
export async function repeatRead({ db, readNo }: { db: Db; readNo: number }): Promise<RepeatedRead> {
  const found = await findRead(db, readNo);
  if (found === null) {
    throw new RecallwaveError(
      'NotFound',
      `there is no read ${readNo}`,
      'see the reads of a campaign with `recallwave results CAMPAIGN --list`',
    );
  }
  // Through JSON, as the stored one has gone: it has no -0 and no undefined.
  const repeated = JSON.parse(JSON.stringify(readExperiment(found.inputs))) as CampaignRead;
  const differences = differing(found.result, repeated, []).slice(0, MOST_DIFFERENCES);
  return { readNo, same: differences.length === 0, differences, stored: found.result, repeated };
}

function differing(a: unknown, b: unknown, path: readonly string[]): string[] {
  if (!isBranch(a) || !isBranch(b)) return a === b ? [] : [path.join('.')];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differing(a[key], b[key], [...path, key]));
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
