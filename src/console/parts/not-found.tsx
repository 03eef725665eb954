import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AppLink } from './app-link.tsx';
import { EmptyState } from './empty-state.tsx';

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const t = useTranslations('shell');
  return (
    <EmptyState title={t('notFound')} next={<AppLink to="/">{t('toHome')}</AppLink>}>
      {t('notFoundText')}
    </EmptyState>
  );
}
