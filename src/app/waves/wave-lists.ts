import type { Knex } from 'knex';
import {
  messagesAfter,
  wavesBefore,
  waysAfter,
  type MessageFilter,
  type MessageLine,
  type WaveFilter,
  type WayFilter,
  type WayLine,
} from '../../db/queries/wave-pages.ts';
import type { WaveRow } from '../../db/queries/waves.ts';
import { namedCampaign } from '../named.ts';
import { mustFindWave } from './wave-view.ts';

/** Waves before a number (null: from the newest), newest first. Throws NotFound for an unknown campaign. */
export async function pageOfWaves(
  db: Knex,
  input: WaveFilter & { beforeNo: number | null; limit: number },
): Promise<WaveRow[]> {
  if (input.campaignId !== undefined) await namedCampaign(db, input.campaignId);
  return wavesBefore(db, input);
}

/** The users behind a number of a wave, by step and user number. Throws NotFound. */
export async function pageOfWays(
  db: Knex,
  input: WayFilter & { waveNo: number; after: { step: number; userNo: number } | null; limit: number },
): Promise<WayLine[]> {
  await mustFindWave(db, input.waveNo);
  return waysAfter(db, input);
}

/** Messages of a wave with the evidence of their last attempt, by number. Throws NotFound. */
export async function pageOfMessages(
  db: Knex,
  input: MessageFilter & { waveNo: number; afterNo: number; limit: number },
): Promise<MessageLine[]> {
  await mustFindWave(db, input.waveNo);
  return messagesAfter(db, input);
}
