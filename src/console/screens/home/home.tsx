import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '../../parts/page.tsx';

/** What happens today and what waits for a decision. */
export function Screen(): ReactNode {
  const t = useTranslations('home');
  return <Page title={t('title')}>{null}</Page>;
}
