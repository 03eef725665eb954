import type { Campaign } from '../../../domain/campaign.schema.ts';
import { compileFilter, FilterError, parseFilter, type AttributeType } from '../../../policy/filters/compile-filter.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Filters that can't be used. Without a catalogue only their grammar is checked, not their names and types. */
export function filterFindings(campaign: Campaign, catalogue: readonly AttributeType[] | null): Finding[] {
  const filters: [KeyPath, string | undefined][] = [
    [['audience', 'filter'], campaign.audience.filter],
    [['highValue'], campaign.highValue],
    ...campaign.actions.map((action, index): [KeyPath, string | undefined] => [
      ['actions', index, 'when'],
      action.when,
    ]),
  ];
  return filters.flatMap(([path, text]) => (text === undefined ? [] : checkFilter(path, text, catalogue)));
}

function checkFilter(path: KeyPath, text: string, catalogue: readonly AttributeType[] | null): Finding[] {
  try {
    if (catalogue) compileFilter(text, catalogue);
    else parseFilter(text);
    return [];
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { what, offset } = error;
    return [{ rule: 'filter', severity: 'error', path, what, fix: error.fix ?? 'see docs/campaigns.md', offset }];
  }
}
