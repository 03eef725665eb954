import { DomUtils, parseDocument } from 'htmlparser2';

/** A link of a message. */
export interface MailLink {
  text: string;
  url: string;
}

const MOST_LINKS = 100;

/**
 * The HTML of a mail with links that open nothing: the frame may not leave the mail, and looking at one must not count as a click.
 */
export function lockedHtml(html: string): string {
  const document = parseDocument(html);
  for (const element of DomUtils.findAll(
    (one) => 'href' in one.attribs || 'target' in one.attribs,
    document.children,
  )) {
    delete element.attribs['href'];
    delete element.attribs['target'];
  }
  return DomUtils.getOuterHTML(document.children);
}

/** The http(s) links of a mail's HTML, in order, each address once. */
export function linksOfHtml(html: string): MailLink[] {
  const anchors = DomUtils.getElementsByTagName('a', parseDocument(html).children);
  return once(
    anchors.map((anchor) => {
      const url = anchor.attribs['href'] ?? '';
      return { url, text: DomUtils.textContent(anchor).replaceAll(/\s+/g, ' ').trim() || url };
    }),
  );
}

/** The http(s) links of a text. */
export function linksOfText(text: string): MailLink[] {
  return once((text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((url) => ({ url, text: url })));
}

function once(links: readonly MailLink[]): MailLink[] {
  const byUrl = new Map<string, MailLink>();
  for (const link of links) {
    if (/^https?:\/\//i.test(link.url) && !byUrl.has(link.url)) byUrl.set(link.url, link);
  }
  return [...byUrl.values()].slice(0, MOST_LINKS);
}
