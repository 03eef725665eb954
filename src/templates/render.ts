import type { ChannelName } from '../domain/words.ts';
import { cleanFacts, plainLine, plainText } from './clean.ts';
import { type CompiledTemplate, compileTemplate } from './environment.ts';
import { contentKey, type RenderedContent, type Renderer, type RenderFacts, type StoredContents } from './facts.ts';

/** A text that could not be made: names template and missing variable, never a value of the recipient. */
export class RenderError extends Error {
  readonly template: string;
  readonly variable: string | null;
  constructor(template: string, variable: string | null) {
    super(variable ? `${template} needs "${variable}", which this user lacks` : `${template} cannot be rendered`);
    this.name = 'RenderError';
    this.template = template;
    this.variable = variable;
  }
}

type RenderFunction = (facts: RenderFacts) => RenderedContent;

/** Templates of one campaign version; each (content, channel, locale) is compiled at its first use and kept. */
export function createRenderer(input: { contents: StoredContents; locales: string[] }): Renderer {
  const compiled = new Map<string, RenderFunction>();
  const pickLocale = localePicker(input.locales);
  return {
    pickLocale,
    render: ({ action, arm, step, channel, facts }) => {
      const locale = pickLocale(facts.locale);
      const name = `${channel} ${action}/${arm}/${step} ${locale}`;
      let render = compiled.get(name);
      if (!render) {
        render = compileContent({ contents: input.contents, key: contentKey({ action, arm, step }), channel, locale });
        if (!render) throw new RenderError(name, null);
        compiled.set(name, render);
      }
      try {
        // Dates and numbers follow the language of the text, not a locale that nobody wrote a text for.
        return render(cleanFacts(facts.locale === locale ? facts : { ...facts, locale }));
      } catch (error) {
        throw new RenderError(name, missingVariable(error));
      }
    },
  };
}

/** The locale of `locales` for a user: the same, else the same language, else the first. Throws where there is none. */
export function localePicker(locales: string[]): (userLocale: string | null) => string {
  const fallback = locales[0];
  if (fallback === undefined) throw new RangeError('a campaign has at least one locale');
  const picked = new Map<string, string>();
  return (userLocale) => {
    if (!userLocale) return fallback;
    let locale = picked.get(userLocale);
    if (locale === undefined) {
      const wanted = userLocale.replaceAll('_', '-').toLowerCase();
      locale =
        locales.find((each) => each.toLowerCase() === wanted) ??
        locales.find((each) => language(each) === language(wanted)) ??
        fallback;
      picked.set(userLocale, locale);
    }
    return locale;
  };
}

function language(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? '';
}

function compileContent(input: {
  contents: StoredContents;
  key: string;
  channel: ChannelName;
  locale: string;
}): RenderFunction | undefined {
  const content = input.contents[input.key];
  switch (input.channel) {
    case 'email': {
      const stored = content?.email?.[input.locale];
      return stored && emailFunction(stored);
    }
    case 'sms': {
      const stored = content?.sms?.[input.locale];
      if (!stored) return undefined;
      const text = compileTemplate(stored.text, 'text');
      return (facts) => ({ channel: 'sms', text: plainText(text(facts)) });
    }
    case 'push': {
      const stored = content?.push?.[input.locale];
      return stored && pushFunction(stored);
    }
    case 'task': {
      const stored = content?.task?.[input.locale];
      return stored && taskFunction(stored);
    }
  }
}

function emailFunction(stored: { subject: string; html: string; text: string }): RenderFunction {
  const subject = compileTemplate(stored.subject, 'text');
  const html = compileTemplate(stored.html, 'html');
  const text = compileTemplate(stored.text, 'text');
  return (facts) => ({
    channel: 'email',
    subject: plainLine(subject(facts)),
    html: html(facts),
    text: plainText(text(facts)),
  });
}

function pushFunction(stored: { title: string; body: string; url: string }): RenderFunction {
  const title = compileTemplate(stored.title, 'text');
  const body = compileTemplate(stored.body, 'text');
  const url = compileTemplate(stored.url, 'text');
  return (facts) => ({
    channel: 'push',
    title: plainLine(title(facts)),
    body: plainText(body(facts)),
    url: plainLine(url(facts)),
  });
}

function taskFunction(stored: { title: string; body: string; dueIn: string }): RenderFunction {
  const title: CompiledTemplate = compileTemplate(stored.title, 'text');
  const body: CompiledTemplate = compileTemplate(stored.body, 'text');
  return (facts) => ({
    channel: 'task',
    title: plainLine(title(facts)),
    body: plainText(body(facts)),
    dueIn: stored.dueIn,
  });
}

// Only the name: Handlebars' own message prints the object it looked in, which may be the recipient's data.
function missingVariable(error: unknown): string | null {
  const match = error instanceof Error ? /^"([\w.-]+)" not defined/.exec(error.message) : null;
  return match?.[1] ?? null;
}
