import { createHash } from 'node:crypto';
import type { PageLanguage } from './page-words.ts';

const STYLE = `
:root { color-scheme: light dark; --ground: #eef1f3; --card: #fff; --ink: #12202b; --soft: #4a5866; --brand: #0b5c57; --on-brand: #fff; --line: #d5dce1; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10171d; --card: #1a242c; --ink: #edf2f5; --soft: #aab7c2; --brand: #6fd0c4; --on-brand: #06201e; --line: #31404b; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 17px/1.6 -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', Helvetica, Arial, sans-serif; }
main { width: 100%; max-width: 460px; padding: 36px 32px; background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
.company { margin: 0 0 18px; font-size: 15px; font-weight: 600; color: var(--brand); }
h1 { margin: 0 0 12px; font-size: 25px; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0 0 12px; color: var(--soft); }
.note { margin-top: 20px; padding: 12px 14px; border: 1px dashed var(--line); border-radius: 10px; font-size: 15px; }
button { width: 100%; margin-top: 16px; padding: 15px 20px; border: 0; border-radius: 10px; background: var(--brand); color: var(--on-brand);
  font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button:focus-visible, input:focus-visible, textarea:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
button.plain { background: transparent; color: var(--brand); border: 1px solid var(--line); }
fieldset { margin: 20px 0 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 8px; font-weight: 600; }
label.choice { display: flex; gap: 12px; align-items: flex-start; padding: 12px 14px; margin-bottom: 8px; border: 1px solid var(--line); border-radius: 10px; cursor: pointer; overflow-wrap: anywhere; }
label.choice input { flex: none; width: 20px; height: 20px; margin: 4px 0 0; accent-color: var(--brand); }
label.choice span span { display: block; font-size: 15px; color: var(--soft); }
label.text { display: block; margin-top: 16px; font-weight: 600; }
textarea { width: 100%; min-height: 110px; margin-top: 8px; padding: 10px 12px; border: 1px solid var(--soft); border-radius: 10px; background: var(--card); color: var(--ink); font: inherit; }
.said { margin-top: 14px; padding: 12px 14px; border-left: 4px solid var(--brand); background: var(--ground); color: var(--ink); }
`;

/** Content-Security-Policy source of the one style sheet of the pages. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** A page around parts that are HTML already; `title` is text. */
export interface Frame {
  language: PageLanguage;
  company?: string | undefined;
  title: string;
  /** Below the title; its texts have been through `escape`. */
  body: string;
}

/** A whole public page: no scripts, nothing from elsewhere, readable on a phone. */
export function framedHtml({ language, company, title, body }: Frame): string {
  const sender = company === undefined ? '' : `<p class="company">${escape(company)}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>${sender}<h1>${escape(title)}</h1>${body}</main></body>
</html>
`;
}

/** What a plain page shows; every text is escaped here. */
export interface Page {
  language: PageLanguage;
  company?: string;
  title: string;
  text: string;
  /** A button that posts to the page's own address. */
  button?: string;
  note?: string;
}

/** A page that says something, and may ask for one click. */
export function pageHtml({ language, company, title, text, button, note }: Page): string {
  const form =
    button === undefined
      ? ''
      : `<form method="post"><input type="hidden" name="confirm" value="1"><button>${escape(button)}</button></form>`;
  return framedHtml({ language, company, title, body: `<p>${escape(text)}</p>${form}${noteHtml(note)}` });
}

/** A remark at the end of a page; nothing where there is none. */
export function noteHtml(note: string | undefined): string {
  return note === undefined ? '' : `<p class="note">${escape(note)}</p>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML, attributes included. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
