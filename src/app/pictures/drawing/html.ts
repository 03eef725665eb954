const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that may go into a page as it is; only `html` makes it, so every text in it was escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What `html` takes: markup goes in as it is, texts and numbers are escaped, null and false leave nothing. */
export type Piece = Markup | string | number | null | false | readonly Piece[];

/** Tagged template of a page or an SVG: every value that isn't markup is escaped. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < values.length ? textOf(values[i] ?? null) : '')).join(''));
}

function textOf(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return piece.map(textOf).join('');
}

function escape(text: string): string {
  // C0 controls but for tab and line ends are no characters of HTML or SVG.
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd').replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}
