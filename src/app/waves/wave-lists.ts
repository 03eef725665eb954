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
import { statesOf, type MessageFate } from '../wave-report/funnel.ts';
import { mustFindWave, returnEventsOf } from './wave-view.ts';

/** Waves before a number (null: from the newest), newest first. Throws NotFound for an unknown campaign. */
export async function pageOfWaves(
  db: Knex,
  input: WaveFilter & { beforeNo: number | null; limit: number },
): Promise<WaveRow[]> {
  if (input.campaignId !== undefined) await namedCampaign(db, input.campaignId);
  return wavesBefore(db, input);
}

/** What became of users until a moment, by the return events of the version that the wave ran. */
export interface OutcomeWish {
  kind: 'returned' | 'window_open';
  asOf: Date;
}

/** The users behind a number of a wave, by step and user number. Throws NotFound. */
export async function pageOfWays(
  db: Knex,
  input: Omit<WayFilter, 'outcome'> & {
    waveNo: number;
    after: { step: number; userNo: number } | null;
    limit: number;
    outcome?: OutcomeWish | undefined;
  },
): Promise<WayLine[]> {
  const { outcome, ...filter } = input;
  const wave = await mustFindWave(db, input.waveNo);
  if (outcome === undefined) return waysAfter(db, filter);
  const { kind, asOf } = outcome;
  if (kind === 'window_open') return waysAfter(db, { ...filter, outcome: { kind, asOf } });
  return waysAfter(db, { ...filter, outcome: { kind, asOf, returnEvents: await returnEventsOf(db, wave) } });
}

/** Messages of a wave with the evidence of their last attempt, by number. Throws NotFound. */
export async function pageOfMessages(
  db: Knex,
  input: Omit<MessageFilter, 'states'> & {
    waveNo: number;
    afterNo: number;
    limit: number;
    fate?: MessageFate | undefined;
  },
): Promise<MessageLine[]> {
  const { fate, ...filter } = input;
  await mustFindWave(db, input.waveNo);
  return messagesAfter(db, { ...filter, ...(fate !== undefined && { states: statesOf(fate) }) });
}
