import type { CapRule } from '../../../domain/campaign.schema.ts';
import { durationMs } from '../../../policy/duration.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Caps whose scope and subject don't fit, or whose time holds nothing; `path` leads to the rules. */
export function capFindings(rules: readonly CapRule[], path: KeyPath): Finding[] {
  return rules.flatMap((rule, index) => {
    const at = [...path, index];
    return [...subjectFindings(rule, at), ...periodFindings(rule, at)];
  });
}

function subjectFindings(rule: CapRule, path: KeyPath): Finding[] {
  return (['channel', 'category'] as const).flatMap((subject) => {
    const needed = rule.scope === subject;
    const given = rule[subject] !== undefined;
    if (needed === given) return [];
    const what = needed ? `a cap per ${subject} must say which` : `a cap of scope ${rule.scope} has no ${subject}`;
    const fix = needed ? `add ${subject}` : `take ${subject} out, or write scope: ${subject}`;
    return [{ rule: 'cap', severity: 'error' as const, path: needed ? path : [...path, subject], what, fix }];
  });
}

function periodFindings(rule: CapRule, path: KeyPath): Finding[] {
  if (!/^\d/.test(rule.per) || durationMs(rule.per) > 0) return [];
  return [
    { rule: 'cap', severity: 'error', path: [...path, 'per'], what: 'this time holds nothing', fix: 'use 1h or more' },
  ];
}
