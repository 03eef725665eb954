import type { LoadedVersion } from '../../db/queries/campaigns.ts';
import type { TextCounts } from '../../db/queries/retrospective.ts';
import type { ChannelName } from '../../domain/words.ts';
import { contentKey, type StoredContents } from '../../templates/facts.ts';
import { shareOf, type Share } from './shares.ts';

/** A text that was sent, by what its receivers did. */
export interface TextLine {
  campaignId: string;
  action: string;
  arm: string;
  step: number;
  channel: ChannelName;
  /** As the version in force has it, in the campaign's first language; null where it has the text no more. */
  subject: string | null;
  sent: number;
  clicked: Share;
  returned: Share;
  reachedGoal: Share;
  /** Its interval of returns lies above that of every other text of the same campaign, action, step and channel. */
  isClear: boolean;
}

const TEXTS_SHOWN = 50;

/** Texts, best first by the lower end of their rate of returns: a lucky few don't lead. */
export function rankTexts(counts: readonly TextCounts[], versions: readonly LoadedVersion[]): TextLine[] {
  const lines = counts.map(({ clicked, returned, reached, ...text }) => ({
    ...text,
    subject: subjectOf(text, versions),
    clicked: shareOf(clicked, text.sent),
    returned: shareOf(returned, text.sent),
    reachedGoal: shareOf(reached, text.sent),
  }));
  return lines
    .map((line) => ({ ...line, isClear: leads(line, rivalsOf(line, lines)) }))
    .toSorted((a, b) => (b.returned.rate?.low ?? 0) - (a.returned.rate?.low ?? 0))
    .slice(0, TEXTS_SHOWN);
}

type Ranked = Omit<TextLine, 'isClear'>;

function rivalsOf(line: Ranked, all: readonly Ranked[]): Ranked[] {
  const place = ({ campaignId, action, step, channel }: Ranked): string =>
    [campaignId, action, step, channel].join('/');
  return all.filter((one) => one !== line && place(one) === place(line));
}

function leads(line: Ranked, rivals: readonly Ranked[]): boolean {
  const low = line.returned.rate?.low ?? 0;
  return rivals.length > 0 && rivals.every((rival) => low > (rival.returned.rate?.high ?? 1));
}

function subjectOf(
  text: Pick<TextLine, 'campaignId' | 'action' | 'arm' | 'step' | 'channel'>,
  versions: readonly LoadedVersion[],
): string | null {
  const loaded = versions.find((one) => one.campaignId === text.campaignId);
  const content = loaded?.contents[contentKey(text)];
  const locale = loaded?.campaign.locales[0];
  return content === undefined || locale === undefined ? null : (title(content, text.channel, locale) ?? null);
}

function title(content: StoredContents[string], channel: ChannelName, locale: string): string | undefined {
  switch (channel) {
    case 'email':
      return content.email?.[locale]?.subject;
    case 'sms':
      return content.sms?.[locale]?.text;
    case 'push':
      return content.push?.[locale]?.title;
    case 'task':
      return content.task?.[locale]?.title;
  }
}
