import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AppLink } from '../../parts/app-link.tsx';

/** Filters that came with the link of a number, in words, and the way back to all rows; nothing where there are none. */
export function ChosenFilters({ chosen }: { chosen: readonly (string | false | undefined)[] }): ReactNode {
  const t = useTranslations('waves');
  const words = chosen.filter(Boolean);
  return (
    words.length > 0 && (
      <span>
        {words.join(' · ')}{' '}
        <AppLink to="." search={{}}>
          {t('clear')}
        </AppLink>
      </span>
    )
  );
}
