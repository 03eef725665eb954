/** Languages of the public pages. */
export type PageLanguage = 'zh-CN' | 'en';

/** What a page says about one channel; `company` is the sender. */
export interface OptOutWords {
  askTitle: string;
  ask: string;
  button: string;
  doneTitle: string;
  done: string;
  test: string;
}

type Channel = 'email' | 'sms' | 'push';

const CHANNELS: Record<PageLanguage, Record<Channel, string>> = {
  en: { email: 'e-mails', sms: 'text messages', push: 'notifications' },
  'zh-CN': { email: '邮件', sms: '短信', push: '推送通知' },
};

/** Texts of pages that know nothing of the visitor. */
export const PLAIN_WORDS = {
  en: {
    missingTitle: 'This link does not work',
    missing: 'It may have been cut off on its way. Please open it again from the message you received.',
    failedTitle: 'That did not work',
    failed: 'Nothing has been changed. Please try again in a few minutes.',
    busyTitle: 'Too many attempts',
    busy: 'Please try again in a few minutes.',
  },
  'zh-CN': {
    missingTitle: '链接无效',
    missing: '链接可能不完整，请从您收到的消息里重新打开。',
    failedTitle: '操作没有成功',
    failed: '没有做任何更改，请几分钟后再试。',
    busyTitle: '尝试次数过多',
    busy: '请几分钟后再试。',
  },
} as const satisfies Record<PageLanguage, Record<string, string>>;

/** Texts of the opt-out page. */
export function optOutWords(language: PageLanguage, about: { channel: Channel; company: string }): OptOutWords {
  const what = CHANNELS[language][about.channel];
  const { company } = about;
  if (language === 'zh-CN') {
    return {
      askTitle: `不再接收${company}的${what}？`,
      ask: '点一下按钮即可退订，立即生效，无需登录。',
      button: '确认退订',
      doneTitle: '已退订',
      done: `您不会再收到${company}的${what}。已经在发送途中的，可能仍会送达。`,
      test: '这是一条测试消息里的链接，没有做任何更改。',
    };
  }
  return {
    askTitle: `No more ${what} from ${company}?`,
    ask: 'One tap on the button and it is done, at once and without signing in.',
    button: 'Unsubscribe',
    doneTitle: 'You are unsubscribed',
    done: `You will get no more ${what} from ${company}. One that is already on its way may still arrive.`,
    test: 'This link is from a test message: nothing has been changed.',
  };
}

/** The language of a locale such as zh-TW or en_GB, or of an Accept-Language header; English where it is another one. */
export function pageLanguage(localeOrHeader: string | null | undefined): PageLanguage {
  const languages = (localeOrHeader ?? '').split(',').map((part) => part.trim().toLowerCase().slice(0, 2));
  return languages.find((language) => language === 'zh' || language === 'en') === 'zh' ? 'zh-CN' : 'en';
}
