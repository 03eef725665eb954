import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { StoredContents } from '../../../templates/facts.ts';
import { definitionDifferences, textDifferences, type Difference } from './differences.ts';

/** A definition with its compiled texts. */
export interface Definition {
  campaign: Campaign;
  contents: StoredContents;
}

/** What differs, short enough for the audit log; `more`: differences that were left out. */
export interface AuditDifferences {
  differences: Difference[];
  more: number;
}

const MOST = 50;
const LONGEST = 200;

/** The differences of two definitions for the audit log: the first 50, long texts cut, HTML only named. */
export function auditDifferences(before: Definition, after: Definition): AuditDifferences {
  const all = [
    ...definitionDifferences(before.campaign, after.campaign),
    ...textDifferences(before.contents, after.contents),
  ];
  return { differences: all.slice(0, MOST).map(shortened), more: Math.max(0, all.length - MOST) };
}

function shortened(difference: Difference): Difference {
  const { key } = difference;
  const html = key.endsWith('.html');
  const short = (value: unknown): unknown => (html ? '(HTML)' : cut(value));
  return {
    key,
    ...('before' in difference && { before: short(difference.before) }),
    ...('after' in difference && { after: short(difference.after) }),
  };
}

function cut(value: unknown): unknown {
  return typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
