import type { GoalProgress } from '../../domain/goals.ts';
import type { Estimate } from '../../domain/read.ts';
import type { Language } from '../languages/tell.ts';
import { reasonWords } from './reason-words.ts';
import type { Share } from './shares.ts';
import type { TextLine } from './texts.ts';

/** What the sentences are about. */
export interface Told {
  waves: number;
  warned: number;
  contacted: number;
  heldOut: number;
  blocked: number;
  mostBlocked: { reason: string; users: number } | null;
  returned: Share;
  heldOutReturned: Share;
  windowsOpen: number;
  failed: number;
  unknown: number;
  goals: readonly GoalProgress[];
  best: TextLine | null;
}

/** A retrospective in words: what happened, whom it reached, what came back, what was promised. No verdict: that is the read's. */
export function tell(told: Told, language: Language): string[] {
  const words = WORDS[language];
  const { best } = told;
  return [
    words.reach(told),
    told.mostBlocked && words.blocked(told.mostBlocked),
    told.returned.rate && words.returned(told.returned, told.returned.rate),
    told.heldOutReturned.rate && words.heldOut(told.heldOutReturned, told.heldOutReturned.rate),
    told.windowsOpen > 0 && words.open(told.windowsOpen),
    told.failed + told.unknown > 0 && words.unsent(told),
    ...told.goals.flatMap((goal) => goal.periods.slice(0, 1).map((period) => words.goal(goal, period))),
    best?.returned.rate && best.isClear && words.best(best, best.returned.rate),
  ].filter((sentence): sentence is string => typeof sentence === 'string');
}

type Period = GoalProgress['periods'][number];

interface Words {
  reach(told: Told): string;
  blocked(most: { reason: string; users: number }): string;
  returned(share: Share, rate: Estimate): string;
  heldOut(share: Share, rate: Estimate): string;
  open(entries: number): string;
  unsent(told: Told): string;
  goal(goal: GoalProgress, period: Period): string;
  best(text: TextLine, rate: Estimate): string;
}

const count = (value: number): string => value.toLocaleString('en-US');
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const between = ({ value, low, high }: Estimate): string => `${percent(value)} (${percent(low)} – ${percent(high)})`;
const nameOf = (text: TextLine): string => `${text.campaignId}/${text.action}/${text.arm}`;

const ENGLISH: Words = {
  reach: ({ waves, warned, contacted, heldOut, blocked }) =>
    `${count(waves)} ${waves === 1 ? 'wave' : 'waves'} looked at ${count(warned)} warned users: ${count(contacted)} were to be contacted, ${count(heldOut)} were held out, ${count(blocked)} were blocked.`,
  blocked: ({ reason, users }) => `Most were blocked by ${reasonWords(reason, 'en')}: ${count(users)}.`,
  returned: (share, rate) => `Of ${count(share.of)} contacted users ${count(share.count)} came back: ${between(rate)}.`,
  heldOut: (share, rate) =>
    `Of ${count(share.of)} held-out users who would have been contacted ${count(share.count)} came back: ${between(rate)}. Whether the difference is an effect is for the results to say.`,
  open: (entries) => `The outcome window of ${count(entries)} users is still open: more may come.`,
  unsent: ({ failed, unknown }) => `${count(failed)} messages failed, and the fate of ${count(unknown)} is unknown.`,
  goal: (_goal, period) => `${period.sentence}.`,
  best: (text, rate) =>
    `Of the texts for the same step and channel, ${nameOf(text)} is clearly ahead: ${between(rate)} came back.`,
};

const STANDINGS = { reached: '已达成', on_track: '进度正常', behind: '进度落后', missed: '未达成' } as const;

const CHINESE: Words = {
  reach: ({ waves, warned, contacted, heldOut, blocked }) =>
    `${count(waves)} 个波次共检查 ${count(warned)} 位预警用户：计划触达 ${count(contacted)} 位，留作对照 ${count(heldOut)} 位，被拦截 ${count(blocked)} 位。`,
  blocked: ({ reason, users }) => `最常见的拦截原因是${reasonWords(reason, 'zh-CN')}：${count(users)} 位。`,
  returned: (share, rate) => `触达的 ${count(share.of)} 位用户中有 ${count(share.count)} 位回来：${between(rate)}。`,
  heldOut: (share, rate) =>
    `本来会被触达的 ${count(share.of)} 位对照用户中有 ${count(share.count)} 位回来：${between(rate)}。差异是否为真实效果，以效果分析为准。`,
  open: (entries) => `${count(entries)} 位用户的观察窗口尚未结束，结果还会变化。`,
  unsent: ({ failed, unknown }) => `${count(failed)} 条消息发送失败，${count(unknown)} 条消息去向不明。`,
  goal: (goal, { from, to, came, standing }) =>
    `目标“${goal.name}”（${from} 至 ${to}）：${count(came)} / ${count(goal.target)}，${STANDINGS[standing]}。`,
  best: (text, rate) => `同一步骤、同一渠道的文案中，${nameOf(text)} 明显领先：${between(rate)} 的用户回来。`,
};

const WORDS: Record<Language, Words> = { en: ENGLISH, 'zh-CN': CHINESE };
