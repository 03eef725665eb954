import type { PageLanguage } from './page-words.ts';

/** What the survey page says beside the questions. */
export interface SurveyWords {
  send: string;
  chooseFirst: string;
  tooLong: string;
  thanksTitle: string;
  thanks: string;
  closedTitle: string;
  closed: string;
  test: string;
}

/** Texts of the survey page. `max`: characters of free text that are taken. */
export function surveyWords(language: PageLanguage, about: { company: string; max: number }): SurveyWords {
  const { company, max } = about;
  if (language === 'zh-CN') {
    return {
      send: '提交',
      chooseFirst: '请先选择一个答案。',
      tooLong: `文字请不要超过 ${max} 个字符。`,
      thanksTitle: '谢谢您',
      thanks: `${company}已收到您的回答，会据此为您改进。`,
      closedTitle: '问卷已结束',
      closed: '这份问卷已经截止，感谢您愿意回答。',
      test: '这是一条测试消息里的链接，这里只显示默认问题，回答不会保存。',
    };
  }
  return {
    send: 'Send',
    chooseFirst: 'Please choose an answer first.',
    tooLong: `Please keep the text to ${max} characters.`,
    thanksTitle: 'Thank you',
    thanks: `${company} has your answer, and will make use of it.`,
    closedTitle: 'This survey is over',
    closed: 'It can no longer be answered. Thank you for wanting to.',
    test: 'This link is from a test message: it shows the questions that ship, and no answer is kept.',
  };
}
