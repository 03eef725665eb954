import { createHash } from 'node:crypto';
import { html, Markup, type Piece } from './html.ts';
import { STYLE } from './style.ts';

// Not part of the template below, whose white space the formatter may change: the hash is that of every byte.
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** The policy of a page of pictures: its own style and nothing else. */
export const PICTURE_POLICY = `default-src 'none'; style-src ${STYLE_HASH}; base-uri 'none'; form-action 'none'`;

/** A whole page in one file: no script, nothing from elsewhere, and a policy that forbids both. */
export function pictureDocument(page: { language: string; title: string; body: Piece }): string {
  return html`<!doctype html>
    <html lang="${page.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(PICTURE_POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${page.body}</main>
      </body>
    </html> `.text;
}
