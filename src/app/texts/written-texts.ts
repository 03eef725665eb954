import type { Campaign } from '../../domain/campaign.schema.ts';
import { CHANNELS, type ChannelName } from '../../domain/words.ts';
import { contentKey, type StoredContents } from '../../templates/facts.ts';
import { templateVariables } from '../../templates/template-variables.ts';

/** A text as it is stored with a version, with its variables. */
export interface WrittenText {
  step: number;
  action: string;
  arm: string;
  channel: ChannelName;
  locale: string;
  /** Subject of a mail, title of a push or task; null: an SMS. */
  subject: string | null;
  text: string;
  /** Facts that it names, such as user.name. */
  variables: string[];
}

/** Every text of a version, in the order of its file. */
export function textsOf(campaign: Campaign, contents: StoredContents): WrittenText[] {
  return campaign.actions.flatMap((action) =>
    action.arms.flatMap((arm) =>
      arm.steps.flatMap((_, index) => {
        const place = { action: action.id, arm: arm.id, step: index + 1 };
        const content = contents[contentKey(place)] ?? {};
        return CHANNELS.flatMap((channel) =>
          Object.entries(written(content, channel)).map(([locale, words]): WrittenText => ({
            ...place,
            channel,
            locale,
            ...words,
          })),
        );
      }),
    ),
  );
}

type Words = Pick<WrittenText, 'subject' | 'text' | 'variables'>;

function written(content: StoredContents[string], channel: ChannelName): Record<string, Words> {
  switch (channel) {
    case 'email':
      return mapped(content.email, ({ subject, text, html }) => wordsOf(subject, text, html));
    case 'sms':
      return mapped(content.sms, ({ text }) => wordsOf(null, text));
    case 'push':
      return mapped(content.push, ({ title, body, url }) => wordsOf(title, body, url));
    case 'task':
      return mapped(content.task, ({ title, body }) => wordsOf(title, body));
  }
}

/** `beside`: what goes out with it, such as the HTML of a mail. */
function wordsOf(subject: string | null, text: string, beside = ''): Words {
  return { subject, text, variables: templateVariables(`${subject ?? ''}\n${text}\n${beside}`) };
}

function mapped<Text>(texts: Record<string, Text> | undefined, of: (text: Text) => Words): Record<string, Words> {
  return Object.fromEntries(Object.entries(texts ?? {}).map(([locale, text]) => [locale, of(text)]));
}
