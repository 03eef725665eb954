import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Role } from '../../domain/roles.ts';
import { AppLink } from './app-link.tsx';
import { EmptyState } from './empty-state.tsx';

/** A screen that the viewer's role may not open. */
export function RoleMissing({ role }: { role: Role }): ReactNode {
  const t = useTranslations('shell');
  return (
    <EmptyState title={t('roleMissing', { role: t(`roles.${role}`) })} next={<AppLink to="/">{t('toHome')}</AppLink>}>
      {t('roleMissingText')}
    </EmptyState>
  );
}
