import { useTranslations } from 'use-intl';
import type { PolicyNumbers } from '../../../api/v1/schemas/thresholds.ts';
import { useGlossary } from '../../parts/use-glossary.ts';
import { scoreText } from './scores.ts';

/** Names of policies, segments and intervals. */
export function usePolicyWords() {
  const t = useTranslations('thresholds');
  const say = useGlossary();
  const segment = (name: string): string => (name === '*' ? t('everySegment') : name);
  return {
    segment,
    policy: (of: { segment: string; action: string }): string =>
      t('policyOf', { segment: segment(of.segment), action: say('action', of.action) }),
    /** "0.5 to under 0.75"; an interval up to 1 holds the score 1 too, an empty one holds nobody. */
    interval: ({ lo, hi }: Pick<PolicyNumbers, 'lo' | 'hi'>): string => {
      if (lo >= hi) return t('nobody');
      return t(hi >= 1 ? 'upToOne' : 'upTo', { lo: scoreText(lo), hi: scoreText(hi) });
    },
  };
}
