import type { PageLanguage } from './page-words.ts';

/** What the preferences page says. */
export interface PreferencesWords {
  title: string;
  intro: string;
  channels: string;
  categories: string;
  names: Record<'email' | 'sms' | 'push' | 'winback' | 'service' | 'survey', string>;
  hints: Record<'winback' | 'service' | 'survey', string>;
  blocked: string;
  noChannel: string;
  save: string;
  saved: string;
  none: string;
  noneHint: string;
  transactional: string;
  test: string;
}

/** Texts of the preferences page; `company` is the sender. */
export function preferencesWords(language: PageLanguage, company: string): PreferencesWords {
  return language === 'zh-CN' ? chinese(company) : english(company);
}

function english(company: string): PreferencesWords {
  return {
    title: `What may ${company} send you?`,
    intro: 'What is ticked, you get. Changes hold at once.',
    channels: 'By which way',
    categories: 'About what',
    names: {
      email: 'E-mail',
      sms: 'Text message (SMS)',
      push: 'Notification on your devices',
      winback: 'Offers and news',
      service: 'Help and care',
      survey: 'Questions about your experience',
    },
    hints: {
      winback: 'Coupons, new content, invitations',
      service: 'Advice, and calls by your account manager',
      survey: 'Short surveys',
    },
    blocked: 'This way is closed at the moment. Please contact us to open it again.',
    noChannel: 'No address of yours is in use.',
    save: 'Save',
    saved: 'Saved. This is what holds now.',
    none: 'Unsubscribe from everything',
    noneHint: 'Turns off everything above.',
    transactional: 'Messages about an order or contract of yours do not depend on the subjects above.',
    test: 'This page is from a test message: nothing is changed.',
  };
}

function chinese(company: string): PreferencesWords {
  return {
    title: `您愿意收到${company}的哪些消息？`,
    intro: '勾选的会发给您，修改后立即生效。',
    channels: '接收方式',
    categories: '消息类别',
    names: {
      email: '电子邮件',
      sms: '短信',
      push: '设备推送通知',
      winback: '优惠与新内容',
      service: '帮助与关怀',
      survey: '体验问卷',
    },
    hints: {
      winback: '优惠券、新内容、活动邀请',
      service: '使用建议，客户经理来电',
      survey: '简短的问卷',
    },
    blocked: '此方式目前已关闭，如需恢复请联系我们。',
    noChannel: '目前没有在使用您的任何联系方式。',
    save: '保存',
    saved: '已保存，以下为当前设置。',
    none: '全部退订',
    noneHint: '关闭以上所有选项。',
    transactional: '与您的订单或合同有关的通知不受以上类别影响。',
    test: '这是测试消息里的页面，没有做任何更改。',
  };
}
