import { Parser } from 'htmlparser2';
import type { Finding } from './inspect-template.ts';
import { MASK, mask } from './mask.ts';

/** What a mail's HTML shows: faults, and whether there is a link to unsubscribe. */
export interface HtmlCheck {
  findings: Finding[];
  hasUnsubscribeLink: boolean;
}

const URL_ATTRIBUTES = new Set(['href', 'src', 'action', 'formaction', 'background', 'poster', 'srcset', 'xlink:href']);
const LITERAL_URL = /^https?:\/\/[^\s\ue000\ue001/?#]+([/?#]|$)/i;
const VARIABLE_TAG = /<\/?[a-z]*\ue000/i;
const GIVEN_URL = /^(links\.[\w-]+|unsubscribeUrl|preferencesUrl|surveyUrl)$/;
/** Gmail cuts a mail off behind this many bytes. */
const GMAIL_CLIPS_AT = 102 * 1024;

/**
 * Where variables stand in a mail's HTML and where its links go: every URL is http(s), a named link or the unsubscribe URL;
 * no variable is in a script, style, comment, attribute name, event handler or unquoted attribute.
 */
export function checkHtml(html: string): HtmlCheck {
  const { text, expressions } = mask(html);
  const findings: Finding[] = [];
  let hasUnsubscribeLink = false;
  const open: string[] = [];
  const error = (what: string, fix: string): void => void findings.push({ what, fix, severity: 'error' });
  if (VARIABLE_TAG.test(text)) error('a variable stands in the name of a tag', 'write the tag out');
  const parser = new Parser({
    onopentagname: (name) => {
      if (name === 'script') error('a mail cannot run scripts', 'take the <script> out');
      open.push(name);
    },
    onclosetag: () => void open.pop(),
    onattribute: (name, value, quote) => {
      const place = `${name} of <${open.at(-1) ?? ''}>`;
      if (MASK.test(name)) error('a variable stands in the name of an attribute', 'write the attribute out');
      if (URL_ATTRIBUTES.has(name)) {
        findings.push(...checkUrl({ value, place, expressions, isLink: open.at(-1) === 'a' }));
        hasUnsubscribeLink ||= open.at(-1) === 'a' && soleExpression(value, expressions) === 'unsubscribeUrl';
      } else if (MASK.test(value) && (!quote || name === 'style' || name === 'srcdoc' || name.startsWith('on'))) {
        error(`a variable stands in ${quote ? '' : 'the unquoted '}${place}`, 'move it into the text');
      }
    },
    ontext: (data) => {
      if (open.at(-1) === 'style' && MASK.test(data))
        error('a variable stands in a style sheet', 'write the value out');
    },
    oncomment: (data) => {
      if (MASK.test(data)) error('a variable stands in a comment', 'move it out of the comment');
    },
  });
  parser.end(text);
  if (Buffer.byteLength(html) > GMAIL_CLIPS_AT) {
    findings.push({
      what: `the HTML has ${Math.round(Buffer.byteLength(html) / 1024)} KB; Gmail cuts mails off at 102 KB`,
      fix: 'shorten it, or the opt-out at its end may not be seen',
      severity: 'warning',
    });
  }
  return { findings, hasUnsubscribeLink };
}

function checkUrl(input: { value: string; place: string; expressions: string[]; isLink: boolean }): Finding[] {
  const value = input.value.trim();
  const sole = soleExpression(value, input.expressions);
  if (sole !== null && GIVEN_URL.test(sole)) return [];
  if (!LITERAL_URL.test(value)) {
    const shown = sole === null ? `"${value.replace(new RegExp(MASK, 'g'), '{{…}}').slice(0, 80)}"` : `{{${sole}}}`;
    return [
      {
        what: `${input.place} is ${shown}, which is no http(s) address`,
        fix: 'name the target under links: and write {{links.<name>}}, or use {{unsubscribeUrl}}',
        severity: 'error',
      },
    ];
  }
  const raw = variablesIn(value, input.expressions).find((expression) => !expression.startsWith('url '));
  if (raw !== undefined) {
    return [
      {
        what: `${input.place} holds {{${raw}}} without encoding`,
        fix: `write {{url ${raw}}}`,
        severity: 'error',
      },
    ];
  }
  return input.isLink ? [untracked(value, input.place)] : [];
}

function untracked(value: string, place: string): Finding {
  return {
    what: `${place} goes to ${new RegExp(MASK).test(value) ? 'an address with a variable' : value}: its clicks are not counted`,
    fix: 'name the target under links: and write {{links.<name>}}',
    severity: 'warning',
  };
}

function soleExpression(value: string, expressions: string[]): string | null {
  const match = new RegExp(`^${MASK.source}$`).exec(value.trim());
  return match ? (expressions[Number(match[1])] ?? null) : null;
}

function variablesIn(value: string, expressions: string[]): string[] {
  return [...value.matchAll(new RegExp(MASK, 'g'))].map((match) => expressions[Number(match[1])] ?? '');
}
