import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { StoredContents } from '../../../templates/facts.ts';

/** One key that differs; absent `before`: added, absent `after`: removed. */
export interface Difference {
  key: string;
  before?: unknown;
  after?: unknown;
}

/** What differs between two definitions, key by key; lists of things with an id are matched by it. Texts are apart. */
export function definitionDifferences(before: Campaign, after: Campaign): Difference[] {
  return compareLeaves(leavesOf(withoutTexts(before)), leavesOf(withoutTexts(after)));
}

/** What differs in the texts, by action/arm/step, channel, locale and part. */
export function textDifferences(before: StoredContents, after: StoredContents): Difference[] {
  return compareLeaves(leavesOf(before), leavesOf(after));
}

/** A difference in words. */
export function differenceText({ key, before, after }: Difference): string {
  if (isHtml(key)) return `${key}: ${before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}`;
  if (before === undefined) return `${key}: ${shown(after)} (new)`;
  if (after === undefined) return `${key}: ${shown(before)} (taken out)`;
  return `${key}: from ${shown(before)} to ${shown(after)}`;
}

function isHtml(key: string): boolean {
  return key.endsWith('.html');
}

const LONGEST = 200;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function withoutTexts(campaign: Campaign): unknown {
  return {
    ...campaign,
    actions: campaign.actions.map((action) => ({
      ...action,
      arms: action.arms.map((arm) => ({ ...arm, steps: arm.steps.map((step) => ({ ...step, contents: undefined })) })),
    })),
  };
}

/** Every value by its key in words: `actions[offer].arms[plain].share`. Lists of plain values are one value. */
function leavesOf(value: unknown, key = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const walk = (inner: unknown, at: string): void => {
    if (Array.isArray(inner) && inner.some((one) => typeof one === 'object')) {
      inner.forEach((one: unknown, index) => walk(one, `${at}[${nameOf(one) ?? index + 1}]`));
    } else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      for (const [name, one] of Object.entries(inner)) walk(one, at === '' ? name : `${at}.${name}`);
    } else if (inner !== undefined) {
      leaves.set(at, inner);
    }
  };
  walk(value, key);
  return leaves;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('id' in value && typeof value.id === 'string') return value.id;
  return undefined;
}

function compareLeaves(before: Map<string, unknown>, after: Map<string, unknown>): Difference[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [old, fresh] = [before.get(key), after.get(key)];
    if (JSON.stringify(old) === JSON.stringify(fresh)) return [];
    return [{ key, ...(before.has(key) ? { before: old } : {}), ...(after.has(key) ? { after: fresh } : {}) }];
  });
}
