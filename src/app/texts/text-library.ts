import type { Db } from '../../db/connect.ts';
import { loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { textFigures, versionsOf, type TextFigures } from '../../db/queries/text-figures.ts';
import type { ChannelName } from '../../domain/words.ts';
import { wilson } from '../../experiments/proportions.ts';
import { createRenderer } from '../../templates/render.ts';
import { namedCampaign } from '../named.ts';
import { textsOf, type WrittenText } from './written-texts.ts';

/** A rate with Wilson's 95 % interval. */
export interface RateInterval {
  value: number;
  lo: number;
  hi: number;
}

/** One text of a campaign, the same word by word in `versions`, and how it did. */
export interface TextLine extends WrittenText {
  campaignId: string;
  /** The newest of `versions`. */
  version: number;
  versions: number[];
  sent: number;
  accepted: number;
  clicked: number;
  /** null: nothing was accepted. */
  clickRate: RateInterval | null;
  goals: number;
  goalRate: RateInterval | null;
}

type Sums = Pick<TextFigures, 'sent' | 'accepted' | 'clicked' | 'goals'>;

/**
 * Every text of a campaign's published versions, those that were accepted most first, with what its receivers did in the waves of
 * a period (local dates, both included). Rates describe; whom a text was sent to differs. Throws NotFound.
 */
export async function textLibrary(
  db: Db,
  input: { campaignId: string; from: string; to: string },
): Promise<TextLine[]> {
  const campaignId = await namedCampaign(db, input.campaignId);
  const versions: LoadedVersion[] = [];
  for (const version of await versionsOf(db, campaignId)) {
    const loaded = await loadVersion(db, { campaignId, version });
    if (loaded) versions.push(loaded);
  }
  const goals = versions.map(({ version, campaign }) => ({ version, event: campaign.goal.event }));
  const figures = await textFigures(db, { ...input, campaignId, goals });
  const byPlace = new Map<string, Sums>();
  const pickers = new Map(
    versions.map(({ version, campaign, contents }) => [
      version,
      createRenderer({ contents, locales: campaign.locales }),
    ]),
  );
  for (const row of figures) {
    const locale = pickers.get(row.version)?.pickLocale(row.locale) ?? '';
    const key = placeKey({ ...row, locale });
    byPlace.set(key, added(byPlace.get(key) ?? NOTHING, row));
  }
  const lines = new Map<string, { text: WrittenText; versions: number[]; sums: Sums }>();
  for (const { version, campaign, contents } of versions) {
    for (const text of textsOf(campaign, contents)) {
      const key = JSON.stringify(text);
      const line = lines.get(key) ?? { text, versions: [], sums: NOTHING };
      line.versions.push(version);
      line.sums = added(line.sums, byPlace.get(placeKey({ ...text, version })) ?? NOTHING);
      lines.set(key, line);
    }
  }
  return [...lines.values()].map((line) => told(campaignId, line)).toSorted((a, b) => b.accepted - a.accepted);
}

const NOTHING: Sums = { sent: 0, accepted: 0, clicked: 0, goals: 0 };

function placeKey(at: {
  version: number;
  step: number;
  action: string;
  arm: string;
  channel: ChannelName;
  locale: string;
}): string {
  return JSON.stringify([at.version, at.step, at.action, at.arm, at.channel, at.locale]);
}

function added(a: Sums, b: Sums): Sums {
  return {
    sent: a.sent + b.sent,
    accepted: a.accepted + b.accepted,
    clicked: a.clicked + b.clicked,
    goals: a.goals + b.goals,
  };
}

function told(
  campaignId: string,
  { text, versions, sums }: { text: WrittenText; versions: number[]; sums: Sums },
): TextLine {
  const { accepted, clicked, goals } = sums;
  return {
    ...text,
    campaignId,
    version: versions.at(-1) ?? 0,
    versions,
    ...sums,
    clickRate: rateOf(clicked, accepted),
    goalRate: rateOf(goals, accepted),
  };
}

function rateOf(converted: number, entries: number): RateInterval | null {
  if (entries === 0) return null;
  const { low, high } = wilson({ converted, entries });
  return { value: converted / entries, lo: low, hi: high };
}
