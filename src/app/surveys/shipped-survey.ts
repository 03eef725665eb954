import type { Survey } from '../../domain/campaign.schema.ts';

/** What is asked where a campaign writes no questions of its own: the reasons that playbooks and `unsuited_action` know. */
export const SHIPPED_SURVEY: Survey = {
  question: {
    en: 'What kept you away?',
    'zh-CN': '最近没来，主要是因为什么？',
  },
  options: [
    { reason: 'price', label: { en: 'It is too expensive', 'zh-CN': '价格偏高' } },
    { reason: 'no_new_content', label: { en: 'There was nothing new for me', 'zh-CN': '没有新的内容' } },
    { reason: 'onboarding_stuck', label: { en: 'I could not find my way around', 'zh-CN': '不太会用' } },
    { reason: 'service_issue', label: { en: 'I had trouble with the service', 'zh-CN': '服务或体验有问题' } },
    { reason: 'competitor', label: { en: 'I found something I like better', 'zh-CN': '找到了更喜欢的' } },
    { reason: 'lost_interest', label: { en: 'I have no time or interest now', 'zh-CN': '最近没时间或没兴趣' } },
  ],
  comment: {
    en: 'Is there anything else you would like to tell us? (optional)',
    'zh-CN': '还有什么想告诉我们的？（选填）',
  },
  openDays: 30,
  reasonDays: 90,
};
