import type { REASONS } from '../../domain/reasons.ts';
import type { Rung } from '../../domain/words.ts';
import type { Language } from '../languages/tell.ts';

type Reason = (typeof REASONS)[Rung][number];

/** What stopped people, after "Most were blocked by"; `detail` is what follows a colon in the reason. */
const WORDS: Record<Reason, Record<Language, (detail: string) => string>> = {
  warning_expired: { en: () => 'a warning that had run out', 'zh-CN': () => '预警已过期' },
  open_entry: { en: () => 'an entry of the campaign that is still open', 'zh-CN': () => '已在活动中' },
  reentry_gap: { en: () => 'the gap after their last entry', 'zh-CN': () => '距上次进入太近' },
  no_action: { en: () => 'no action that fits them', 'zh-CN': () => '没有适合的动作' },
  below_threshold: { en: () => 'a score below the threshold', 'zh-CN': () => '分数低于阈值' },
  above_interval: { en: () => 'a score above the interval', 'zh-CN': () => '分数高于区间' },
  no_consent: { en: () => 'missing consent', 'zh-CN': () => '没有授权' },
  no_address: { en: () => 'missing addresses', 'zh-CN': () => '没有地址' },
  category_refused: { en: () => 'their refusal of this category', 'zh-CN': () => '拒收此类消息' },
  suppressed: { en: () => 'a suppression', 'zh-CN': () => '已被屏蔽' },
  returned: { en: () => 'having come back already', 'zh-CN': () => '已自行回归' },
  priority: {
    en: (campaign) => `a campaign of higher priority${campaign && ` (${campaign})`}`,
    'zh-CN': (campaign) => `其他活动优先${campaign && `（${campaign}）`}`,
  },
  global_holdout: { en: () => 'the global holdout', 'zh-CN': () => '全局留出组' },
  holdout: { en: () => "the campaign's holdout", 'zh-CN': () => '活动留出组' },
  untreated: { en: () => 'chance', 'zh-CN': () => '随机未触达' },
  control: { en: () => 'a control that gets nothing', 'zh-CN': () => '不发送的对照组' },
  no_channel: { en: () => 'having no channel open', 'zh-CN': () => '没有可用渠道' },
  no_step: { en: () => 'an arm without this step', 'zh-CN': () => '此步骤不向其发送' },
  cap: {
    en: (cap) => `a frequency cap${cap && ` (${cap})`}`,
    'zh-CN': (cap) => `达到频次上限${cap && `（${cap}）`}`,
  },
  min_gap: { en: () => 'the smallest gap between two messages', 'zh-CN': () => '距上一条消息太近' },
  same_kind: { en: () => 'a last message of the same kind', 'zh-CN': () => '与上一条消息同类' },
  timezone_unknown: { en: () => 'an unknown time zone', 'zh-CN': () => '时区未知' },
  no_window: { en: () => 'quiet hours', 'zh-CN': () => '没有可发送的时段' },
  budget: { en: () => 'a budget that was used up', 'zh-CN': () => '预算已用完' },
  coupon_pool_empty: { en: () => 'an empty coupon pool', 'zh-CN': () => '优惠券已发完' },
  coupon_already_given: { en: () => 'a code that they have already', 'zh-CN': () => '已有本活动的优惠券' },
};

/** A reason such as `cap:any-day` in words; one that nobody knows stays as it is. */
export function reasonWords(reason: string, language: Language): string {
  const [key = '', ...detail] = reason.split(':');
  const words = Object.entries(WORDS).find(([known]) => known === key)?.[1];
  return words?.[language](detail.join(':')) ?? reason;
}
