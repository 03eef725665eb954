import type { Knex } from 'knex';
import { loadVersion, type LoadedVersion } from '../db/queries/campaigns.ts';
import { messageCounts, wavesOfPeriod, wayCounts, type LookBack } from '../db/queries/retrospective.ts';
import type { WaveRow } from '../db/queries/waves.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { GoalProgress } from '../domain/goals.ts';
import { goalProgress } from './goals.ts';
import type { Language } from './languages/tell.ts';
import { namedCampaign } from './named.ts';
import {
  blockedOf,
  channelLines,
  funnelOf,
  reasonLines,
  unsentOf,
  type ChannelLine,
  type Funnel,
  type ReasonLine,
} from './retrospective/lines.ts';
import { outcomesOf } from './retrospective/outcomes.ts';
import { tell } from './retrospective/sentences.ts';
import { rankTexts, type TextLine } from './retrospective/texts.ts';
import { waterfallOf, type WaterfallRung } from './wave-report/funnel.ts';
import { mustFindWave } from './waves/wave-view.ts';

const LONGEST_DAYS = 366;
const WAVES_SHOWN = 200;
const DAY_MS = 86_400_000;

/** A wave or a period looked back on (L7): goals against plan, funnel, channels, reasons, texts. Money in minor units. */
export interface Retrospective {
  from: string;
  to: string;
  campaignId: string | null;
  /** Newest first, at most 200 of `waveCount`. */
  waves: WaveRow[];
  waveCount: number;
  /** Null where campaigns of several currencies are in it; the cost is then null too. */
  currency: string | null;
  costMinor: number | null;
  sentences: string[];
  funnel: Funnel;
  waterfall: WaterfallRung[];
  blocked: { rung: string; reason: string; users: number }[];
  churnReasons: ReasonLine[];
  channels: ChannelLine[];
  unsent: { reason: string; users: number }[];
  goals: { campaignId: string; goals: GoalProgress[] }[];
  texts: TextLine[];
}

interface Asked {
  db: Knex;
  now: Date;
  language: Language;
}

/** Looks back on one wave. Throws NotFound. */
export async function retrospectiveOfWave(input: Asked & { waveNo: number }): Promise<Retrospective> {
  const { waveNo, campaignId, localDate } = await mustFindWave(input.db, input.waveNo);
  return lookBack(input, { from: localDate, to: localDate, campaignId, waveNo });
}

/** Looks back on the waves of a period, of a campaign or of all. Throws NotFound and BadInput. */
export async function retrospectiveOfPeriod(
  input: Asked & { from: string; to: string; campaignId?: string | undefined },
): Promise<Retrospective> {
  const { db, from, to } = input;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days < 0 || days > LONGEST_DAYS) {
    throw new RecallwaveError(
      'BadInput',
      `${from} to ${to} is no period of up to ${LONGEST_DAYS} days`,
      'name the earlier date first, at most a year before the later one',
    );
  }
  const campaignId = input.campaignId === undefined ? undefined : await namedCampaign(db, input.campaignId);
  return lookBack(input, { from, to, campaignId });
}

async function lookBack({ db, now, language }: Asked, period: LookBack): Promise<Retrospective> {
  const waves = await wavesOfPeriod(db, period);
  const waveNos = waves.map((wave) => wave.waveNo);
  const versions = await versionsOf(db, waves);
  const found = await outcomesOf(db, { waveNos, versions, now });
  const [ways, messages] = [await wayCounts(db, waveNos), await messageCounts(db, waveNos)];
  const funnel = funnelOf({ ways, sides: found.sides, reached: found.reached });
  const goals = await goalsOf(db, { waves, asOf: endOf(period.to, now) });
  const texts = rankTexts(found.texts, newestOf(versions));
  const blocked = blockedOf(ways);
  const channels = channelLines(messages);
  const currencies = new Set(versions.map(({ campaign }) => campaign.currency));
  const sum = (of: (line: ChannelLine) => number): number => channels.reduce((total, line) => total + of(line), 0);
  return {
    from: period.from,
    to: period.to,
    campaignId: period.campaignId ?? null,
    waves: waves.slice(0, WAVES_SHOWN),
    waveCount: waves.length,
    currency: currencies.size === 1 ? ([...currencies][0] ?? null) : null,
    costMinor: currencies.size > 1 ? null : sum((line) => line.costMinor),
    sentences: tell(
      {
        ...funnel,
        waves: waves.length,
        mostBlocked: blocked[0] ?? null,
        failed: sum((line) => line.failed),
        unknown: sum((line) => line.unknown),
        goals: goals.flatMap((one) => one.goals),
        best: texts[0] ?? null,
      },
      language,
    ),
    funnel,
    waterfall: waterfallOf(ways),
    blocked,
    churnReasons: reasonLines(found.byReason),
    channels,
    unsent: unsentOf(messages),
    goals,
    texts,
  };
}

/** Every version that one of the waves ran. */
async function versionsOf(db: Knex, waves: readonly WaveRow[]): Promise<LoadedVersion[]> {
  const ran = new Map(waves.map(({ campaignId, version }) => [`${campaignId}/${version}`, { campaignId, version }]));
  const loaded: LoadedVersion[] = [];
  for (const { campaignId, version } of ran.values()) {
    const found = version === null ? null : await loadVersion(db, { campaignId, version });
    if (found) loaded.push(found);
  }
  return loaded;
}

function newestOf(versions: readonly LoadedVersion[]): LoadedVersion[] {
  return versions.toSorted((a, b) => b.version - a.version);
}

async function goalsOf(
  db: Knex,
  { waves, asOf }: { waves: readonly WaveRow[]; asOf: Date },
): Promise<Retrospective['goals']> {
  const found: Retrospective['goals'] = [];
  for (const campaignId of [...new Set(waves.map((wave) => wave.campaignId))].toSorted()) {
    const goals = await goalProgress({ db, campaignId, asOf });
    if (goals.length > 0) found.push({ campaignId, goals });
  }
  return found;
}

/** The last moment of a UTC date, but not ahead of the clock. */
function endOf(date: string, now: Date): Date {
  return new Date(Math.min(Date.parse(date) + DAY_MS - 1, now.getTime()));
}
