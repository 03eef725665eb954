import type { ChannelName } from '../domain/words.ts';

/** What one message may say: plain JSON, the context of every template. Built per claimed row, never logged. */
export interface RenderFacts {
  locale: string;
  /** User attributes by name (numbers, booleans, strings), as imported; `userId` and `name` where there is one. */
  user: Record<string, string | number | boolean | null>;
  warning: { segment: string; reasons: string[] };
  /** The reserved code, null where the arm has no offer. */
  coupon: string | null;
  company: { name: string; postalAddress: string };
  /** Campaign links by name, already tracked URLs of this recipient. */
  links: Record<string, string>;
  unsubscribeUrl: string;
  /** The recipient's page of channels and categories. */
  preferencesUrl: string;
  /** The page that asks the campaign's survey; for actions of kind `survey`. */
  surveyUrl: string;
}

/** The stored texts of a version: compiled HTML, text parts, SMS, push and task texts, per `contentKey` and locale. */
export interface StoredContents {
  [key: string]: {
    email?: Record<string, { subject: string; html: string; text: string }>;
    sms?: Record<string, { text: string }>;
    push?: Record<string, { title: string; body: string; url: string }>;
    task?: Record<string, { title: string; body: string; dueIn: string }>;
  };
}

/** Key of a content in StoredContents. */
export function contentKey(content: { action: string; arm: string; step: number }): string {
  return `${content.action}/${content.arm}/${content.step}`;
}

/** A rendered message without recipient data. */
export type RenderedContent =
  | { channel: 'email'; subject: string; html: string; text: string }
  | { channel: 'sms'; text: string }
  | { channel: 'push'; title: string; body: string; url: string }
  | { channel: 'task'; title: string; body: string; dueIn: string };

/** Templates of one version, compiled once (`createRenderer` in render.ts). */
export interface Renderer {
  /** The user's locale where the campaign has it, else its language, else the first of the campaign. */
  pickLocale(userLocale: string | null): string;
  /** Throws RenderError (template, missing variable) when a strict template misses a fact. */
  render(content: {
    action: string;
    arm: string;
    step: number;
    channel: ChannelName;
    facts: RenderFacts;
  }): RenderedContent;
}
