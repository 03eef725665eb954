import { randomBytes } from 'node:crypto';

const LIFE_MS = 600_000;
const MOST = 200;

interface Page {
  html: string;
  /** Who asked for it; nobody else sees it. */
  actor: string;
  until: number;
}

/** Rendered mails that are looked at in a frame: in memory, for ten minutes, the last 200. */
export class PreviewPages {
  readonly #pages = new Map<string, Page>();

  /** Keeps a page and returns its token. */
  keep(html: string, actor: string, now: number): string {
    for (const [token, page] of this.#pages)
      if (page.until <= now || this.#pages.size >= MOST) this.#pages.delete(token);
    const token = randomBytes(24).toString('base64url');
    this.#pages.set(token, { html, actor, until: now + LIFE_MS });
    return token;
  }

  /** The HTML of a token, undefined where it is over or somebody else's. */
  find(token: string, actor: string, now: number): string | undefined {
    const page = this.#pages.get(token);
    return page && page.until > now && page.actor === actor ? page.html : undefined;
  }
}
