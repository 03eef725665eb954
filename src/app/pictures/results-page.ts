import type { GoalProgress } from '../../domain/goals.ts';
import type { CampaignRead } from '../../domain/read.ts';
import { toldRead } from '../languages/told-pages.ts';
import { pictureDocument } from './drawing/document.ts';
import { countText } from './drawing/figures.ts';
import { html, type Markup } from './drawing/html.ts';
import { timeText } from './drawing/time-text.ts';
import { armsSections } from './results/arms.ts';
import { goalsSection } from './results/goals.ts';
import { harmSection } from './results/harm.ts';
import { moneySection } from './results/money.ts';
import { notesSection, statisticsSection } from './results/notes.ts';
import { noveltySection } from './results/novelty.ts';
import type { ResultsScene } from './results/results-scene.ts';
import { slicesSection } from './results/slices.ts';
import { trustSection } from './results/trust.ts';
import { verdictSection } from './results/verdict.ts';
import { wordsOf, type PictureLanguage } from './words/words.ts';

/** What the page shows beside the read. */
export interface ResultsExtra {
  /** The campaign's name in the page's language; null: its id. */
  name: string | null;
  language?: PictureLanguage;
  goals?: readonly GoalProgress[];
  /** The stored read, and the command that computes it again; null: it was not stored. */
  repeat: { readNo: number; command: string } | null;
}

/** A read as one self-contained HTML page, in the order in which people ask: trust, verdict, arms, money, harm, the rest. */
export function resultsPage(found: CampaignRead, extra: ResultsExtra): string {
  const language = extra.language ?? 'en';
  const read = toldRead(found, language);
  const words = wordsOf(language);
  const scene = { read, words };
  const title = words.resultsOf(extra.name ?? read.campaignId);
  const anybody = read.groups.some((group) => group.entries > 0);
  const body = html`${heading(scene, title, extra)}${trustSection(scene)}${verdictSection(scene)}${
    anybody && [
      ...armsSections(scene),
      moneySection(scene),
      harmSection(scene),
      slicesSection(scene),
      noveltySection(scene),
    ]
  }${goalsSection(words, extra.goals ?? [])}${notesSection(scene, extra.repeat)}${anybody && statisticsSection(scene)}`;
  return pictureDocument({ language, title, body });
}

function heading({ read, words }: ResultsScene, title: string, extra: ResultsExtra): Markup {
  const facts: [string, string][] = [
    [words.campaign, read.campaignId],
    [words.version, String(read.version)],
    [words.asOf, timeText(read.asOf)],
    [words.entries, countText(read.entries)],
    ...(read.explorationEntries > 0
      ? [[words.exploration, countText(read.explorationEntries)] as [string, string]]
      : []),
    ...(extra.repeat ? [[words.read, String(extra.repeat.readNo)] as [string, string]] : []),
  ];
  return html`<header><h1>${title}</h1></header>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl> `;
}
