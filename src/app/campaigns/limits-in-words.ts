import type { AllowedWindow, Campaign, CapRule } from '../../domain/campaign.schema.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import { CHANNELS, type Category, type ChannelName } from '../../domain/words.ts';

/** A sentence in the languages of the console. */
export interface Words {
  en: string;
  'zh-CN': string;
}

/** Whose rule it is; the strictest of both wins. */
export type RuleSource = 'company' | 'campaign';

/** How often, how close and when a campaign may send, with the company's rules, in plain words. */
export interface Limits {
  caps: {
    from: RuleSource;
    id: string;
    scope: CapRule['scope'];
    channel: ChannelName | null;
    category: Category | null;
    max: number;
    per: string;
    words: Words;
  }[];
  gaps: { from: RuleSource; minGap: string; words: Words }[];
  hours: { from: RuleSource; channel: ChannelName; start: string; end: string; words: Words }[];
}

/** The limits of a campaign (null: not published yet, the company's alone). */
export function limitsInWords(settings: Settings, campaign: Campaign | null): Limits {
  const sources: [RuleSource, Pick<Settings, 'caps' | 'allowedHours'>][] = [['company', settings]];
  if (campaign) sources.push(['campaign', campaign]);
  return {
    caps: sources.flatMap(([from, { caps }]) => caps.rules.map((rule) => capLine(from, rule))),
    gaps: sources.flatMap(([from, { caps }]) =>
      caps.minGap === undefined ? [] : [{ from, minGap: caps.minGap, words: gapWords(caps.minGap) }],
    ),
    hours: sources.flatMap(([from, { allowedHours }]) =>
      CHANNELS.flatMap((channel) => hourLine(from, channel, allowedHours[channel])),
    ),
  };
}

const EN_CHANNEL: Record<ChannelName, string> = { email: 'e-mail', sms: 'SMS', push: 'push message', task: 'task' };
const ZH_CHANNEL: Record<ChannelName, string> = { email: '邮件', sms: '短信', push: '推送', task: '任务' };
const ZH_CATEGORY: Record<Category, string> = {
  winback: '召回类',
  service: '服务类',
  survey: '问卷类',
  transactional: '交易类',
};

function capLine(from: RuleSource, rule: CapRule): Limits['caps'][number] {
  const { id, scope, max, per } = rule;
  const channel = rule.channel ?? null;
  const category = rule.category ?? null;
  return { from, id, scope, channel, category, max, per, words: capWords(rule) };
}

function capWords({ channel, category, max, per }: CapRule): Words {
  const what = [category, channel === undefined ? undefined : EN_CHANNEL[channel]].filter(Boolean).join(' ');
  const noun = channel === undefined ? `${what} message` : what;
  const many = max === 1 || noun.endsWith('SMS') ? noun : `${noun}s`;
  const zhWhat = `${category === undefined ? '' : ZH_CATEGORY[category]}${channel === undefined ? '消息' : ZH_CHANNEL[channel]}`;
  return {
    en: `at most ${max} ${many.trim()} ${periodWords(per).en}`,
    'zh-CN': `${periodWords(per)['zh-CN']}最多 ${max} 条${zhWhat}`,
  };
}

function gapWords(minGap: string): Words {
  const { en, 'zh-CN': zh } = durationWords(minGap);
  return { en: `at least ${en} between two messages`, 'zh-CN': `两条消息之间至少间隔${zh}` };
}

function hourLine(from: RuleSource, channel: ChannelName, window: AllowedWindow | undefined): Limits['hours'] {
  if (!window) return [];
  const { from: start, to: end } = window;
  const words = {
    en: `${EN_CHANNEL[channel]} only from ${start} to ${end} by the user's clock`,
    'zh-CN': `${ZH_CHANNEL[channel]}仅在用户当地时间 ${start}–${end} 发送`,
  };
  return [{ from, channel, start, end, words }];
}

const CALENDAR: Record<string, Words> = {
  day: { en: 'a calendar day of the user', 'zh-CN': '用户当地的每个自然日' },
  week: { en: 'a calendar week of the user', 'zh-CN': '用户当地的每个自然周' },
  month: { en: 'a calendar month of the user', 'zh-CN': '用户当地的每个自然月' },
};

function periodWords(per: string): Words {
  const calendar = CALENDAR[per];
  if (calendar) return calendar;
  const { en, 'zh-CN': zh } = durationWords(per);
  return { en: `in any ${en}`, 'zh-CN': `任意${zh}内` };
}

const UNITS: Record<string, Words> = {
  m: { en: 'minute', 'zh-CN': '分钟' },
  h: { en: 'hour', 'zh-CN': '小时' },
  d: { en: 'day', 'zh-CN': '天' },
};

function durationWords(text: string): Words {
  const count = Number.parseInt(text, 10);
  const unit = UNITS[text.slice(-1)] ?? { en: '', 'zh-CN': '' };
  return { en: `${count} ${unit.en}${count === 1 ? '' : 's'}`, 'zh-CN': ` ${count} ${unit['zh-CN']}` };
}
