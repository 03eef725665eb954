import type { ReadLine, RepeatedRead, ResultsReport } from '../../app/results.ts';
import type { CampaignRead } from '../../domain/read.ts';
import { armsText, secondaryText } from './results-arms.ts';
import { guardrailsText, moneyText } from './results-money.ts';
import { slicesText } from './results-slices.ts';
import { number, tableOr } from './table.ts';
import { time } from './time.ts';

/** A read in the order in which people ask: the verdict and whether to trust it, arms, money, harm, course, slices, the rest. */
export function resultsText({ readNo, read, goals }: ResultsReport): string {
  return [
    `results of ${read.campaignId}, version ${read.version}, as of ${time(read.asOf)} (read ${readNo})`,
    verdictText(read),
    ...armsText(read),
    ...secondaryText(read),
    ...moneyText(read),
    ...guardrailsText(read),
    ...noveltyText(read),
    ...slicesText(read),
    ...goalsText(goals),
    ...immatureText(read),
    ...(read.notes.length === 0 ? [] : [`notes\n${read.notes.map((note) => `- ${note}`).join('\n')}`]),
  ].join('\n\n');
}

function verdictText({ verdict, verdicts, sampleRatio }: CampaignRead): string {
  const arms = verdicts.length > 1 ? verdicts.map((arm) => `- ${arm.action}/${arm.arm}: ${arm.sentence}`) : [];
  const trust = sampleRatio.map((ratio) => `${ratio.alarm ? 'DO NOT TRUST' : 'trust'}: ${ratio.sentence}`);
  return [verdict.sentence, ...trust, ...arms].join('\n');
}

function noveltyText({ novelty }: CampaignRead): string[] {
  const lines = novelty.map((row) => `${row.action}/${row.arm}: ${row.sentence}`);
  return lines.length === 0 ? [] : [`by days since the entry\n${lines.join('\n')}`];
}

function goalsText(goals: ResultsReport['goals']): string[] {
  const lines = goals.flatMap(({ periods }) => periods.slice(0, 1).map(({ sentence }) => sentence));
  return lines.length === 0 ? [] : [`goals\n${lines.join('\n')}`];
}

const SHOWN_COHORTS = 5;

function immatureText({ immature }: CampaignRead): string[] {
  if (immature.length === 0) return [];
  const lines = immature
    .slice(0, SHOWN_COHORTS)
    .map((cohort) => `${cohort.day}: ${number(cohort.entries)} entries, mature at ${time(cohort.maturesAt)}`);
  const more = immature.length > SHOWN_COHORTS ? [`and ${immature.length - SHOWN_COHORTS} later days`] : [];
  return [`left out, their outcome window is still open\n${[...lines, ...more].join('\n')}`];
}

/** Whether a stored read came out the same, and what it said. */
export function repeatText({ readNo, same, differences, stored }: RepeatedRead): string {
  const found = same
    ? `read ${readNo} comes out the same to the digit from its stored inputs`
    : `read ${readNo} comes out otherwise from its stored inputs: this release computes something differently`;
  return [
    found,
    ...differences.map((path) => `differs: ${path}`),
    `as of ${time(stored.asOf)} it said: ${stored.verdict.sentence}`,
  ].join('\n');
}

/** The stored reads of a campaign, one a line. */
export function readsText(reads: readonly ReadLine[]): string {
  return tableOr(
    'no read is stored yet; make one with `recallwave results CAMPAIGN`',
    ['read', 'as of', 'made at', 'by', 'verdict'],
    reads.map((row) => [row.readNo, time(row.asOf), time(row.at), row.actor, row.sentence]),
  );
}
