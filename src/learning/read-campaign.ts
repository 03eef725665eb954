import type { Actor } from '../domain/actor.ts';
import type { ReadDimension, ReadInputs } from '../domain/read-inputs.ts';
import type { CampaignRead } from '../domain/read.ts';
import { readExperiment } from '../experiments/read/read-experiment.ts';
import type { Db } from '../db/connect.ts';
import { loadReadInputs } from '../db/queries/read-inputs/load-read-inputs.ts';
import { insertRead } from '../db/queries/reads.ts';

/** A read as it was made and stored. */
export interface StoredCampaignRead {
  readNo: number;
  read: CampaignRead;
  inputs: ReadInputs;
}

/** Reads a campaign at `asOf` and stores the read with the aggregates that it was computed from. Throws RecallwaveError NotFound. */
export async function readCampaign(input: {
  db: Db;
  campaignId: string;
  asOf: Date;
  by: ReadDimension | null;
  actor: Actor;
}): Promise<StoredCampaignRead> {
  const { db, campaignId, asOf, by, actor } = input;
  const inputs = await loadReadInputs(db, { campaignId, asOf, by });
  const read = readExperiment(inputs);
  const readNo = await insertRead(db, { campaignId, asOf, inputs, result: read, actor });
  return { readNo, read, inputs };
}
