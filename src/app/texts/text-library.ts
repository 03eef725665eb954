import type { Db } from '../../db/connect.ts';
import { listCampaigns, loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
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

/** One text of a campaign, the same word by word in `versions`, and how it did. Rates are of the accepted; null: there are none. */
export interface TextLine extends WrittenText {
  campaignId: string;
  /** The newest of `versions`. */
  version: number;
  versions: number[];
  /** Whether the campaign's version in force has it. */
  inForce: boolean;
  sent: number;
  accepted: number;
  clicked: number;
  clickRate: RateInterval | null;
  returned: number;
  returnRate: RateInterval | null;
  goals: number;
  goalRate: RateInterval | null;
  unsubscribed: number;
  unsubscribeRate: RateInterval | null;
}

/** Which texts; without a campaign those of all. */
export interface TextWish {
  campaignId?: string | undefined;
  channel?: ChannelName | undefined;
  locale?: string | undefined;
  from: string;
  to: string;
}

const FIGURES = ['sent', 'accepted', 'clicked', 'returned', 'goals', 'unsubscribed'] as const;
type Sums = Record<(typeof FIGURES)[number], number>;

/**
 * Every text of the published versions, those that were accepted most first, with what its receivers did in the waves of
 * a period (local dates, both included). Rates describe; whom a text was sent to differs. Throws NotFound.
 */
export async function textLibrary(db: Db, wish: TextWish): Promise<TextLine[]> {
  const inForce = await versionsInForce(db, wish.campaignId);
  const versions = await loadVersions(db, [...inForce.keys()]);
  const sums = await sumsByPlace(db, versions, wish);
  const lines = new Map<string, TextLine>();
  for (const { campaignId, version, campaign, contents } of versions) {
    for (const text of textsOf(campaign, contents)) {
      if (wish.channel !== undefined && text.channel !== wish.channel) continue;
      if (wish.locale !== undefined && text.locale !== wish.locale) continue;
      const key = JSON.stringify([campaignId, text]);
      const before = lines.get(key);
      const here = sums.get(placeKey({ ...text, campaignId, version })) ?? NOTHING;
      lines.set(key, {
        ...text,
        ...rated(added(before ?? NOTHING, here)),
        campaignId,
        version,
        versions: [...(before?.versions ?? []), version],
        inForce: inForce.get(campaignId) === version || (before?.inForce ?? false),
      });
    }
  }
  return [...lines.values()].toSorted((a, b) => b.accepted - a.accepted);
}

async function versionsInForce(db: Db, campaignId: string | undefined): Promise<Map<string, number>> {
  const only = campaignId === undefined ? undefined : await namedCampaign(db, campaignId);
  const campaigns = await listCampaigns(db);
  return new Map(
    campaigns
      .filter((campaign) => only === undefined || campaign.campaignId === only)
      .map((campaign) => [campaign.campaignId, campaign.version]),
  );
}

/** Oldest first. */
async function loadVersions(db: Db, campaignIds: readonly string[]): Promise<LoadedVersion[]> {
  const versions: LoadedVersion[] = [];
  for (const campaignId of campaignIds) {
    for (const version of await versionsOf(db, campaignId)) {
      const loaded = await loadVersion(db, { campaignId, version });
      if (loaded) versions.push(loaded);
    }
  }
  return versions;
}

/** Figures by place; receivers are counted at the locale that their text was picked in. */
async function sumsByPlace(
  db: Db,
  versions: readonly LoadedVersion[],
  { from, to }: TextWish,
): Promise<Map<string, Sums>> {
  const events = versions.map(({ campaignId, version, campaign: { goal, returnEvents } }) => ({
    campaignId,
    version,
    goal: goal.event,
    returns: returnEvents,
  }));
  const pickers = new Map(
    versions.map(({ campaignId, version, campaign, contents }) => [
      `${campaignId}/${version}`,
      createRenderer({ contents, locales: campaign.locales }),
    ]),
  );
  const sums = new Map<string, Sums>();
  for (const row of await textFigures(db, { from, to, versions: events })) {
    const locale = pickers.get(`${row.campaignId}/${row.version}`)?.pickLocale(row.locale) ?? '';
    const key = placeKey({ ...row, locale });
    sums.set(key, added(sums.get(key) ?? NOTHING, row));
  }
  return sums;
}

const NOTHING: Sums = { sent: 0, accepted: 0, clicked: 0, returned: 0, goals: 0, unsubscribed: 0 };

type Place = Pick<TextFigures, 'campaignId' | 'version' | 'step' | 'action' | 'arm' | 'channel'> & { locale: string };

function placeKey(at: Place): string {
  return JSON.stringify([at.campaignId, at.version, at.step, at.action, at.arm, at.channel, at.locale]);
}

function added(a: Sums, b: Sums): Sums {
  return Object.fromEntries(FIGURES.map((figure) => [figure, a[figure] + b[figure]])) as Sums;
}

function rated(sums: Sums): Sums & Pick<TextLine, 'clickRate' | 'returnRate' | 'goalRate' | 'unsubscribeRate'> {
  const { accepted, clicked, returned, goals, unsubscribed } = sums;
  return {
    ...sums,
    clickRate: rateOf(clicked, accepted),
    returnRate: rateOf(returned, accepted),
    goalRate: rateOf(goals, accepted),
    unsubscribeRate: rateOf(unsubscribed, accepted),
  };
}

function rateOf(converted: number, entries: number): RateInterval | null {
  if (entries === 0) return null;
  const { low, high } = wilson({ converted, entries });
  return { value: converted / entries, lo: low, hi: high };
}
