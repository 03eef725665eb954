import type { DraftTexts } from '../../../../api/v1/schemas/drafts.ts';

/** What lint calls the YAML of a draft. */
export const CAMPAIGN_FILE = 'campaign.yaml';

/** A file of a draft; empty where there is none. */
export function textOf({ source, files }: DraftTexts, file: string): string {
  if (file === CAMPAIGN_FILE) return source;
  return Object.hasOwn(files, file) ? (files[file] ?? '') : '';
}

/** The draft with another text in a file. */
export function withText({ source, files }: DraftTexts, file: string, text: string): DraftTexts {
  return file === CAMPAIGN_FILE ? { source: text, files } : { source, files: { ...files, [file]: text } };
}
