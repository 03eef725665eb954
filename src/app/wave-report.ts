import type { Knex } from 'knex';
import { loadVersion } from '../db/queries/campaigns.ts';
import { listKillSwitches } from '../db/queries/kill-switches.ts';
import { stepSizes } from '../db/queries/proof.ts';
import { recordedGroups, type RecordedGroupCount } from '../db/queries/recorded-groups.ts';
import { listWaves, type WaveRow } from '../db/queries/waves.ts';
import { messageCountsOf, wayCountsOf, type MessageCountRow, type WayCountRow } from '../db/queries/wave-counts.ts';
import { couponStates } from '../db/queries/ways.ts';
import { forecastWave, type ChannelForecast } from './forecast.ts';
import { namedCampaign } from './named.ts';
import {
  armCounts,
  channelCounts,
  heldOutOf,
  unsentReasons,
  waterfallOf,
  type ArmCounts,
  type ChannelCounts,
  type WaterfallRung,
} from './wave-report/funnel.ts';

/** One step of a wave. */
export interface StepReport {
  step: number;
  audience: number;
  /** In shards that aren't planned yet. */
  notPlanned: number;
  waterfall: WaterfallRung[];
  heldOut: ReturnType<typeof heldOutOf>;
  arms: ArmCounts[];
  channels: ChannelCounts[];
  unsent: ReturnType<typeof unsentReasons>;
}

/** A wave as `wave show` tells it. Costs in minor units of `currency`. */
export interface WaveReport {
  wave: WaveRow;
  currency: string | null;
  /** Why nothing is sent just now although the wave runs. */
  killed: string | null;
  /** The groups of a recorded experiment, which has no steps; null for a wave of one's own. */
  recorded: RecordedGroupCount[] | null;
  steps: StepReport[];
  coupons: { pool: string; state: string; codes: number }[];
  cost: { reservedMinor: number };
  forecast: ChannelForecast[];
}

/** Everything that the rows say about a wave. Changes nothing. */
export async function waveReport(input: { db: Knex; wave: WaveRow; now: Date }): Promise<WaveReport> {
  const { db, wave, now } = input;
  const [ways, messages] = [await wayCountsOf(db, wave.waveNo), await messageCountsOf(db, wave.waveNo)];
  const sizes = await stepSizes(db, wave.waveNo);
  const version = wave.version === null ? {} : { version: wave.version };
  const loaded = await loadVersion(db, { campaignId: wave.campaignId, ...version });
  const kills = await listKillSwitches(db);
  const kill = kills.find((one) => one.campaignId === null || one.campaignId === wave.campaignId);
  return {
    wave,
    currency: loaded?.campaign.currency ?? null,
    killed: kill?.reason ?? null,
    recorded: wave.trigger === 'recorded' ? await recordedGroups(db, wave) : null,
    steps: sizes.map((size) => stepReport(size, { ways, messages })),
    coupons: await couponStates(db, wave.waveNo),
    cost: { reservedMinor: wave.reservedMinor },
    forecast: await forecastWave({ db, waveNo: wave.waveNo, now }),
  };
}

function stepReport(
  size: { step: number; planned: number; unplanned: number },
  all: { ways: readonly WayCountRow[]; messages: readonly MessageCountRow[] },
): StepReport {
  const ways = all.ways.filter((row) => row.step === size.step);
  const messages = all.messages.filter((row) => row.step === size.step);
  return {
    step: size.step,
    audience: size.planned + size.unplanned,
    notPlanned: size.unplanned,
    waterfall: waterfallOf(ways),
    heldOut: heldOutOf(ways),
    arms: armCounts(ways, messages),
    channels: channelCounts(messages),
    unsent: unsentReasons(messages),
  };
}

/** The newest waves first, of one campaign (checked) or of all. */
export async function waves(input: { db: Knex; campaignId?: string | undefined; limit: number }): Promise<WaveRow[]> {
  if (input.campaignId !== undefined) await namedCampaign(input.db, input.campaignId);
  return listWaves(input.db, input);
}
